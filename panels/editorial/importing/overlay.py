"""Merge a new text into a stored event.

Pure: takes two transcripts and returns one. The passages of the new text carry the anchors of the stored passages that
they match (`matching.passages`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from panels.transcript import EVENT_FIELDS, Attribution, Exchange, PanelMember, Transcript, Turn


@dataclass(frozen=True, slots=True)
class SpeakerMismatch:
    """A passage with different speakers in the stored event and the new text. By default the stored one is kept."""

    anchor: str
    stored: str
    source: str
    line: int | None


def merged(old: Transcript, new: Transcript, *, taken: Collection[str], drop_missing: bool) -> Transcript:
    """The new text, with everything that editors added to the old one.

    Fields of a passage that the new text does not have (tags, attribution, evidence, time) are kept. `taken` are the
    anchors where the speaker of the new text replaces the stored one. Passages that are missing in the new text stay,
    unless `drop_missing`; a panelist who speaks always stays.
    """
    before = _passages(old)
    exchanges = [_merged_exchange(exchange, before, taken) for exchange in new.exchanges]
    if not drop_missing:
        exchanges = _put_back(exchanges, old)
    speaking = {turn.speaker for one in exchanges for turn in (one.question, *one.answers) if turn and turn.speaker}
    event_values = {name: getattr(new, name) or getattr(old, name) for name in EVENT_FIELDS}
    return replace(
        new,
        **event_values,
        slug=old.slug,
        tags=_united(old.tags, new.tags),
        panelists=tuple(_merged_panel(old.panelists, new.panelists, speaking if drop_missing else None)),
        exchanges=tuple(exchanges),
        corrections=old.corrections + tuple(one for one in new.corrections if one not in old.corrections),
    )


def speaker_mismatches(old: Transcript, new: Transcript) -> Iterator[SpeakerMismatch]:
    """The passages for which both texts name a speaker, but not the same one."""
    before = _passages(old)
    for turn in new.turns:
        stored = before.get(turn.anchor or "")
        if stored and stored.speaker and turn.speaker and stored.speaker != turn.speaker:
            yield SpeakerMismatch(turn.anchor or "", stored.speaker, turn.speaker, turn.line)


def _passages(transcript: Transcript) -> dict[str, Turn]:
    return {turn.anchor: turn for turn in transcript.turns if turn.anchor}


def _merged_exchange(exchange: Exchange, before: dict[str, Turn], taken: Collection[str]) -> Exchange:
    asked = exchange.question and _merged_turn(exchange.question, before, taken)
    return replace(
        exchange, question=asked, answers=tuple(_merged_turn(turn, before, taken) for turn in exchange.answers)
    )


def _merged_turn(new: Turn, before: dict[str, Turn], taken: Collection[str]) -> Turn:
    old = before.get(new.anchor or "")
    if old is None:
        return new
    named = new if new.speaker and (new.speaker == old.speaker or not old.speaker or new.anchor in taken) else old
    return replace(
        new,
        speaker=named.speaker,
        attribution=named.attribution if named.speaker else Attribution.UNKNOWN,
        evidence=named.evidence,
        tags=_united(old.tags, new.tags),
        time=old.time if new.time is None else new.time,
    )


def _put_back(exchanges: list[Exchange], old: Transcript) -> list[Exchange]:
    """The exchanges with the missing passages inserted, each after the passage that it followed."""
    here = {anchor for exchange in exchanges for anchor in _anchors(exchange)}
    places = {one.question.anchor: place for place, one in enumerate(exchanges) if one.question}
    behind: dict[int, list[Exchange]] = defaultdict(list)  # by the place of what they stand behind, -1: at the start
    place = -1
    for exchange in old.exchanges:
        lacking = [turn for turn in exchange.answers if turn.anchor not in here]
        found = places.get(exchange.question.anchor if exchange.question else None)
        if found is None:
            behind[place].append(replace(exchange, answers=tuple(lacking)))
            continue
        place = found
        if lacking:
            exchanges[place] = _with(exchanges[place], lacking, exchange)
    return [*behind[-1], *(one for place, kept in enumerate(exchanges) for one in (kept, *behind[place]))]


def _anchors(exchange: Exchange) -> Iterator[str | None]:
    if exchange.question:
        yield exchange.question.anchor
    yield from (turn.anchor for turn in exchange.answers)


def _with(exchange: Exchange, lacking: list[Turn], old: Exchange) -> Exchange:
    answers = list(exchange.answers)
    order = [turn.anchor for turn in old.answers]
    for turn in lacking:
        earlier = set(order[: order.index(turn.anchor)])
        behind = max((at for at, other in enumerate(answers) if other.anchor in earlier), default=-1)
        answers.insert(behind + 1, turn)
    return replace(exchange, answers=tuple(answers))


def _merged_panel(
    old: tuple[PanelMember, ...], new: tuple[PanelMember, ...], speaking: Collection[str] | None
) -> list[PanelMember]:
    """The panel in the order of the new text, followed by stored panelists whom it does not list.

    Details that only the stored panel has are kept. With `speaking`, stored panelists are kept only if they speak. Two
    panelists of the same name stay two.
    """
    stored: dict[str, list[PanelMember]] = defaultdict(list)
    for one in old:
        stored[one.name].append(one)
    panel = []
    for listed in new:
        known = stored[listed.name].pop(0) if stored[listed.name] else None
        panel.append(listed if known is None else _with_office(known, listed))
    left = (one for one in old if any(one is other for other in stored[one.name]))
    return panel + [one for one in left if speaking is None or one.name in speaking]


def _with_office(known: PanelMember, listed: PanelMember) -> PanelMember:
    title, organisation = listed.title or known.title, listed.organisation or known.organisation
    return replace(known, role=listed.role, title=title, organisation=organisation)


def _united(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(old + new))
