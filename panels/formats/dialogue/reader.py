"""Read labelled dialogue in text; shared by all such formats.

A shape is a set of forms of labels. The file is read line by line: text before the first label is the introduction, a
line with a label begins a turn, headings and lines without one are assigned by the grouping rule (see `grouping`).
Every line ends up in a turn, the introduction, a field or `unread`.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from panels.formats.base import Format, Source
from panels.formats.dialogue.body import Body, Open, gathered
from panels.formats.head_dates import only_date, says_date
from panels.formats.limits import timed
from panels.formats.parsing.links import definitions, with_definitions
from panels.formats.parsing.text_lines import Line, LineKind, joined
from panels.formats.speakers.described import has_office, offices_identify_people
from panels.formats.speakers.label_patterns import Form, LabelMatch, Strength, colon, only_time
from panels.formats.speakers.labels import accepted, is_titled, voice_of
from panels.formats.speakers.names import (
    answers,
    asks,
    guesses,
    is_name_part,
    is_nobody,
    is_voice,
    looks_like_name,
    squeezed,
)
from panels.formats.speakers.people_labels import is_person
from panels.formats.speakers.speaker_resolution import SpeakerResolution
from panels.formats.structure.document import Document, opened
from panels.formats.structure.doubtful_labels import doubts_within, lone_names, others
from panels.formats.structure.grouping import Heading, grouped
from panels.formats.structure.masthead import publisher_in
from panels.formats.structure.openings import with_openings
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Turn, Unread

_TITLES = re.compile(
    r"(?:full |interview |edited |verbatim )?(?:transcript|transcription|transcripción|transcrição|trascrizione|"
    r"transkript|transkription|wortprotokoll|расшифровка|транскрипт|стенограмма|απομαγνητοφώνηση|"
    r"النص الكامل|تفريغ|תמלול|녹취록|스크립트|"
    r"逐字稿|文字记录|文字記錄|文字稿|文字实录|访谈实录|文字起こし|書き起こし|全文)s?",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s?[(（][^()（）]{0,100}[)）]")
_HALF = 1.5
_PAIR = 2
_MOSTLY = 0.5
_LONGEST_TITLE = 150  # characters
_MOST = 400  # listed names that labels are compared with
_MONOLOGUE = 0.5  # one label alone hardly makes a dialogue


@dataclass(frozen=True, slots=True)
class DialogueShape:
    """A shape of dialogue: its main forms of labels, further forms that occur with them, and its maximum certainty.

    `is_dense` if most paragraphs have a label, so that one with a label that is not accepted is somebody else's.
    """

    forms: tuple[Form, ...]
    further: tuple[Form, ...] = ()
    weight: float = 0.8
    introductions: bool = True
    is_dense: bool = False


def format_of(name: str, shape: DialogueShape, *, suffix: str = ".md", media_type: str = "text/markdown") -> Format:
    """The format for a shape."""
    return Format(
        name=name,
        suffix=suffix,
        media_type=media_type,
        recognises=lambda source: sureness(source, shape),
        read=lambda source: read_dialogue(source, shape),
        finds_date=True,
    )


def sureness(source: Source, shape: DialogueShape) -> float:
    """The certainty that a source has a shape: it grows with the number of labels, up to the weight of the shape."""
    document = opened(source)
    every = accepted(_since_title(document.lines, marks_of(document.unlisted, shape.forms)), document.known)
    found = [mark for mark in every if mark.label and not mark.nobody]
    with_words = _with_words(document.lines, found)
    if with_words <= _MOSTLY * len(found):
        return 0.0  # names above no text: a schedule, or a list of attendees
    voices = Counter(_voice(mark.label) for mark in every if mark.label)
    returns = any(count > 1 for count in voices.values()) or any(_is_listed(mark.label, document) for mark in found)
    returns = returns or offices_identify_people(mark.label for mark in found)
    returns = returns or all(mark.strength is Strength.STRONG and has_office(mark.label) for mark in found)
    if (
        not with_words
        or (with_words == 1 and not _numbers_voice(found[0].label))
        or (len(voices) > _PAIR and not returns)
    ):
        return 0.0  # each label once: a list of terms, hardly a dialogue
    if len(voices) == 1 and found[0].strength is Strength.RETURNS and not is_voice(found[0].label):
        return 0.0
    return shape.weight * with_words / (with_words + _HALF) * (1 if len(voices) > 1 else _MONOLOGUE)


def _is_listed(label: str, document: Document) -> bool:
    """Whether a label is the name of somebody listed, or may mean somebody listed."""
    short = squeezed(label)
    known = document.known[:_MOST]
    return any(short == squeezed(name) for name in known) or any(guesses(label, known))


def _with_words(lines: Sequence[Line], marks: Sequence[LabelMatch]) -> int:
    """The number of labels with text on the same line or below."""
    at = {mark.line.number: bool(mark.text) for mark in marks}
    above = (line.number for line, below in pairwise(lines) if below.number not in at)
    spoken = {number for number in above if number in at} | {number for number, has_text in at.items() if has_text}
    return len(spoken)


def _numbers_voice(label: str) -> bool:
    return is_voice(label) and any(character.isdigit() for character in label)


def _voice(label: str) -> str:
    """A key that is equal for labels of the same voice: `Q1` and `Q2`, `Mr Marsh (Millside)` and `Mr Marsh` are one."""
    same = asks(label) or answers(label)
    return squeezed(label).rstrip("0123456789") if same else voice_of(_IN_BRACKETS.sub("", label) or label)


def marks_of(lines: Iterable[Line], forms: Sequence[Form]) -> list[LabelMatch]:
    """The first form that each line has, if any."""
    found = []
    for line in timed(lines):
        if line.kind in (LineKind.WORDS, LineKind.HEADING):
            mark = next((mark for form in forms if (mark := form(line)) is not None and _fits(line, mark)), None)
            if mark:
                found.append(mark)
    return found


def _fits(line: Line, mark: LabelMatch) -> bool:
    return line.kind is LineKind.WORDS or not mark.text


def read_dialogue(source: Source, shape: DialogueShape) -> Transcript:
    """Read a source in a given shape."""
    document = opened(source)
    found = _since_title(document.lines, marks_of(document.unlisted, (*shape.forms, *shape.further)))
    certain = accepted(found, document.known)
    opened_by, doubts = with_openings(found, certain, document.lines)
    marks = others(found, opened_by) if shape.is_dense else lone_names(found, opened_by, document.lines)
    body = gathered(document.lines, marks, breaks=_breaks(found, certain))
    body.unread += [*doubts, *doubts_within(found, marks, document.lines)]
    return finished(document, body)


def _since_title(lines: Sequence[Line], marks: Sequence[LabelMatch]) -> list[LabelMatch]:
    """The marks below the heading `Transcript`: the headings of notes above it look like labels."""
    titles = (line.number for line in reversed(lines) if _TITLES.fullmatch(line.text.strip(" :：*_#")))
    for title in titles:
        below = [mark for mark in marks if mark.line.number > title]
        if sum(1 for mark in below if is_person(mark.label)) >= _PAIR:
            return below
    return list(marks)


def _breaks(found: Sequence[LabelMatch], marks: Sequence[LabelMatch]) -> dict[int, LabelMatch]:
    """The marks that look like those of turns but are not: by their form, or by a time that fits into the order."""
    people = {mark.line.number for mark in marks if mark.label}
    times = [(mark.line.number, mark.time) for mark in marks if mark.label and mark.time is not None]
    empty = [mark for mark in found if mark.label and not mark.text and mark.line.number not in people]
    return {mark.line.number: mark for mark in empty if mark.strength is Strength.STRONG or _in_time(mark, times)}


def _in_time(mark: LabelMatch, times: Sequence[tuple[int, float]]) -> bool:
    """Whether a label's time lies between those of the turns around it; `times` are by line."""
    at = bisect(times, (mark.line.number, 0.0))
    if not at or mark.time is None or times[at - 1][1] > mark.time:
        return False
    return mark.time <= times[at][1] if at < len(times) else mark.line.blank_before > 0


