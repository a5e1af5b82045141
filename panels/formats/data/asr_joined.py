"""Join what a JSON transcript keeps in several lists: the words, paragraphs and speakers of Trint, Feishu and others.

The result has the shape that `asr_json` reads: a list of utterances, each with its words, speaker and time in seconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from panels.formats.data.asr_times import first_time
from panels.formats.limits import timed
from panels.formats.parsing.jsontree import at, rows, string
from panels.formats.parsing.spacing import adjoin
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_PARAGRAPHS: tuple[tuple[str, ...], ...] = (
    ("paragraphs",),
    ("data", "paragraphs"),  # Feishu
    ("minutes", "paragraphs"),  # Tencent Meeting
    ("data", "minutes", "paragraphs"),
    ("paragraphList",),  # DingTalk
    ("data", "paragraphList"),
    ("result", "paragraphList"),
)
_SENTENCES = ("sentences", "sentenceList")
_WORDS = ("contents", "words", "wordList")
_TEXTS = ("content", "text", "word")
_OWN_TEXT = ("text", "paragraph", "sentence")
_STARTS = ("start_time", "startTime", "start", "time")
_NICKNAMES = ("nickName", "nick_name", "user_name", "username", "speaker_name")
_PEOPLE = ("speaker", "speaker_info", "speakerInfo")
_MILLISECONDS = 1000.0


def in_one_list(data: Any) -> Any:
    """The JSON with its paragraphs as utterances, if it keeps their words or speakers apart; any other as it is."""
    found = list(_of_words(data)) or list(_of_paragraphs(data))
    return {**(data if isinstance(data, dict) else {}), "utterances": found} if found else data


def struck(data: Any) -> tuple[Unread, ...]:
    """The words that an editor struck through, in Trint."""
    words = rows(at(data, "transcript", "words"))
    left = " ".join(string(word.get("name")) for word in words if word.get("strikethrough") is True)
    return (Unread(line=1, text=left, reason=gettext_noop("struck through")),) if left else ()


def _of_words(data: Any) -> Iterator[dict[str, Any]]:
    """Trint: words that say `name` and `time`, and paragraphs and speakers in lists of their own."""
    holder = data if at(data, "words") is not None else at(data, "transcript")
    every = rows(at(holder, "words"))
    words = [word for word in every if string(word.get("name")) and "time" in word]
    stated = [time for word in words if (time := _number(word, "time")) is not None]
    if not stated or len(words) < len(every):
        return
    unit = _MILLISECONDS if all(time == int(time) for time in stated) else 1.0
    speakers = rows(at(holder, "speakers"))
    starts = _starts(rows(at(holder, "paragraphs")), speakers) or _starts(speakers, speakers)
    times = [time for time, _ in starts]
    runs: list[tuple[object, str, float, list[str]]] = []
    time = 0.0
    for word in timed(words):
        known = _number(word, "time")
        time = time if known is None else known
        place = bisect_right(times, time) - 1
        name = _name(word, speakers) or (starts[place][1] if place >= 0 else "")
        key = (word.get("para"), place, name)
        if not runs or runs[-1][0] != key:
            runs.append((key, name, round(time / unit, 3), []))
        if word.get("strikethrough") is not True:
            runs[-1][3].append(string(word["name"]))
    for _, name, start, said in runs:
        if said:
            yield {"speaker": name, "start": start, "text": _run_on(said)}


def _starts(parts: list[dict[str, Any]], speakers: list[dict[str, Any]]) -> list[tuple[float, str]]:
    """The times at which paragraphs begin, or somebody begins to speak, with the speakers."""
    found = [
        (time, _name(part, speakers) or string(part.get("name")))
        for part in parts
        if (time := _number(part, "time")) is not None
    ]
    return sorted(found, key=lambda pair: pair[0])


def _name(row: dict[str, Any], speakers: list[dict[str, Any]]) -> str:
    """The speaker of a word or a paragraph: a name, or the place in the list of speakers."""
    value = row.get("speaker")
    if isinstance(value, int) and not isinstance(value, bool):
        return string(at(speakers, value, "name"))
    return string(value)


def _of_paragraphs(data: Any) -> Iterator[dict[str, Any]]:
    """Feishu, DingTalk and Tencent Meeting: paragraphs of sentences of words, and who speaks which paragraph."""
    found = next((some for place in _PARAGRAPHS if (some := rows(at(data, *place)))), [])
    whose = _first(data, "paragraph_to_speaker")
    named = _first(data, "speaker_info_map")
    if not any(key in row for row in found for key in (*_SENTENCES, "pid", "nickName")):
        return
    for row in timed(found):
        text = _text(row)
        person = at(named, str(at(whose, str(row.get("pid")))))
        own = [string(row.get(key)) for key in _NICKNAMES] + [_of_person(row.get(key)) for key in _PEOPLE]
        time = next((start for key in _STARTS if (start := _number(row, key)) is not None), None)
        if text:
            speaker = next(filter(None, (*own, _of_person(person))), "")
            yield {"text": text, "speaker": speaker, "start": None if time is None else time / _MILLISECONDS + 0.0}


def _first(data: Any, key: str) -> Any:
    return next((value for holder in (data, at(data, "data")) if (value := at(holder, key)) is not None), None)


def _of_person(value: Any) -> str:
    if not isinstance(value, dict):
        return string(value)
    return next((name for key in (*_NICKNAMES, "name") if (name := string(value.get(key)))), "")


def _text(row: dict[str, Any]) -> str:
    own = next((text for key in _OWN_TEXT if (text := string(row.get(key)))), "")
    sentences = next((some for key in _SENTENCES if (some := rows(row.get(key)))), [])
    return own or _run_on(_piece(sentence) for sentence in sentences)


def _piece(sentence: dict[str, Any]) -> str:
    words = next((some for key in _WORDS if (some := rows(sentence.get(key)))), [])
    pieces = [text for word in words for key in _TEXTS if isinstance(text := word.get(key), str)]
    spaced = any(piece != piece.strip() for piece in pieces)
    whole = "".join(pieces) if spaced else _run_on(pieces)
    return whole or next((text for key in (*_OWN_TEXT, *_TEXTS) if (text := string(sentence.get(key)))), "")


def _run_on(pieces: Iterable[str]) -> str:
    """Pieces as one text: with spaces, but not between signs of Chinese or before punctuation."""
    text: list[str] = []
    for piece in filter(None, map(str.strip, pieces)):
        begins = piece[0].isalnum() or piece[0] in "“\"'(["
        apart = bool(text) and begins and not adjoin(text[-1][-1], piece[0])
        text.append(f" {piece}" if apart else piece)
    return "".join(text)


def _number(row: dict[str, Any], key: str) -> float | None:
    """A number, perhaps in a string; None for anything else, such as a clock time, which has a unit of its own."""
    value = row.get(key)
    is_number = not isinstance(value, str) or value.strip().replace(".", "", 1).isdigit()
    return first_time(row, (key,)) if is_number else None
