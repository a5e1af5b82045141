"""Find who speaks before the first certain speaker: people who open a session and are not heard again.

A label that occurs once counts as a person only below the first certain one, because fields (`Harbour Hall: …`) look
like labels in the head of a text. What a whole name says there to its listeners is a turn; otherwise it is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line, LineKind
from panels.formats.speakers.described import described, is_whole_name
from panels.formats.speakers.label_patterns import LabelMatch
from panels.formats.speakers.labels import is_titled
from panels.formats.speakers.names import is_capitalised, is_name_part
from panels.formats.speakers.people_labels import is_person
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

# Words with which people speak of themselves and to others; a description of a session has none of them.
_SPEAKING = re.compile(
    r"\b(?:I|I['’](?:m|d|ve|ll)|[Ww]e|[Mm]y|[Oo]ur|us|[Yy]ou|[Yy]our|[Ww]elcome|[Tt]hanks?|[Hh]ello|"
    r"Good (?:day|morning|afternoon|evening)|[Ii]ch|[Ww]ir|uns|[Uu]nsere?n?|euch|[Ww]illkommen|[Dd]anke|"
    r"Guten (?:Tag|Morgen|Abend)|[Jj]e|[Nn]ous|[Vv]ous|[Mm]erci|[Bb]ienvenue|[Bb]onjour|[Bb]onsoir|[Yy]o|"
    r"[Nn]osotr[oa]s|[Uu]stedes|[Gg]racias|[Bb]ienvenid[oa]s|[Bb]uen[oa]s (?:días|tardes|noches)|[Hh]ola|"
    r"[Ee]u|[Nn]ós|[Oo]brigad[oa]|[Bb]em-vind[oa]s|[Bb]o[ma] (?:dia|tarde|noite)|[Nn]oi|[Vv]oi|[Gg]razie|"
    r"[Bb]envenut[ei]|[Bb]uon(?:giorno|asera)|[Ww]ij|[Ww]elkom|[Dd]ank|[Мм]ы|[Вв]ас|[Нн]ас|[Вв]ам|[Нн]ам|"
    r"[Сс]пасибо|[Дд]обро пожаловать|[Зз]дравствуйте|[Дд]обр(?:ый|ое|ого) (?:день|вечер|утро|дня)|"
    r"[Дд]якую|[Вв]ітаю|[Κκ]αλ(?:ημέρα|ησπέρα|ώς)|[Εε]υχαριστώ|[Mm]erhaba|[Tt]eşekkür\w*|"
    r"[Hh]oş geldiniz)\b|"
    r"我|你们|你們|您|大家|各位|欢迎|歡迎|谢谢|謝謝|私|皆さん|皆様|ありがとう|こんにちは|こんばんは|ようこそ|よろしく|"
    r"안녕하|감사합|여러분|저는|저희|مرحبا|أهلا|شكرا|السلام عليكم|שלום|תודה|ברוכים"
)
_ENDS = (".", "。", "?", "？", "!", "！", "…", "”", '"', "؟", "।")
_SHORTEST = 12  # letters and signs of a sentence in a script without spaces
_FEWEST_WORDS = 3
_MOST = 20  # people who open a session
DOUBT = gettext_noop("may be spoken by the person named here; kept in the introduction")


def with_openings(
    found: Sequence[LabelMatch], marks: Sequence[LabelMatch], lines: Sequence[Line]
) -> tuple[list[LabelMatch], list[Unread]]:
    """The marks, with those of people who open the session, and doubts about others that may be such.

    `found` are all lines with the form of a label, `marks` those that are accepted.
    """
    first = next((mark for mark in marks if mark.label), None)
    if first is None:
        return list(marks), []
    below = {line.number: after for line, after in pairwise(lines)}
    before = [
        mark for mark in timed(found) if mark.label and mark.line.number < first.line.number and _says(mark, below)
    ]
    opening: list[LabelMatch] = []
    for mark in reversed(before[-_MOST:]):
        if not _opens(mark, opening[0] if opening else first, marks, lines):
            break
        opening.insert(0, mark)
    doubts = [
        Unread(line=mark.line.number, text=mark.line.raw.strip(), reason=DOUBT)
        for mark in before[: len(before) - len(opening)]
    ]
    return [*opening, *marks], doubts


def addresses(text: str) -> bool:
    """Whether somebody speaks of themselves or to others in a text, in the words of some twenty languages."""
    return bool(_SPEAKING.search(text))


def _says(mark: LabelMatch, below: Mapping[int, Line]) -> bool:
    """Whether a label may be a person, and has a sentence: one word only if it speaks to somebody."""
    text = mark.text or _below(mark, below)
    if not text.endswith(_ENDS) or not (len(text.split()) >= _FEWEST_WORDS or len(text) >= _SHORTEST):
        return False
    if not is_person(mark.label) or is_name_part(mark.label) or is_titled(mark.label, mark.text):
        return False
    whole = is_whole_name(described(mark.label).name)
    return is_capitalised(mark.label) and (whole or addresses(text))


def _below(mark: LabelMatch, below: Mapping[int, Line]) -> str:
    """The words right below a label that is alone on its line."""
    line = below.get(mark.line.number)
    return line.text if line and not line.blank_before and line.kind is LineKind.WORDS else ""


def _opens(mark: LabelMatch, first: LabelMatch, marks: Sequence[LabelMatch], lines: Sequence[Line]) -> bool:
    """Whether a whole name speaks, in the form of the first certain label, and all between them are its words.

    Paragraphs between them are its words only if others also speak in several.
    """
    between = [line for line in lines if mark.line.number < line.number < first.line.number]
    text = mark.text or (between[0].text if between else "")
    if not (is_whole_name(described(mark.label).name) and addresses(text)):
        return False
    if mark.strength < first.strength or bool(mark.text) != bool(first.text):
        return False
    if any(line.kind not in (LineKind.WORDS, LineKind.HEADING) for line in between):
        return False
    return not any(line.blank_before for line in between if line.kind is LineKind.WORDS) or _has_paragraphs(
        marks, lines
    )


def _has_paragraphs(marks: Sequence[LabelMatch], lines: Sequence[Line]) -> bool:
    """Whether some turn after the first has a further paragraph without a label, below another turn."""
    labelled = [mark.line.number for mark in marks if mark.label]
    at = set(labelled)
    return any(
        line.blank_before and line.kind is LineKind.WORDS and line.number not in at
        for line in lines
        if labelled[0] < line.number < labelled[-1]
    )
