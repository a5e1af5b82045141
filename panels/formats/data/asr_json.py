"""Read JSON of speech recognisers: Whisper, Deepgram, AssemblyAI, AWS, Google, Podcasting 2.0, Podlove.

They differ in where the list of words or segments is and in the names of its fields, so these are tables. An
utterance is a turn; for words and segments, a turn is the longest run of one speaker. Labels such as `speaker 0` are
kept as labels: an editor is asked who they are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from panels.formats.base import Format, FormatError
from panels.formats.data.asr_joined import in_one_list, struck
from panels.formats.data.asr_shapes import (
    DATES,
    ENDS,
    LANGUAGES,
    NAMES,
    NESTED,
    SEGMENTS,
    SPEAKERS,
    TEXTS,
    TITLES,
    UTTERANCES,
)
from panels.formats.data.asr_text import read_text
from panels.formats.data.asr_times import first_time, time_in
from panels.formats.dates import date_in
from panels.formats.head_dates import dated
from panels.formats.limits import timed
from panels.formats.parsing.front_matter import read_head
from panels.formats.parsing.jsontree import at, parse, rows, string
from panels.formats.parsing.richtext import escape
from panels.formats.parsing.spacing import adjoin, is_unspaced
from panels.formats.speakers.people import People, named, turn
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript

_PLACEHOLDER = re.compile(
    r"(?:speaker|spkr?|s|sprecher|locuteur|unknown)?[ _-]?(?:\d+|[A-Z]|unknown)?|[MF]\d{1,2}", re.IGNORECASE
)
_OBJECTS = re.compile(r"\ufeff?\s*(?:\[\s*)*(?:\{\s*[\"}]|\]|\Z)")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_FIRST_DAY, _LAST_DAY = 1e11, 1e13  # milliseconds: 1973 and 2286
_SLOWEST = 0.01  # words per second: if speech seems slower, its times are in milliseconds


@dataclass(frozen=True, slots=True)
class Utterance:
    """A word or a segment. `glued` is punctuation that attaches to the previous word."""

    text: str
    speaker: str | None
    time: float | None
    end: float | None = None
    glued: bool = False


def matches(text: str) -> bool:
    """Whether it begins as an object or a list of objects, unlike `[0:07] Ada: …`. Other JSON is checked before."""
    return bool(_OBJECTS.match(text)) and not _heads_words(text)


def _heads_words(text: str) -> bool:
    """Whether the JSON is only front matter above a text, as in some blogs."""
    if text.rstrip()[-1:] in "}]":
        return False
    head = read_head(text.split("\n"))
    return head.found and text.split("\n", head.first)[-1].lstrip()[:1] not in "{[,"


def read(text: str, name: str = "") -> Transcript:
    """Read a recogniser's JSON. Raises FormatError if it contains no transcript."""
    whole = _parsed(text)
    data = in_one_list(whole)
    runs = _found(data)
    if not any(run[0].speaker for run in runs) and (as_text := read_text(data)):
        return dated(as_text, (), name)
    if not runs:
        raise FormatError(
            gettext_noop("No transcript was found in this JSON."),
            advice=gettext_noop("Use a speech recognition file with segments, utterances or words."),
        )
    people, outline = People(), Outline()
    declared = _declared(data)
    scale = _scale([utterance for run in runs for utterance in run]) if data is whole else 1.0  # joined: in seconds
    for run in runs:
        label = run[0].speaker
        called = None if label is None or is_placeholder(label) else named(label)
        who = declared.get(label or "") or (called and people.met(called, label))
        time = None if run[0].time is None else round(run[0].time * scale, 3)
        people.speaks(who)
        outline.answer(turn(escape(_joined(run)), who, label=label, time=time, line=None))
    transcript = Transcript(
        title=next((title for place in TITLES if (title := string(at(data, *place)))), ""),
        date=next((day for place in DATES if (day := _day(at(data, *place)))), None),
        language=_language(string(at(data, "language")) or string(at(data, "language_code"))),
        panelists=people.panelists(),
        exchanges=outline.exchanges(),
        unread=struck(whole),
    )
    return dated(transcript, (), name)


