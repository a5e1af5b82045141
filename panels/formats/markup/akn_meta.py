"""Write the metadata of Akoma Ntoso 3.0 documents (see `akn_write`)."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from lxml import etree

from panels.formats.lossiness import clean
from panels.formats.markup.akn_terms import (
    AKN,
    GONE_YEAR,
    LANGUAGES,
    E,
    P,
    own,
    panelist_attributes,
    panelist_of,
    q,
    session_attributes,
)
from panels.formats.native.passage_fields import hidden_fields
from panels.formats.speakers.people import People
from panels.formats.structure.metadata_lines import one_line
from panels.transcript import PanelMember, Transcript

Known = dict[str, tuple[str, PanelMember | None]]
_AGENT = "#panels"
_UNKNOWN_DATE = "3000-01-01"  # the schema requires a date; readers take this one for none


def legal_attributes(values: dict[str, str]) -> dict[str, str]:
    """The non-empty attributes, with characters that XML can hold."""
    return {name: clean(value) for name, value in values.items() if value}


def people_of(transcript: Transcript) -> Known:
    """Everybody by name, with an identifier; the value is None for speakers who are not panelists."""
    people: dict[str, PanelMember | None] = {panelist.name: panelist for panelist in transcript.panelists}
    for turn in transcript.turns:
        if turn.speaker:
            people.setdefault(turn.speaker, None)
    return {name: (f"person_{number}", who) for number, (name, who) in enumerate(people.items(), start=1)}


def meta_of(transcript: Transcript, people: Known) -> etree._Element:
    """The metadata of a session, with the persons that its speeches refer to."""
    meta = E.meta(_identification(transcript))
    if transcript.tags:
        keywords = [E.keyword(value=clean(tag), showAs=clean(tag), dictionary=_AGENT) for tag in transcript.tags]
        meta.append(E.classification(*keywords, source=_AGENT))
    references = E.references(
        E.TLCOrganization(eId="panels", href="/ontology/organization/panels", showAs="Panels"), source=_AGENT
    )
    for name, (identifier, panelist) in people.items():
        extra = legal_attributes(panelist_attributes(panelist)) if panelist else {}
        person = E.TLCPerson({"eId": identifier, "href": f"/ontology/person/{identifier}", "showAs": clean(name)})
        person.attrib.update(extra)
        references.append(person)
    meta.append(references)
    session = P.session(legal_attributes(session_attributes(transcript)))
    corrections = [
        P.correction(clean(correction.note), date=correction.date.isoformat(), anchor=clean(correction.anchor))
        for correction in transcript.corrections
    ]
    meta.append(E.proprietary(session, *corrections, source=_AGENT))
    hidden = hidden_fields(replace(transcript, exchanges=(), unread=()), _shown(transcript, meta))
    if hidden:
        session.set("beside", hidden)
    return meta


def _shown(transcript: Transcript, meta: etree._Element) -> Transcript:
    """The parts of the transcript that a reader finds in the metadata and the preface."""
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

    # The standard's own URIs are relative; the record's URL is an alias at each level.
    address = one_line(transcript.address)
    alias = [E.FRBRalias(value=address, name="address")] if address else []
    version = [E.FRBRversionNumber(value=str(transcript.version))] if transcript.version is not None else []

    def level(uri: str, *more: etree._Element) -> list[etree._Element]:
        return [
            E.FRBRthis(value=f"{uri}/!main"), E.FRBRuri(value=uri), *alias,
            E.FRBRdate(date=date, name="session"), E.FRBRauthor(href=_AGENT), *more,
        ]  # fmt: skip

    return E.identification(
        E.FRBRWork(*level(work, E.FRBRcountry(value="un"))),
        E.FRBRExpression(*level(expression, *version, E.FRBRlanguage(language=codes.get(language, language)))),
        E.FRBRManifestation(*level(f"{expression}.xml")),
        source=_AGENT,
    )
