"""Akoma Ntoso 3.0, written: a `debate` that is valid against the schema of the OASIS standard.

Every exchange is a section. A question that is one paragraph of nobody is its heading; any other is a
`question` element. Who cannot be named is `by=""`. The document streams: one section is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote

from lxml import etree
from lxml.builder import ElementMaker

from panels.formats.akn_terms import (
    AKN,
    GONE_YEAR,
    LANGUAGES,
    OWN,
    own,
    panelist_attributes,
    panelist_of,
    q,
    session_attributes,
    turn_attributes,
    turn_values,
)
from panels.formats.beside import beside
from panels.formats.held import clean
from panels.formats.markdown_blocks import blocks_of
from panels.formats.particulars import one_line
from panels.formats.people import People
from panels.formats.richtext import Block, Kind, Span
from panels.transcript import Attribution, Exchange, Panelist, Transcript, Turn

_E = ElementMaker(namespace=AKN, nsmap={None: AKN, "panels": OWN})
_P = ElementMaker(namespace=OWN, nsmap={"panels": OWN})
Known = dict[str, tuple[str, Panelist | None]]
_AGENT = "#panels"
_UNKNOWN_DATE = "3000-01-01"  # the schema wants a date; a reader takes this one for none


def write(transcript: Transcript) -> str:
    """The whole document."""
    return "".join(stream(transcript))


def stream(transcript: Transcript) -> Iterator[str]:
    """The document in pieces: the head, each section, the end."""
    people = _people(transcript)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<akomaNtoso xmlns="{AKN}" xmlns:panels="{OWN}"><debate name="panel">'
    yield _text(_meta(transcript, people))
    preface = _preface(transcript)
    if len(preface):
        yield _text(preface)
    yield "<debateBody>"
    section = None
    for number, exchange in enumerate(transcript.exchanges, start=1):
        section = _section(exchange, number, people)
        yield _text(section)
    if section is None:  # a body may not be empty
        yield _text(_E.debateSection(name="empty", eId="sec_1"))
    yield "</debateBody></debate></akomaNtoso>\n"


def _text(element: etree._Element) -> str:
    written = etree.tostring(element, encoding="unicode")
    # The root has declared them; once a section would be noise.
    return written.replace(f' xmlns="{AKN}"', "", 1).replace(f' xmlns:panels="{OWN}"', "", 1)


def _attributes(values: dict[str, str]) -> dict[str, str]:
    return {name: clean(value) for name, value in values.items() if value}


def _people(transcript: Transcript) -> Known:
    """Everybody by name, with an identifier: panelists, and None for who speaks without being one."""
    people: dict[str, Panelist | None] = {panelist.name: panelist for panelist in transcript.panelists}
    for exchange in transcript.exchanges:
        for turn in (exchange.question, *exchange.answers):
            if turn and turn.speaker:
                people.setdefault(turn.speaker, None)
    return {name: (f"person_{number}", who) for number, (name, who) in enumerate(people.items(), start=1)}


def _meta(transcript: Transcript, people: Known) -> etree._Element:
    meta = _E.meta(_identification(transcript))
    if transcript.tags:
        keywords = [_E.keyword(value=clean(tag), showAs=clean(tag), dictionary=_AGENT) for tag in transcript.tags]
        meta.append(_E.classification(*keywords, source=_AGENT))
    references = _E.references(
        _E.TLCOrganization(eId="panels", href="/ontology/organization/panels", showAs="Panels"), source=_AGENT
    )
    for name, (identifier, panelist) in people.items():
        extra = _attributes(panelist_attributes(panelist)) if panelist else {}
        person = _E.TLCPerson({"eId": identifier, "href": f"/ontology/person/{identifier}", "showAs": clean(name)})
        person.attrib.update(extra)
        references.append(person)
    meta.append(references)
    session = _P.session(_attributes(session_attributes(transcript)))
    corrections = [
        _P.correction(clean(correction.note), date=correction.date.isoformat(), anchor=clean(correction.anchor))
        for correction in transcript.corrections
    ]
    meta.append(_E.proprietary(session, *corrections, source=_AGENT))
    hidden = beside(replace(transcript, exchanges=(), unread=()), _shown(transcript, meta))
    if hidden:
        session.set("beside", hidden)
    return meta


def _shown(transcript: Transcript, meta: etree._Element) -> Transcript:
    """What a reader finds of the transcript in the metadata and the preface."""
    people = People()
    for person in meta.iter(f"{{{AKN}}}TLCPerson"):
        name = one_line(person.get("showAs") or "")
        if name and person.get(q("role")):
            people.add(panelist_of(person, name))
    date = transcript.date if transcript.date and 1 < transcript.date.year < GONE_YEAR else None
    title, introduction = one_line(transcript.title), transcript.introduction
    return replace(own(meta), title=title, date=date, introduction=introduction, panelists=people.panelists())


def _identification(transcript: Transcript) -> etree._Element:
    date = transcript.date.isoformat() if transcript.date else _UNKNOWN_DATE
    language = one_line(transcript.language) or "und"
    work = f"/akn/un/debate/{date}/{quote(transcript.slug) or 'session'}"
    codes = {short: long for long, short in reversed(LANGUAGES.items())}
    expression = f"{work}/{language}@"

    # The standard's own addresses are relative; where the record stands is another name of each level.
    address = one_line(transcript.address)
    alias = [_E.FRBRalias(value=address, name="address")] if address else []
    version = [_E.FRBRversionNumber(value=str(transcript.edition))] if transcript.edition is not None else []

    def level(uri: str, *more: etree._Element) -> list[etree._Element]:
        return [
            _E.FRBRthis(value=f"{uri}/!main"), _E.FRBRuri(value=uri), *alias,
            _E.FRBRdate(date=date, name="session"), _E.FRBRauthor(href=_AGENT), *more,
        ]  # fmt: skip

    return _E.identification(
        _E.FRBRWork(*level(work, _E.FRBRcountry(value="un"))),
        _E.FRBRExpression(*level(expression, *version, _E.FRBRlanguage(language=codes.get(language, language)))),
        _E.FRBRManifestation(*level(f"{expression}.xml")),
        source=_AGENT,
    )


def _preface(transcript: Transcript) -> etree._Element:
    preface = _E.preface()
    head = _E.p()
    title = one_line(transcript.title)
    if title:
        head.append(_E.docTitle(title))
    if transcript.date:
        head.append(_E.docDate(transcript.date.isoformat(), date=transcript.date.isoformat()))
    if len(head):
        preface.append(head)
    introduction = _blocks(transcript.introduction, "intro")
    if introduction:
        preface.append(_E.container(*introduction, name="introduction", eId="intro"))
    return preface


def _section(exchange: Exchange, number: int, people: Known) -> etree._Element:
    identifier = f"sec_{number}"
    section = _E.debateSection(name="exchange", eId=identifier)
    if exchange.follow_up:
        section.set(q("follow_up"), "true")
    question = exchange.question
    if question is None:
        section.set("name", "unasked")
    elif _is_heading(question):
        (block,) = blocks_of(clean(question.text))
        heading = _E.heading(_attributes(turn_attributes(question)))
        _keep(heading, question, Turn(text=question.text))
        section.append(_inline(heading, block.spans))
    else:
        section.append(_spoken("question", question, f"{identifier}__q", people))
    for index, answer in enumerate(exchange.answers, start=1):
        section.append(_spoken("speech", answer, f"{identifier}__s_{index}", people))
    return section


def _is_heading(question: Turn) -> bool:
    """Whether a question is a line nobody spoke."""
    blocks = blocks_of(clean(question.text))
    nobody = question.label is None and question.speaker is None
    return nobody and len(blocks) == 1 and blocks[0].kind is Kind.PARAGRAPH


def _spoken(tag: str, turn: Turn, identifier: str, people: Known) -> etree._Element:
    by = f"#{people[turn.speaker][0]}" if turn.speaker else ""
    element = _E(tag, {"by": by, "eId": identifier, **_attributes(turn_attributes(turn))})
    name, label = one_line(turn.speaker or ""), one_line(turn.label or "")
    known = Attribution.STATED if name else Attribution.UNKNOWN
    _keep(element, turn, Turn(text=turn.text, label=label or None, speaker=name or None, attribution=known))
    if label:
        element.append(getattr(_E, "from")(label))
    blocks = _blocks(turn.text, identifier)
    element.extend(blocks or [_E.p()])
    return element


def _keep(element: etree._Element, turn: Turn, shown: Turn) -> None:
    """Keep in an element what it does not show of a turn."""
    hidden = beside(replace(turn, line=None), replace(shown, **turn_values(element)))
    if hidden:
        element.set(q("beside"), hidden)


def _blocks(markdown: str, identifier: str) -> list[etree._Element]:
    """Markdown as the block elements of Akoma Ntoso; neighbouring items are one list."""
    out: list[etree._Element] = []
    for key, group in groupby(blocks_of(clean(markdown)), key=_list_kind):
        if key:
            out.append(_list(key, list(group), f"{identifier}__list_{len(out) + 1}"))
        else:
            out += [_block(block) for block in group]
    return out


def _list_kind(block: Block) -> str:
    return "" if block.kind is not Kind.ITEM else "ul" if block.marker == "-" else "ol"


def _list(tag: str, items: list[Block], identifier: str) -> etree._Element:
    listing = _E(tag, eId=identifier)
    for item in items:
        element = _inline(_E.li(), item.spans)
        element.set(q("level"), str(item.level))
        if tag == "ol":
            element.set("value", item.marker.rstrip("."))
        listing.append(element)
    return listing


def _block(block: Block) -> etree._Element:
    if block.kind is Kind.PARAGRAPH:
        return _inline(_E.p(), block.spans)
    element = _inline(_E.block(name=block.kind.value), block.spans)
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
