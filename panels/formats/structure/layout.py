"""Convert paragraphs with labels to turns; shared by pages (HTML) and documents (docx).

A label is marked by the markup, or found by `paragraphs`. Headings that are not labels open exchanges. A paragraph
without a label continues the previous turn; before the first label it is part of the introduction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from panels.formats.limits import timed
from panels.formats.parsing.richtext import Block, BlockKind, to_markdown
from panels.formats.parsing.text_lines import scan
from panels.formats.speakers.described import may_be_office, names_who_holds_it
from panels.formats.speakers.lists.participants import listed_people
from panels.formats.speakers.names import is_name_part
from panels.formats.speakers.people import People, turn
from panels.formats.speakers.people_labels import decides, is_heading, is_structure, person_name
from panels.formats.structure import footer
from panels.formats.structure.cues import looks_like_name, seconds
from panels.formats.structure.outline import Outline
from panels.formats.structure.paragraphs import (
    CLOCK,
    LONGEST_OFFICE,
    QUESTION,
    Labelled,
    Para,
    ParagraphPart,
    accepted,
    heading_names,
    without,
)
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_OFFICE = re.compile(r"The [^()]+ \((?P<name>[^()]+)\)")


@dataclass
class Layout:
    """Converts paragraphs to turns: call `read` once."""

    outline: Outline = field(default_factory=Outline)
    people: People = field(default_factory=People)
    introduction: list[Block] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    label: str | None = None
    time: float | None = None
    line: int = 0
    blocks: list[Block] = field(default_factory=list)
    speaking: bool = False
    start: int = 1
    first_time: float | None = None
    headed: bool = False  # right below a heading
    nobody: frozenset[str | None] = frozenset()  # labels that are not a person's

    def read(self, paras: Sequence[Para]) -> None:
        """Read all paragraphs of a document."""
        paras = self._without_lists(paras)
        labels = accepted(paras)
        names = heading_names(paras)
        self.nobody = _nobodies(labels.values())
        start, end = _first_turn(paras, labels, names), _end(paras, labels, names)
        self._introduce(paras[:start])
        for para in timed((*paras[start:end], *map(_below, paras[end:]))):
            found = labels.get(id(para))
            if para.part is ParagraphPart.LABEL or _names_speaker(para, names):
                self._open(para.block.text.strip(" :：\u200b"), para.line)
            elif found:
                self._open(found.label, para.line)
                self._text(replace(para.block, spans=found.rest))
            else:
                self._unlabelled(para)
        self._close()
        self._nobody()

    def _without_lists(self, paras: Sequence[Para]) -> Sequence[Para]:
        """The paragraphs, with those that list people marked; the people are added to those of the document."""
        lines: list[str] = []
        origins: list[int] = []
        for at, para in enumerate(paras):
            shown = para.block.text if para.part is ParagraphPart.TEXT else "."
            prefix = "- " * (para.block.kind is BlockKind.ITEM) or "# " * (para.block.kind is BlockKind.HEADING)
            shown_lines = [prefix + line for line in shown.split("\n")]
            lines += [*shown_lines, ""] if para.block.kind is not BlockKind.ITEM else shown_lines
            origins += [at] * (len(lines) - len(origins))
        found = listed_people(scan(lines))
        for person in found.people:
            self.people.add(person)
        listed = {origins[number - 1] for number in found.lines}
        return [replace(para, part=ParagraphPart.LIST) if at in listed else para for at, para in enumerate(paras)]

    def _introduce(self, paras: Sequence[Para]) -> None:
        """Read the paragraphs before the first speaker, if there is one."""
        for para in paras:
            if para.part is ParagraphPart.ASIDE:
                self.unread.append(Unread(line=para.line, text=para.block.text, reason=para.reason))
            else:
                self.introduction.append(para.block)

    def _unlabelled(self, para: Para) -> None:
        clock = CLOCK.fullmatch(para.block.text)
        if para.part is ParagraphPart.ASIDE:
            self.unread.append(Unread(line=para.line, text=para.block.text, reason=para.reason))
        elif clock:
            self._clock(clock)
        elif _is_heading(para) or (self.headed and _is_capital(para)):
            before, heading = self.label if self.speaking else None, para.block.text.strip(" :：")
            self._close()
            self.label = before  # the current speaker continues under the heading
            if self.speaking and (may_be_office(heading) or decides(heading)):
                self.label = heading
                self.nobody |= set() if names_who_holds_it(heading) else {heading}
            self.outline.heading(_unmarked(para.block), line=para.line)
            self.headed = True
        else:
            self.line = self.line or para.line
            self._text(para.block)

    def _clock(self, clock: re.Match[str]) -> None:
        passed = seconds(clock["time"])
        self.first_time = passed if self.first_time is None else self.first_time
        if self.time is None:
            self.time = passed

    def _text(self, block: Block) -> None:
        clock = CLOCK.match(block.text) if not self.blocks else None
        if clock and self.time is None:
            self._clock(clock)
            block = replace(block, spans=without(block.spans, clock.end()))
        if block.spans:
            self.headed = False
            self.blocks.append(block)

    def _open(self, label: str, line: int) -> None:
        self._close()
        self.label, self.line, self.speaking, self.headed = " ".join(label.split()) or None, line, True, False

    def _close(self) -> None:
        """End the open turn; unattributed text goes to the introduction, or under its heading."""
        if self.blocks and (self.speaking or self.outline.opened):
            label = self.label if self.speaking else None
            name = _person(label) if label not in self.nobody else None
            name = self.people.met(person_name(name), label) if name else None
            text = to_markdown(self.blocks)
            self.outline.answer(turn(text, name, label=label, time=self.time, line=self.line))
        elif self.blocks:
            self.start = self.start if self.introduction else self.line
            self.introduction += self.blocks
        elif self.label and self.line:
            reason = gettext_noop("label without text")
            self.unread.append(Unread(line=self.line, text=self.label, reason=reason))
        self.blocks, self.label, self.time, self.line = [], None, None, 0

    def _nobody(self) -> None:
        """Read a document without any label or heading as one unattributed turn."""
        if self.introduction and not self.outline.opened:
            text = to_markdown(self.introduction)
            self.outline.answer(turn(text, None, time=self.first_time, line=self.start))
            self.introduction = []


def _person(label: str | None) -> str | None:
    """The speaker of a label: for an office with a name in brackets, its holder; for a role or a decision, nobody."""
    if label and (is_name_part(label) or decides(label)):
        return None
    found = _OFFICE.fullmatch(label or "")
    return found["name"] if found and looks_like_name(found["name"]) else label


def _first_turn(paras: Sequence[Para], labels: dict[int, Labelled], names: set[str]) -> int:
    """The index of the first speaker's label, or of the headings right above; 0 if there is none."""
    for index, para in enumerate(paras):
        if para.part is ParagraphPart.LABEL or id(para) in labels or _names_speaker(para, names):
            above = index
            while above and _is_heading(paras[above - 1]):
                above -= 1
            return above
    return 0


