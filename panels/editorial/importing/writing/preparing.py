"""Compute everything that a plan writes, before the write lock is taken.

The result is known completely in advance (`transcript`), with new anchors, slugs and ids. `storing` writes it, after
comparing the event's version and everything else that was assumed to be free.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from panels.editorial.importing.errors import OutdatedError
from panels.editorial.importing.matching.speakers import Cast, Person
from panels.editorial.importing.writing.batches import (
    Batch,
    Slugs,
    attribution_of,
    event_values,
    evidence_of,
    numbered,
    tag_names,
    tags_named,
)
from panels.editorial.importing.writing.changes import Comparer, RowChanges
from panels.formats.speakers.family_names import with_family_name
from panels.models import Event, FormerEventSlug, FormerSpeakerSlug, Speaker, Tag, Version
from panels.transcript import Attribution, Exchange, Transcript, Turn
from panels.transcript import CorrectionEntry as Noted
from panels.transcript import PanelMember as Listed
from panels.transcript.text import normalize_newlines, slug_of


@dataclass(slots=True)
class Prepared:
    """The rows to write so that the event becomes `transcript`: new rows, and changes of stored ones.

    `fields` are the changed fields of the event, and `returning` the anchors of deleted passages that come back.
    `version` is the version of the event that all this is based on.
    """

    transcript: Transcript
    cast: Cast
    batch: Batch
    new_speakers: tuple[Speaker, ...]
    new_tags: tuple[Tag, ...]
    event: int
    version: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    changes: RowChanges = field(default_factory=RowChanges)
    returning: tuple[str, ...] = ()


def prepare_new(transcript: Transcript, cast: Cast, original: Event | None = None, *, link: bool = False) -> Prepared:
    """Prepare a new draft.

    `original` is the stored event in another language that it may be a translation of. If both would have the same
    slug, the new one gets the language added. With `link` it is stored as a translation of the original.
    """
    batch = Batch()
    tags = tags_named(tag_names(transcript))
    wanted = Event(slug=transcript.slug, title=transcript.title).wanted_slug()
    if original is not None and original.slug == wanted:
        wanted = slug_of(f"{wanted} {transcript.language}")
    slug = transcript.slug or Slugs(Event, FormerEventSlug, [wanted]).give(wanted)
    event = batch.reserve(Event)
    speakers, new_speakers = _speaker_ids(cast, transcript, batch, Event(pk=event, slug=slug))
    new_tags = _new(tags)
    ids = batch.add_tags(tags)
    final = stored_form(replace(transcript, slug=slug), cast, tags, numbered(transcript))
    original_id = original.pk if original and link else None
    batch.add_event(event, final, slug, speakers, ids, translation_of=original_id)
    return Prepared(final, cast, batch, new_speakers, new_tags, event)


def prepare_change(event: Event, old: Transcript, transcript: Transcript, cast: Cast) -> Prepared:
    """Prepare a change of a stored event, whose state is `old`, to a transcript. Passages are matched by anchor."""
    batch = Batch()
    speakers, new_speakers = _speaker_ids(cast, transcript, batch, event)
    tags = tags_named([*tag_names(transcript), *tag_names(old)])
    new_tags = _new(tags)
    ids = batch.add_tags(tags)
    retired = set(event.retired_anchors.values_list("anchor", flat=True))
    live = [turn.anchor for turn in old.turns if turn.anchor]
    exchanges = numbered(transcript, [*live, *retired])
    slug = transcript.slug or old.slug
    final = stored_form(replace(transcript, slug=slug), cast, tags, exchanges, old)
    here = {turn.anchor for turn in final.turns}
    comparer = Comparer(event, old, batch, speakers, ids)
    if Version.objects.values_list("number", flat=True).get(event=event.pk) != old.version:
        raise OutdatedError(_("it has changed since; review the changes again"))
    return Prepared(
        final,
        cast,
        batch,
        new_speakers,
        new_tags,
        event.pk,
        version=old.version,
        fields=_changed_fields(old, final),
        changes=comparer.compare(final),
        returning=tuple(retired & here),
    )


def stored_form(
    transcript: Transcript,
    cast: Cast,
    tags: Mapping[str, Tag],
    exchanges: Iterable[Exchange],
    old: Transcript | None = None,
) -> Transcript:
    """The transcript as it will be read after storing, with the given `exchanges`."""
    made = _Final(cast, tags)
    said = event_values(transcript)
    said["translation"] = transcript.translation
    return Transcript(
        **said,
        slug=transcript.slug,
        tags=made.tags(transcript.tags),
        panelists=tuple(made.panel(transcript, Counter(one.name for one in old.panelists) if old else Counter())),
        exchanges=tuple(map(made.exchange, exchanges)),
        corrections=tuple(_corrections(transcript, old)),
    )


class _Final:
    """The values of passages and panelists once they are stored."""

    def __init__(self, cast: Cast, tags: Mapping[str, Tag]) -> None:
        self.cast, self.tags_by_name = cast, tags

    def name(self, name: str) -> str:
        person = self.cast[name]
        return person.known.name if person.known else person.name

    def tags(self, names: tuple[str, ...]) -> tuple[str, ...]:
        if not names:
            return ()
        found = {tag.name: tag for tag in (self.tags_by_name[name] for name in names)}
        return tuple(sorted(found, key=lambda name: (found[name].sort_key, name)))

    def panel(self, transcript: Transcript, seats: Counter[str]) -> Iterator[Listed]:
        """Everybody once, whatever name the list has; as often as there are such seats, where two share a name."""
        taken: Counter[str] = Counter()
        for listed in transcript.panelists:
            name = self.name(listed.name)
            if taken[name] and taken[name] >= seats[name]:
                continue
            taken[name] += 1
            person = self.cast[listed.name]
            speaker = person.known or _listed_as(replace(person, name=name), transcript)
            yield Listed(
                name=name,
                original_name=speaker.original_name,
                family_name=speaker.family_name,
                role=listed.role,
                title=listed.title,
                organisation=listed.organisation,
            )

    def exchange(self, exchange: Exchange) -> Exchange:
        asked = exchange.question or Turn(text="")
        question = Turn(
            text=normalize_newlines(asked.text),
            speaker=self.name(asked.speaker) if asked.speaker else None,
            attribution=Attribution.STATED if asked.speaker else Attribution.UNKNOWN,
            time=_seconds(asked.time),
            anchor=asked.anchor,
            tags=self.tags(asked.tags),
        )
        return Exchange(
            question=question, answers=tuple(map(self.answer, exchange.answers)), follow_up=exchange.follow_up
        )

    def answer(self, turn: Turn) -> Turn:
        return Turn(
            text=normalize_newlines(turn.text),
            speaker=self.name(turn.speaker) if turn.speaker else None,
            attribution=attribution_of(turn),
            evidence=normalize_newlines(evidence_of(turn)),
            time=_seconds(turn.time),
            anchor=turn.anchor,
            tags=self.tags(turn.tags),
        )


def _corrections(transcript: Transcript, old: Transcript | None) -> Iterator[Noted]:
    """The corrections: stored ones keep their numbers, new ones follow."""
    wanted = Counter(replace(one, note=normalize_newlines(one.note)) for one in transcript.corrections)
    for one in old.corrections if old else ():
        if wanted[one]:
            wanted[one] -= 1
            yield one
    for one in dict.fromkeys(replace(one, note=normalize_newlines(one.note)) for one in transcript.corrections):
        yield from [one] * wanted[one]


def _seconds(time: float | None) -> float | None:
    return None if time is None else float(time)


def _listed_as(person: Person, transcript: Transcript) -> Listed:
    """How a new person is first listed, with a family name guessed from the language if none is given."""
    listed = next((one for one in transcript.panelists if one.name == person.name), Listed(name=person.name))
    return listed if person.is_label else with_family_name(listed)


def _speaker_ids(
    cast: Cast, transcript: Transcript, batch: Batch, event: Event
) -> tuple[dict[str, int], tuple[Speaker, ...]]:
    """Speaker ids by the names in the transcript. New speakers are added; labels are added to the event."""
    new = {person: _new_speaker(person, transcript, event) for person in cast.new}
    slugs = Slugs(Speaker, FormerSpeakerSlug, [speaker.wanted_slug() for speaker in new.values()])
    for speaker in new.values():
        batch.add_slugged(speaker, slugs)
    ids = {name: (person.known or new[person]).pk for name, person in cast.people.items()}
    return ids, tuple(new.values())


def _new_speaker(person: Person, transcript: Transcript, event: Event) -> Speaker:
    listed = _listed_as(person, transcript)
    return Speaker(
        name=person.name,
        family_name=listed.family_name,
        original_name=listed.original_name,
        session=event if person.is_label else None,
    )


def _new(tags: Mapping[str, Tag]) -> tuple[Tag, ...]:
    return tuple({id(tag): tag for tag in tags.values() if tag.pk is None}.values())


def _changed_fields(old: Transcript, final: Transcript) -> dict[str, Any]:
    before = event_values(old) | {"slug": old.slug}
    after = event_values(final) | {"slug": final.slug}
    return {name: value for name, value in after.items() if before[name] != value}
