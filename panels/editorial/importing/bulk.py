"""Many transcripts stored in one stream: what `plan` and `apply` store, some dozens of times faster.

Sessions are gathered to batches of bounded size; a batch is looked up, computed and written in one transaction, so
that memory does not grow with the load and a killed load leaves whole sessions only. What is not plainly sound goes
the careful way, session by session, and is stored or refused there in the same words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from panels.editorial.importing.checking import needs_no_validation
from panels.editorial.importing.errors import ImportRefusedError
from panels.editorial.importing.planning import apply, plan
from panels.editorial.importing.speaker_matching import speakers_named, turns_of
from panels.editorial.importing.writing.batches import Batch, Slugs, tag_names, tags_named
from panels.editorial.importing.writing.bulk_insert import Row
from panels.editorial.publishing import publish_stored
from panels.models import Event, FormerEventSlug, FormerSpeakerSlug, Speaker
from panels.transcript import PanelMember as Listed
from panels.transcript import Transcript

BATCH = 2_000  # answers


class LoadStatus(StrEnum):
    """What became of a transcript. A load plans and updates nothing: that is for who goes one by one."""

    STORED = "stored"
    KEPT = "kept"  # it was stored before, and is as it was
    REFUSED = "refused"
    PLANNED = "planned"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What became of the transcript of that name, in a word and in a sentence; `slug` is its event's, if it has one."""

    name: str
    became: LoadStatus
    message: str
    slug: str = ""


def load(named: Iterable[tuple[str, Transcript]], *, publish: bool = False, batch: int = BATCH) -> Iterator[LoadResult]:
    """Store transcripts as new events, drafts unless `publish`; those that are stored already are passed over.

    Takes pairs of a name, to tell them apart in what is yielded, and a transcript. Yields in their order.
    """
    gathered: list[tuple[str, Transcript]] = []
    size = 0
    for pair in named:
        gathered.append(pair)
        size += 1 + sum(1 + len(exchange.answers) for exchange in pair[1].exchanges)
        if size >= batch:
            yield from _stored(gathered, publish=publish)
            gathered, size = [], 0
    yield from _stored(gathered, publish=publish)


def counted(transcript: Transcript) -> str:
    """How much there is of a transcript, and what of it needs looking at; for operators."""
    answers = [turn for exchange in transcript.exchanges for turn in exchange.answers]
    parts = [_counted(len(transcript.exchanges), "question"), _counted(len(answers), "answer")]
    lost = sum(1 for turn in answers if not turn.speaker)
    if lost:
        parts.append(f"{lost} without a speaker")
    if transcript.unread:
        parts.append(f"{_counted(len(transcript.unread), 'passage')} not recognised")
    return ", ".join(parts)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _stored(pairs: Sequence[tuple[str, Transcript]], *, publish: bool) -> Iterator[LoadResult]:
    try:
        with transaction.atomic():
            slugs = _write([transcript for _, transcript in pairs], publish=publish)
    except IntegrityError:  # somebody else wrote what this batch took for free
        slugs = [None] * len(pairs)
    for (name, transcript), slug in zip(pairs, slugs, strict=True):
        if slug is not None:
            yield LoadResult(name, LoadStatus.STORED, f"{slug}: {counted(transcript)}", slug)
        else:
            yield _with_care(name, transcript, publish=publish)


def _with_care(name: str, transcript: Transcript, *, publish: bool) -> LoadResult:
    try:
        with transaction.atomic():
            planned = plan(transcript)
            if planned.stored is not None:
                return LoadResult(name, LoadStatus.KEPT, planned.stored.slug, planned.stored.slug)
            event = apply(planned)
            if publish:
                publish_stored([event.pk])
    except ImportRefusedError as error:
        return LoadResult(name, LoadStatus.REFUSED, str(error))
    return LoadResult(name, LoadStatus.STORED, f"{event.slug}: {counted(transcript)}", event.slug)


