"""What a stored record becomes when a text is imported onto it.

Pure: both are transcripts, and so is what comes out. The new text's passages carry the anchors of the stored
ones that they are (`matching.passages`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from panels.transcript import EVENT_FIELDS, Attribution, Exchange, PanelMember, Transcript, Turn


@dataclass(frozen=True, slots=True)
class SpeakerMismatch:
    """A passage for which the desk and the new text name different speakers. The desk's name is kept unless told."""

    anchor: str
    stored: str
    source: str
    line: int | None


def merged(old: Transcript, new: Transcript, *, taken: Collection[str], drop_missing: bool) -> Transcript:
    """The new words with all that editors added to the old ones.

    What the new text does not say of a passage — tags, attribution, evidence, time — stays. `taken` are the
    anchors at which the new text's speaker counts although the desk has another. What the new text has no longer
    stays where it stood, unless `drop_missing`; a panelist who speaks stays in any case.
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
    """Where both name a speaker, and not the same."""
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
    """The exchanges with what the new text lacks, each behind what it stood behind."""
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
    """In the new text's order, with what only the desk knows of each; then those whom the new text does not list.

    Of these, with `speaking`, only who speaks. Two of one name stay two.
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
