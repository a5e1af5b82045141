"""Apply an editor's details of people to a transcript: role, job title, organisation and family name."""

from collections.abc import Mapping
from dataclasses import replace

from panels.transcript import PanelMember, Role, Transcript


def with_details(transcript: Transcript, details: Mapping[str, Mapping[str, str]]) -> Transcript:
    """The transcript with details of people, by name. Speakers who are not listed are added at the end of the panel.

    Names that the text does not have are ignored, because a corrected text may lack some.
    """
    panel = [_with(seat, details.get(seat.name, {})) for seat in transcript.panelists]
    listed = {seat.name for seat in panel}
    speaking = {turn.speaker for turn in transcript.turns}
    new = [name for name in details if name in speaking and name not in listed]
    panel += [_with(PanelMember(name=name), details[name]) for name in new]
    return replace(transcript, panelists=tuple(panel))


def _with(seat: PanelMember, details: Mapping[str, str]) -> PanelMember:
    family_name = details.get("family_name", seat.family_name)
    return replace(
        seat,
        family_name=family_name if family_name in seat.name else "",
        role=Role(details.get("role", seat.role)),
        title=details.get("title", seat.title),
        organisation=details.get("organisation", seat.organisation),
    )