def _write(transcripts: Sequence[Transcript], *, publish: bool) -> list[str | None]:
    """Write those that are plainly sound and new. Gives the slug of each, None for those that were left."""
    made = _Load([one if needs_no_validation(one) else None for one in transcripts])
    slugs = made.compute()
    made.batch.insert()
    if publish:
        publish_stored([row[0] for row in made.batch.rows[Event]])
    return slugs


class _Load:
    """The rows of some sessions, each of them new."""

    def __init__(self, transcripts: Sequence[Transcript | None]) -> None:
        known = _AlreadyStored([one for one in transcripts if one is not None])
        self.transcripts = [one if one is not None and known.admits(one) else None for one in transcripts]
        new = [one for one in self.transcripts if one is not None]
        self.batch = Batch()
        self.speakers = _speakers(new, self.batch)
        self.tags = self.batch.add_tags(tags_named(name for one in new for name in tag_names(one)))
        self.slugs = Slugs(Event, FormerEventSlug, [_event(one).wanted_slug() for one in new])

    def compute(self) -> list[str | None]:
        return [self._event(one) if one is not None else None for one in self.transcripts]

    def _event(self, transcript: Transcript) -> str:
        slug = self.slugs.give(_event(transcript).wanted_slug())
        self.batch.add_event(transcript, slug, self.speakers, self.tags)
        return slug


def rows_of(transcripts: Sequence[Transcript]) -> dict[type[models.Model], list[Row]]:
    """All rows that a load of the transcripts writes. Writes none of them."""
    made = _Load(transcripts)
    made.compute()
    return made.batch.rows


def _event(transcript: Transcript) -> Event:
    return Event(slug=transcript.slug, title=transcript.title)


class _AlreadyStored:
    """Which transcripts may be stored already, as `plan` would find: by slug, by source, by title and day."""

    def __init__(self, transcripts: Sequence[Transcript]) -> None:
        slugs = {one.slug for one in transcripts if one.slug}
        sources = {one.source_url for one in transcripts if one.source_url}
        titles = {one.title for one in transcripts}
        found = Event.objects.filter(Q(title__in=titles) | Q(slug__in=slugs) | Q(source_url__in=sources))
        self.slugs: set[str] = set()
        self.sources: set[str] = set()
        self.titles: set[tuple[str, Any]] = set()
        for slug, source, title, date in found.values_list("slug", "source_url", "title", "date"):
            self._remember(slug, source, title, date)

    def _remember(self, slug: str, source: str, title: str, date: Any) -> None:
        self.slugs.add(slug)
        self.sources.add(source)
        self.titles.add((title, date))

    def admits(self, one: Transcript) -> bool:
        """Whether it is new, also in this batch; remembers it if it is."""
        if one.slug in self.slugs or (one.source_url and one.source_url in self.sources):
            return False
        if (one.title, one.date) in self.titles:
            return False
        self._remember(one.slug or "-", one.source_url, one.title, one.date)
        return True


def _speakers(transcripts: Sequence[Transcript], batch: Batch) -> dict[str, int]:
    """Ids by name; those who are new are computed."""
    listed = _listed(transcripts)
    found = {name: speaker.pk for name, speaker in speakers_named(listed).items()}
    new = [
        Speaker(name=one.name, family_name=one.family_name, original_name=one.original_name)
        for name, one in listed.items()
        if name not in found
    ]
    slugs = Slugs(Speaker, FormerSpeakerSlug, [speaker.wanted_slug() for speaker in new])
    for speaker in new:
        if speaker.name not in found:  # else it is an earlier one's name in the original script
            number = batch.add_slugged(speaker, slugs)
            found |= {name: number for name in (speaker.name, speaker.original_name) if name and name not in found}
    return found


def _listed(transcripts: Sequence[Transcript]) -> dict[str, Listed]:
    """Everyone by name, as the first list says that has them."""
    listed: dict[str, Listed] = {}
    for one in transcripts:
        for panelist in one.panelists:
            listed.setdefault(panelist.name, panelist)
        for turn in turns_of(one):
            if turn.speaker and turn.speaker not in listed:
                listed[turn.speaker] = Listed(name=turn.speaker)
    return listed