def _end(paras: Sequence[Para], labels: dict[int, Labelled], names: set[str]) -> int:
    """The index where a footer begins below the last speaker; the number of paragraphs if there is none."""
    speaks = [para.part is ParagraphPart.LABEL or id(para) in labels or _names_speaker(para, names) for para in paras]
    last = max((at for at, speaking in enumerate(speaks) if speaking), default=None)
    if last is None:
        return len(paras)
    found = labels.get(id(paras[last]))
    start = last + (1 if found and found.rest else 2)  # the text right below a name alone is speech
    spoken = {label.label for label in labels.values()} | names
    below = ["" if para.part is ParagraphPart.ASIDE else para.block.text for para in paras[start:]]
    return start + footer.begins(below, spoken)


def _below(para: Para) -> Para:
    return replace(para, part=ParagraphPart.ASIDE, reason=para.reason or footer.REASON)


def _names_speaker(para: Para, names: set[str]) -> bool:
    return para.part is ParagraphPart.TEXT and para.block.kind is BlockKind.HEADING and para.block.text in names


def _is_heading(para: Para) -> bool:
    """Whether a paragraph is a heading, a numbered question, or short and bold, if there are no heading styles."""
    block = para.block
    if para.part is not ParagraphPart.TEXT or block.kind is BlockKind.HEADING or QUESTION.match(block.text):
        return para.part is ParagraphPart.TEXT
    bold = block.kind is BlockKind.PARAGRAPH and all(span.bold or not span.text.strip() for span in block.spans)
    return bold and len(block.text) <= 2 * LONGEST_OFFICE and "\n" not in block.text


def _is_capital(para: Para) -> bool:
    """Whether a paragraph right below a heading continues it, all in capitals."""
    text = para.block.text
    return text.isupper() and len(text.split()) > 1 and len(text) <= LONGEST_OFFICE and text[-1] not in ".!?:："


def _nobodies(labels: Collection[Labelled]) -> frozenset[str]:
    """The labels that are headings or numbers, except those that recur like speakers."""
    counts = Counter(" ".join(found.label.split()) for found in labels if found.rest)
    return frozenset(
        label
        for label in {" ".join(found.label.split()) for found in labels}
        if (is_heading(label) and not is_name_part(label) and counts[label] <= 1)
        or is_structure(label)
        or decides(label)
    )


def _unmarked(block: Block) -> str:
    spans = tuple(replace(span, bold=False) for span in block.spans)
    return to_markdown([Block(spans)])