def _day(value: Any) -> dt.date | None:
    """The day of a date, or of a number of milliseconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool) and _FIRST_DAY < value < _LAST_DAY:
        return dt.datetime.fromtimestamp(value / 1000, dt.UTC).date()
    return date_in(string(value))


def _language(value: str) -> str:
    """The tag of a language, of whatever a recogniser writes; empty if it is none."""
    tag = value.replace("_", "-")
    return LANGUAGES.get(tag.casefold()) or (tag if _TAG.fullmatch(tag) else "")


def _declared(data: Any) -> dict[str, str]:
    """The names that a list of speakers gives to their labels, as in Rev.ai."""
    people = [person for person in rows(at(data, "speakers")) if string(person.get("name")) and "text" not in person]
    named = {_speaker({"speaker": person.get("id")}): string(person.get("name")) for person in people}
    return {label: name for label, name in named.items() if label and not is_placeholder(name)}


def _parsed(text: str) -> Any:
    """The value of a JSON text, or the list of values of JSON lines."""
    lines = text.strip().split("\n")
    each = len(lines) > 1 and all(
        line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines if line
    )
    return [parse(line) for line in timed(lines) if line.strip()] if each else parse(text)


def is_placeholder(label: str) -> bool:
    """Whether a label only distinguishes voices (`speaker 0`, `spk_1`, `A`) and names nobody."""
    return bool(_PLACEHOLDER.fullmatch(label))


def _found(data: Any) -> list[list[Utterance]]:
    """The utterances of the first list with text and speakers, else of the first with text."""
    best: list[list[Utterance]] = []
    for place in UTTERANCES:
        turns = [[utterance] for utterance in _rows(at(data, *place))]
        if any(utterance.speaker for (utterance,) in turns):
            return turns
        best = best or turns
    for utterance in (_amazon(data), _google(data), _channels(data), *(_rows(at(data, *place)) for place in SEGMENTS)):
        if any(item.speaker for item in utterance):
            return list(_runs(utterance))
        best = best or list(_runs(utterance))
    best = best or [[utterance] for utterance in _rows([data])]
    return [[utterance for turn in best for utterance in turn]] if best else []


def _rows(value: Any) -> list[Utterance]:
    return [utterance for row in rows(value) if (utterance := _utterance(row))]


def _utterance(row: dict[str, Any]) -> Utterance | None:
    text = next((value for key in TEXTS if isinstance(value := row.get(key), str) and value.strip()), "")
    inner = next((nested for key in NESTED if (nested := rows(row.get(key)))), [])
    if not text and inner:
        # The first alternative is the best; sentences and elements are all read.
        parts = inner[:1] if "alternatives" in row or "nBest" in row else inner
        text = ("" if "elements" in row else " ").join(str(part.get(_text_key(part), "")) for part in parts)
    if not text.strip():
        return None
    speaker = _speaker(row) or (_speaker(inner[0]) if inner else None)
    return Utterance(text, speaker, time_in(row, inner), first_time(row, ENDS), row.get("type") == "punctuation")


def _text_key(row: dict[str, Any]) -> str:
    return next((key for key in TEXTS if isinstance(row.get(key), str)), "")


def _speaker(row: dict[str, Any]) -> str | None:
    for key in SPEAKERS:
        value = row.get(key)
        if isinstance(value, dict):
            value = next((known for name in NAMES if (known := value.get(name)) not in (None, "")), None)
        if isinstance(value, str) and value.strip():
            name = " ".join(value.split())
            return f"speaker {name}" if name.isdigit() else name
        if isinstance(value, int | float) and not isinstance(value, bool):  # 0 is a speaker too
            return f"speaker {int(value)}"
    return None


def _amazon(data: Any) -> list[Utterance]:
    """AWS: words and punctuation in one list, speakers in it or in another, matched by start time."""
    labels = {
        item.get("start_time"): _speaker(item) or _speaker(segment)
        for segment in rows(at(data, "results", "speaker_labels", "segments"))
        for item in rows(segment.get("items"))
    }
    utterance = []
    for item in rows(at(data, "results", "items")):
        word = _utterance({**item, "speaker_label": item.get("speaker_label") or labels.get(item.get("start_time"))})
        if word:
            utterance.append(word)
    return utterance


def _google(data: Any) -> list[Utterance]:
    """Google: the last result repeats all words, and only there each has its speaker."""
    results = rows(at(data, "results")) or rows(at(data, "response", "results"))
    best = [at(result, "alternatives", 0) for result in results]
    if not any(string(at(alternative, "transcript")) for alternative in best):
        return []
    words = [_rows(at(alternative, "words")) for alternative in best]
    tagged = [some for some in words if any(word.speaker not in (None, "speaker 0") for word in some)]
    if tagged and tagged[-1] is words[-1] and len(words[-1]) >= sum(map(len, words[:-1])):
        return words[-1]
    if tagged:
        return [word for some in words for word in some]
    starts = [some[0].time if some else None for some in words]
    transcripts = [string(at(alternative, "transcript")) for alternative in best]
    return [Utterance(text, None, time) for text, time in zip(transcripts, starts, strict=True) if text]


def _channels(data: Any) -> list[Utterance]:
    """Deepgram: the words of several channels, each of a voice of its own, in the order of their times."""
    channels = rows(at(data, "results", "channels"))
    words = [_rows(at(channel, "alternatives", 0, "words")) for channel in channels]
    if sum(map(bool, words)) <= 1:
        return []
    every = [
        replace(word, speaker=word.speaker or f"speaker {number}") for number, some in enumerate(words) for word in some
    ]
    return sorted(every, key=lambda word: word.time or 0.0)


def _runs(utterance: list[Utterance]) -> Iterator[list[Utterance]]:
    """Runs of one speaker. If each word repeats its speaker, one without is unattributed."""
    every = any(a.speaker and a.speaker == b.speaker for a, b in pairwise(utterance))
    run: list[Utterance] = []
    for item in utterance:
        goes_on = item.glued or (item.speaker is None and not every)
        if run and not goes_on and item.speaker != run[0].speaker:
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _joined(run: list[Utterance]) -> str:
    text = ""
    for item in run:
        word = " ".join(item.text.split())
        apart = text and not item.glued and not adjoin(text[-1], word[:1])
        text += f" {word}" if apart else word
    return text


def _scale(utterance: list[Utterance]) -> float:
    """The factor that converts times to seconds, since recognisers do not give their unit."""
    times = [time for item in utterance for time in (item.time, item.end) if time is not None]
    if not times or any(time != int(time) for time in times):
        return 1.0
    span = max(times) - min(times)
    words = sum(len(item.text.split()) + sum(map(is_unspaced, item.text)) for item in utterance)
    return 0.001 if words < _SLOWEST * span else 1.0


FORMAT = Format(
    name="asr_json",
    suffix=".asr.json",
    media_type="application/json",
    recognises=lambda source: 0.9 if matches(source.text) else 0.0,
    read=lambda source: read(source.text, source.name),
)
