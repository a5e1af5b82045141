"""Labels that do not identify a speaker, such as initials: find them, and attribute them as an editor decides."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from panels.formats.speakers.described import described
from panels.formats.speakers.identity import identifies
from panels.formats.speakers.names import squeezed
from panels.formats.speakers.people_labels import person_name
from panels.transcript import Attribution, PanelMember, Role, Transcript, Turn


@dataclass(frozen=True, slots=True)
class UnresolvedLabel:
    """A label that does not identify anybody (`SPEAKER_00`, `JR`, `Ida`), and the number of its passages.

    `label` is the name used in the transcript, `written` the longer form in the source if there is one (`Ida
    (External)`). `candidates` are listed people who may be meant.
    """

    label: str
    passages: int
    candidates: tuple[str, ...] = ()
    written: str = ""

    @property
    def candidate(self) -> str:
        """The only person who may be meant; empty if there is none or more than one."""
        return self.candidates[0] if len(self.candidates) == 1 else ""


def unresolved_labels(transcript: Transcript) -> tuple[UnresolvedLabel, ...]:
    """The labels that do not identify a speaker, in the order of the text, without those an editor has resolved."""
    found: dict[str, list[Turn]] = {}
    for turn in transcript.turns:
        if label := unresolved_label(turn):
            found.setdefault(label, []).append(turn)
    return tuple(
        UnresolvedLabel(
            label,
            len(turns),
            tuple(dict.fromkeys(one.name for turn in turns for one in turn.candidates)),
            "" if turns[0].label == label else turns[0].label or "",
        )
        for label, turns in found.items()
    )


def unresolved_label(turn: Turn) -> str:
    """The speaker of a turn as named in the transcript, if the label does not identify them; otherwise empty."""
    if not turn.label or turn.speaker is None:
        return turn.label or ""
    is_open = bool(turn.candidates) or not identifies(turn.speaker)
    return turn.speaker if is_open and _is_as_read(turn.speaker, turn.label) else ""


def _is_as_read(speaker: str, label: str) -> bool:
    """Whether a speaker is named as the reader named them, ignoring case; otherwise an editor did."""
    names = (label, described(person_name(label)).name)
    return squeezed(speaker) in map(squeezed, names)


def resolved(transcript: Transcript, speakers: Mapping[str, str]) -> Transcript:
    """Attribute the passages of several labels at once, given the speaker of each.

    The attribution is `stated` if the label is a name, and `inferred` if it does not identify anybody.
    """

    def named(turn: Turn) -> Turn:
        speaker = speakers.get(unresolved_label(turn))
        if speaker is None:
            return turn
        if turn.speaker is not None:
            return replace(turn, speaker=speaker, candidates=())
        evidence = f"the source writes “{turn.label}”"
        return replace(turn, speaker=speaker, attribution=Attribution.INFERRED, evidence=evidence, candidates=())

    exchanges = (
        replace(one, question=one.question and named(one.question), answers=tuple(map(named, one.answers)))
        for one in transcript.exchanges
    )
    return without_labels(replace(transcript, exchanges=tuple(exchanges)), speakers)


def without_labels(transcript: Transcript, speakers: Mapping[str, str]) -> Transcript:
    """Replace labels on the panel by their speakers, if no passage with the label is left.

    A speaker who is already on the panel keeps their place.
    """
    speaking = {turn.speaker for turn in transcript.turns}
    gone = {label: name for label, name in speakers.items() if label not in speaking}
    listed = {one.name for one in transcript.panelists if one.name not in gone}
    panel, labels = [], []
    for seat in transcript.panelists:
        name = gone.get(seat.name)
        if name is None:
            panel.append(seat)
        elif name in listed:
            labels.append((name, seat))
        else:
            listed.add(name)
            panel.append(replace(seat, name=name, family_name="", labels=(*seat.labels, seat.name)))
    for name, label in labels:
        panel = [_joined(one, label) if one.name == name else one for one in panel]
    return replace(transcript, panelists=tuple(panel))


def _joined(seat: PanelMember, label: PanelMember) -> PanelMember:
    """A panelist, with the details that the source gives for their label."""
    has_office = bool(seat.title or seat.organisation)
    return replace(
        seat,
        role=label.role if seat.role is Role.PANELIST else seat.role,
        title=seat.title if has_office else label.title,
        organisation=seat.organisation if has_office else label.organisation,
        labels=tuple(dict.fromkeys((*seat.labels, *label.labels, label.name))),
    )