def finished(document: Document, body: Body) -> Transcript:
    """The transcript of a document and its body."""
    known = document.head.transcript
    resolution = SpeakerResolution.of(document.people)
    items = [item for entry in body.items if (item := _item(entry, resolution, body)) is not None]
    if not known.title and not body.title and _is_title(body.introduction, fields=document.listed):
        body.title = body.introduction.pop(0).text.strip("*_ ")
        publisher = publisher_in(body.title, (line.text for line in document.lines))
        if publisher and _is_title(body.introduction, ends="?!？！"):
            body.title = body.introduction.pop(0).text.strip("*_ ")
            known = replace(known, publisher=known.publisher or publisher)
    title = known.title
    if body.title and title and squeezed(title) != squeezed(body.title):
        items.insert(0, Heading(body.title, document.head.first))
    panelists = resolution.panelists()
    transcript = replace(
        known,
        title=title or body.title,
        tags=known.tags or body.tags,
        introduction=joined(body.introduction),
        panelists=panelists,
        exchanges=grouped(items, panelists),
        unread=tuple(sorted((*known.unread, *body.unread), key=lambda item: item.line)),
    )
    return with_definitions(transcript, definitions(document.lines))


def _is_title(lines: Sequence[Line], *, ends: str = "", fields: Collection[int] = ()) -> bool:
    """Whether a text without headings begins with its title: one short line by itself that is no sentence or field.

    `ends` are the signs with which the title may end, `fields` the lines that list people, which may follow it at once.
    """
    if not lines or len(lines[0].text) > _LONGEST_TITLE or lines[0].number in fields:
        return False
    if len(lines) > 1 and not (lines[1].blank_before or lines[1].number in fields or _gives_date(lines[1].text)):
        return False
    field = colon(lines[0])
    is_named = field is None or (looks_like_name(field.label) and not is_name_part(field.label))
    is_named = is_named or (field is not None and is_titled(field.label, field.text))
    closed = lines[0].text[-1:].isalnum() or lines[0].text[-1:] in ends
    return is_named and closed and lines[0].kind is LineKind.WORDS and not only_time(lines[0])


def _gives_date(line: str) -> bool:
    return says_date(line) or only_date(line)


def _item(entry: Open | Line, resolution: SpeakerResolution, body: Body) -> Turn | Heading | None:
    if isinstance(entry, Line):
        if _TITLES.fullmatch(entry.text.strip(" :：")) or not entry.text:
            body.unread.append(
                Unread(line=entry.number, text=entry.raw, reason=gettext_noop("heading that describes the file"))
            )
            return None
        return Heading(entry.text, entry.number)
    if entry.floor:
        return Heading(joined(entry.lines), entry.line)
    if not entry.lines and (entry.nobody or (entry.raw.startswith("#") and is_name_part(entry.label))):
        body.unread.append(
            Unread(line=entry.line, text=entry.raw, reason=gettext_noop("looks like a name, but is not a person"))
        )
        return None
    if is_nobody(entry.label):
        body.unread.append(
            Unread(line=entry.line, text=entry.label, reason=gettext_noop("says that the speaker is unknown"))
        )
    return resolution.turn(entry.label, joined(entry.lines), time=entry.time, line=entry.line, nobody=entry.nobody)
