"""Write Akoma Ntoso 3.0: a `debate` that is valid against the schema of the OASIS standard.

Every exchange is a section. A question that is one unattributed paragraph is its heading; any other is a `question`
element. An unknown speaker is `by=""`. The document streams: one section is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from lxml import etree

from panels.formats.lossiness import clean
from panels.formats.markup.akn_meta import Known, legal_attributes, meta_of, people_of
from panels.formats.markup.akn_terms import AKN, OWN, E, q, turn_attributes, turn_values
from panels.formats.native.passage_fields import hidden_fields
from panels.formats.parsing.markdown_blocks import blocks_of
from panels.formats.parsing.richtext import Block, BlockKind, Span
from panels.formats.structure.metadata_lines import one_line
from panels.transcript import Attribution, Exchange, Transcript, Turn


def write(transcript: Transcript) -> str:
    """The whole document."""
    return "".join(stream(transcript))


def stream(transcript: Transcript) -> Iterator[str]:
    """The document in pieces: the head, each section, the end."""
    people = people_of(transcript)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<akomaNtoso xmlns="{AKN}" xmlns:panels="{OWN}"><debate name="panel">'
    yield _text(meta_of(transcript, people))
    preface = _preface(transcript)
    if len(preface):
        yield _text(preface)
    yield "<debateBody>"
    section = None
    for number, exchange in enumerate(transcript.exchanges, start=1):
        section = _section(exchange, number, people)
        yield _text(section)
    if section is None:  # a body must not be empty
        yield _text(E.debateSection(name="empty", eId="sec_1"))
    yield "</debateBody></debate></akomaNtoso>\n"


def _text(element: etree._Element) -> str:
    written = etree.tostring(element, encoding="unicode")
    # Declared on the root; repeating it in each section would be noise.
    return written.replace(f' xmlns="{AKN}"', "", 1).replace(f' xmlns:panels="{OWN}"', "", 1)


def _preface(transcript: Transcript) -> etree._Element:
    preface = E.preface()
    head = E.p()
    title = one_line(transcript.title)
    if title:
        head.append(E.docTitle(title))
    if transcript.date:
        head.append(E.docDate(transcript.date.isoformat(), date=transcript.date.isoformat()))
    if len(head):
        preface.append(head)
    introduction = _blocks(transcript.introduction, "intro")
    if introduction:
        preface.append(E.container(*introduction, name="introduction", eId="intro"))
    return preface


def _section(exchange: Exchange, number: int, people: Known) -> etree._Element:
    identifier = f"sec_{number}"
    section = E.debateSection(name="exchange", eId=identifier)
    if exchange.follow_up:
        section.set(q("follow_up"), "true")
    question = exchange.question
    if question is None:
        section.set("name", "unasked")
    elif _is_heading(question):
        (block,) = blocks_of(clean(question.text))
        heading = E.heading(legal_attributes(turn_attributes(question)))
        _set_hidden_fields(heading, question, Turn(text=question.text))
        section.append(_inline(heading, block.spans))
    else:
        section.append(_spoken("question", question, f"{identifier}__q", people))
    for index, answer in enumerate(exchange.answers, start=1):
        section.append(_spoken("speech", answer, f"{identifier}__s_{index}", people))
    return section


def _is_heading(question: Turn) -> bool:
    """Whether a question is a line that nobody spoke."""
    blocks = blocks_of(clean(question.text))
    nobody = question.label is None and question.speaker is None
    return nobody and len(blocks) == 1 and blocks[0].kind is BlockKind.PARAGRAPH


def _spoken(tag: str, turn: Turn, identifier: str, people: Known) -> etree._Element:
    by = f"#{people[turn.speaker][0]}" if turn.speaker else ""
    element = E(tag, {"by": by, "eId": identifier, **legal_attributes(turn_attributes(turn))})
    name, label = one_line(turn.speaker or ""), one_line(turn.label or "")
    known = Attribution.STATED if name else Attribution.UNKNOWN
    _set_hidden_fields(
        element, turn, Turn(text=turn.text, label=label or None, speaker=name or None, attribution=known)
    )
    if label:
        element.append(getattr(E, "from")(label))
    blocks = _blocks(turn.text, identifier)
    element.extend(blocks or [E.p()])
    return element


def _set_hidden_fields(element: etree._Element, turn: Turn, shown: Turn) -> None:
    """Store the fields that an element does not show in an attribute of it."""
    hidden = hidden_fields(replace(turn, line=None), replace(shown, **turn_values(element)))
    if hidden:
        element.set(q("beside"), hidden)


def _blocks(markdown: str, identifier: str) -> list[etree._Element]:
    """Markdown as block elements of Akoma Ntoso; consecutive items are one list."""
    out: list[etree._Element] = []
    for key, group in groupby(blocks_of(clean(markdown)), key=_list_kind):
        if key:
            out.append(_list(key, list(group), f"{identifier}__list_{len(out) + 1}"))
        else:
            out += [_block(block) for block in group]
    return out


def _list_kind(block: Block) -> str:
    return "" if block.kind is not BlockKind.ITEM else "ul" if block.marker == "-" else "ol"


def _list(tag: str, items: list[Block], identifier: str) -> etree._Element:
    listing = E(tag, eId=identifier)
    for item in items:
        element = _inline(E.li(), item.spans)
        element.set(q("level"), str(item.level))
        if tag == "ol":
            element.set("value", item.marker.rstrip("."))
        listing.append(element)
    return listing


def _block(block: Block) -> etree._Element:
    if block.kind is BlockKind.PARAGRAPH:
        return _inline(E.p(), block.spans)
    element = _inline(E.block(name=block.kind.value), block.spans)
    if block.level:
        element.set(q("level"), str(block.level))
    return element


def _inline(element: etree._Element, spans: tuple[Span, ...]) -> etree._Element:
    for span in spans:
        holder = element
        for tag, attributes in _wrappers(span):
            holder = etree.SubElement(holder, f"{{{AKN}}}{tag}", attributes)
        lines = clean(span.text).split("\n") if not span.code else [clean(span.text)]
        _append_text(holder, lines[0])
        for line in lines[1:]:
            etree.SubElement(holder, f"{{{AKN}}}br")
            _append_text(holder, line)
    return element


def _wrappers(span: Span) -> Iterator[tuple[str, dict[str, str]]]:
    if span.link:
        yield "a", {"href": span.link}
    if span.bold:
        yield "b", {}
    if span.italic:
        yield "i", {}
    if span.code:
        yield "inline", {"name": "code"}


def _append_text(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
