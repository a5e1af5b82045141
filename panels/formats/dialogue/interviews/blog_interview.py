"""Read a written interview: each heading or bold paragraph is a question, followed by one guest's answer.

The guest is named by the head or the title (`Interview with Ada Lovelace`, or a title that is a name); otherwise the
answers have no speaker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from panels.formats.base import Format, Source
from panels.formats.dialogue.interviews.questions import asked
from panels.formats.parsing.links import definitions, with_definitions
from panels.formats.parsing.text_lines import Line, LineKind, joined
from panels.formats.speakers import label_patterns
from panels.formats.speakers.names import is_capitalised, is_name_part, looks_like_name
from panels.formats.speakers.speaker_resolution import SpeakerResolution
from panels.formats.structure.document import Document, opened
from panels.formats.structure.footer import below_dialogue, footer_start
from panels.formats.wording import gettext_noop
from panels.transcript import Exchange, Role, Transcript, Turn, Unread

_BOLD = re.compile(r"(?P<open>\*\*\*|\*\*|__|\*|_)(?![\s*_])(?P<text>[^*\n]{3,600}?)(?P=open)")
_INLINE = re.compile(r"(?P<open>\*\*|__|_)(?![\s*_])(?P<text>[^*\n]{3,600}[?？])(?P=open)\s+(?P<rest>[^\s:：].*)")
_PREFIX = re.compile(r"(?P<label>Q|Question|问|問)\s?[:：]\s*(?P<text>\S.*)")
_INTERVIEW = re.compile(
    r"(?:.*\b)?(?:(?:interview|conversation|chat|talking|q&a|q & a|five questions|questions|ama|ask me anything) "
    r"(?:with|for) |(?:interviews?|q&a|spotlight|profile|访谈|专访|对话)\s?(?:[:：|–—]\s?|\s-\s))"
    r"(?P<name>[^,:|–—]+?)(?:(?:[,:|–—]|\s-\s).*)?",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r"(?:(?<!\s)\s+)?[\"“'‘(][^\"”'’)]{1,40}[\"”'’)]\s*")
_FEWEST = 3
_HALF = 0.5
_WEIGHT = 0.83
_NAME_WORDS = range(2, 5)


@dataclass
class _OpenQuestion:
    question: Line
    text: str
    lines: list[Line] = field(default_factory=list)


def recognises(source: Source) -> float:
    """Requires at least three questions of one form, half of them with a question mark, each with an answer below."""
    document = opened(source)
    found = _questions(document.lines)
    if _labelled(document.lines, found):
        return 0.0
    answered = sum(1 for entry in _taken_apart(document.lines, found)[1] if entry.lines)
    marks = sum(1 for text in found.values() if text.endswith(("?", "？")))
    if len(found) < _FEWEST or marks < _HALF * len(found) or answered < _HALF * len(found):
        return 0.0
    return _WEIGHT * answered / (answered + 1)


def read(source: Source) -> Transcript:
    """Read an interview."""
    document = opened(source)
    questions = _questions(document.lines)
    end = _end(document.lines, questions, [person.name for person in document.people])
    lines, below = document.lines[:end], document.lines[end:]
    before, entries = _taken_apart(lines, questions)
    known = document.head.transcript
    headed = bool(before) and before[0].kind is LineKind.HEADING and not known.title
    title, before = (before[0].text, before[1:]) if headed else (known.title, before)
    guest = _guest(document, title)
    resolution = SpeakerResolution.of(document.people)
    aside = [line for line in lines if line.kind in (LineKind.MARKUP, LineKind.RULE)]
    exchanges = tuple(_exchange(entry, resolution, guest) for entry in entries)
    unread = [Unread(line=line.number, text=line.raw.strip(), reason=gettext_noop("site markup")) for line in aside]
    unread += below_dialogue(below)
    transcript = replace(
        known,
        title=title,
        introduction=joined(before),
        panelists=resolution.panelists(),
        exchanges=exchanges,
        unread=tuple(sorted((*known.unread, *unread), key=lambda item: item.line)),
    )
    return with_definitions(transcript, definitions(document.lines))


def _questions(lines: Sequence[Line]) -> dict[int, str]:
    """The questions by line: headings of the level with most questions, else bold paragraphs."""
    levels: dict[int, dict[int, str]] = {}
    for line in lines:
        if line.kind is LineKind.HEADING and line.text:
            levels.setdefault(line.level, {})[line.number] = line.text
    written = {kind: {n.number: text for n in lines if (text := _bold(n, kind))} for kind in ("**", "__", "*", "_")}
    forms = [*levels.values(), {**written["**"], **written["__"]}, {**written["*"], **written["_"]}]
    return max(forms, key=lambda form: sum(text.endswith(("?", "？")) for text in form.values()), default={})


def _labelled(lines: Sequence[Line], questions: Collection[int]) -> bool:
    """Whether most answers begin with a label, so that the speaker is known without the title."""
    below = [line for above, line in pairwise(lines) if above.number in questions]
    found = [
        mark
        for line in below
        if (mark := label_patterns.bold(line) or label_patterns.question(line) or label_patterns.colon(line))
    ]
    voices = Counter(mark.label for mark in found if looks_like_name(mark.label))
    return 2 * sum(count for count in voices.values() if count > 1) > len(below)


def _bold(line: Line, kind: str) -> str:
    """The text of a paragraph that is entirely bold or italic: of the `kind` given by its marks."""
    found = (_BOLD.fullmatch(line.text) or _INLINE.fullmatch(line.text)) if line.alone or line.blank_before else None
    if found and found["open"].removesuffix("*" if len(found["open"]) > len("**") else "") != kind:
        return ""
    text = found["text"].strip() if found else ""
    return "" if text.endswith((":", "：")) or is_name_part(text) else text


def _taken_apart(lines: Sequence[Line], questions: dict[int, str]) -> tuple[list[Line], list[_OpenQuestion]]:
    before: list[Line] = []
    entries: list[_OpenQuestion] = []
    for line in lines:
        if line.number in questions:
            found = _INLINE.fullmatch(line.text)
            rest = found["rest"] if found else ""
            entries.append(
                _OpenQuestion(line, questions[line.number], [replace(line, raw=rest, text=rest)] if rest else [])
            )
        elif line.kind not in (LineKind.MARKUP, LineKind.RULE):
            (entries[-1].lines if entries else before).append(line)
    return before, entries


def _end(lines: Sequence[Line], questions: Collection[int], names: Iterable[str]) -> int:
    """The index where a footer begins below the answer to the last question; the number of lines if there is none."""
    last = max((at for at, line in enumerate(lines) if line.number in questions), default=-1)
    return last + 1 + footer_start(lines[last + 1 :], names, spoken=False)


def _guest(document: Document, title: str) -> str | None:
    """The guest, if the source names exactly one, in its list or in its title."""
    guests = [person.name for person in document.head.transcript.panelists if person.role is Role.PANELIST]
    if guests:
        return guests[0] if len(guests) == 1 else None
    found = _INTERVIEW.fullmatch(title)
    name = _NICKNAME.sub(" ", found["name"] if found else title).strip()
    fits = looks_like_name(name) and (found or is_capitalised(name)) and len(name.split()) in _NAME_WORDS
    return name if fits else None


def _exchange(entry: _OpenQuestion, resolution: SpeakerResolution, guest: str | None) -> Exchange:
    numbered, prefixed = asked(replace(entry.question, text=entry.text)), _PREFIX.fullmatch(entry.text)
    text = numbered.text if numbered else prefixed["text"] if prefixed else entry.text
    question = Turn(text=text, label=prefixed["label"] if prefixed else None, line=entry.question.number)
    if not entry.lines:
        return Exchange(question=question)
    turn = resolution.turn(guest, joined(entry.lines), time=None, line=entry.lines[0].number)
    return Exchange(question=question, answers=(replace(turn, label=None),))


FORMAT = Format(
    name="interview", suffix=".md", media_type="text/markdown", recognises=recognises, read=read, finds_date=True
)
