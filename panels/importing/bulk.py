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

from panels.importing.people import turns_of
from panels.importing.planning import apply, plan
from panels.importing.rows import COLUMNS, Ids, Row, insert
from panels.importing.soundness import is_sound
from panels.importing.storing import ImportRefusedError, attribution_of, evidence_of, said_once
from panels.models import (
    Answer,
    Correction,
    Event,
    FormerEventSlug,
    FormerSpeakerSlug,
    FormerTagSlug,
    Panelist,
    Question,
    Speaker,
    Tag,
    TaggedAnswer,
    TaggedEvent,
    TaggedQuestion,
)
from panels.models.base import FormerSlug, SluggedModel, free_slug
from panels.publishing import publish_stored
from panels.transcript import Exchange, Transcript, Turn
from panels.transcript import Panelist as Listed

BATCH = 2_000  # answers


class Became(StrEnum):
    """What became of a transcript. A load plans and updates nothing: that is for who goes one by one."""

    STORED = "stored"
    KEPT = "kept"  # it was stored before, and is as it was
    REFUSED = "refused"
    PLANNED = "planned"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the transcript of that name, in a word and in a sentence."""

    name: str
    became: Became
    said: str


def load(named: Iterable[tuple[str, Transcript]], *, publish: bool = False, batch: int = BATCH) -> Iterator[Outcome]:
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
        parts.append(f"{_counted(len(transcript.unread), 'passage')} not understood")
    return ", ".join(parts)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _stored(pairs: Sequence[tuple[str, Transcript]], *, publish: bool) -> Iterator[Outcome]:
    try:
        with transaction.atomic():
            slugs = _write([transcript for _, transcript in pairs], publish=publish)
    except IntegrityError:  # somebody else wrote what this batch took for free
        slugs = [None] * len(pairs)
    for (name, transcript), slug in zip(pairs, slugs, strict=True):
        if slug is not None:
            yield Outcome(name, Became.STORED, f"{slug}: {counted(transcript)}")
        else:
            yield _with_care(name, transcript, publish=publish)


def _with_care(name: str, transcript: Transcript, *, publish: bool) -> Outcome:
    try:
        with transaction.atomic():
            planned = plan(transcript)
            if planned.stored is not None:
                return Outcome(name, Became.KEPT, planned.stored.slug)
            event = apply(planned)
            if publish:
                publish_stored([event.pk])
    except ImportRefusedError as error:
        return Outcome(name, Became.REFUSED, str(error))
    return Outcome(name, Became.STORED, f"{event.slug}: {counted(transcript)}")


def _write(transcripts: Sequence[Transcript], *, publish: bool) -> list[str | None]:
    """Write those that are plainly sound and new. Gives the slug of each, None for those that were left."""
    batch = Batch([one if is_sound(one) else None for one in transcripts])
    slugs = batch.compute()
    for model in COLUMNS:
        insert(model, batch.rows[model])
    if publish:
        publish_stored([row[0] for row in batch.rows[Event]])
    return slugs


class Batch:
    """The rows of some sessions."""

    def __init__(self, transcripts: Sequence[Transcript | None]) -> None:
        known = _AlreadyStored([one for one in transcripts if one is not None])
        self.transcripts = [one if one is not None and known.admits(one) else None for one in transcripts]
        new = [one for one in self.transcripts if one is not None]
        self.rows: dict[type[models.Model], list[Row]] = {model: [] for model in COLUMNS}
        self.ids = {model: Ids(model) for model in COLUMNS}
        self.speakers = _speakers(new, self)
        self.tags = _tags(new, self)
        self.slugs = Slugs(Event, FormerEventSlug, [_event(one).wanted_slug() for one in new])

    def compute(self) -> list[str | None]:
        return [self._event(one) if one is not None else None for one in self.transcripts]

    def add(self, model: type[models.Model], *values: Any) -> int:
        number = self.ids[model].next()
        self.rows[model].append((number, *values))
        return number

    def add_slugged(self, row: Speaker | Tag, slugs: "Slugs") -> int:
        row.slug = slugs.give(row.wanted_slug())
        row.prepare()
        return self.add(type(row), *(getattr(row, column) for column in COLUMNS[type(row)][1:]))

    def _event(self, transcript: Transcript) -> str:
        slug = self.slugs.give(_event(transcript).wanted_slug())
        said = said_once(transcript)
        said["date"] = transcript.date.isoformat() if transcript.date else None
        settled = {"slug": slug, "status": Event.Status.DRAFT.value, "published_at": None, "translation_of_id": None}
        event = self.add(Event, *((said | settled)[column] for column in COLUMNS[Event][1:]))
        self._tag(TaggedEvent, event, transcript.tags)
        self._panel(event, transcript.panelists)
        for number, exchange in enumerate(transcript.exchanges, start=1):
            self._exchange(event, number, exchange)
        for number, one in enumerate(transcript.corrections, start=1):
            self.add(Correction, event, number, one.date.isoformat(), one.anchor, one.note)
        return slug

    def _panel(self, event: int, panel: Iterable[Listed]) -> None:
        seated: set[int] = set()
        for listed in panel:
            speaker = self.speakers[listed.name]
            if speaker not in seated:
                seated.add(speaker)
                office = (listed.role.value, listed.title, listed.organisation)
                self.add(Panelist, event, speaker, len(seated), *office)

    def _exchange(self, event: int, number: int, exchange: Exchange) -> None:
        asked = exchange.question or Turn(text="")
        asker = self.speakers[asked.speaker] if asked.speaker else None
        anchor = asked.anchor or f"q{number}"
        question = self.add(Question, event, number, anchor, asked.text, asker, exchange.follow_up, asked.time)
        self._tag(TaggedQuestion, question, asked.tags)
        for place, turn in enumerate(exchange.answers, start=1):
            speaker = self.speakers[turn.speaker] if turn.speaker else None
            known = (speaker, attribution_of(turn).value, evidence_of(turn))
            answer = self.add(
                Answer, question, event, place, turn.anchor or f"{anchor}-a{place}", *known, turn.text, turn.time
            )
            self._tag(TaggedAnswer, answer, turn.tags)

    def _tag(self, model: type[models.Model], tagged: int, names: Iterable[str]) -> None:
        for tag in dict.fromkeys(self.tags[name] for name in names):
            self.add(model, tag, tagged)


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


class Slugs:
    """Slugs for new rows of a model: asked of the database once for all that are wanted."""

    def __init__(self, model: type[SluggedModel], former: type[FormerSlug], wanted: Sequence[str]) -> None:
        self.model = model
        live = model._default_manager.filter(slug__in=wanted).values_list("slug", flat=True)
        once = former._default_manager.filter(slug__in=wanted).values_list("slug", flat=True)
        self.taken = {*live, *once}

    def give(self, wanted: str) -> str:
        slug = wanted if wanted not in self.taken else free_slug(self.model, wanted, self.taken)
        self.taken.add(slug)
        return slug


def _speakers(transcripts: Sequence[Transcript], batch: Batch) -> dict[str, int]:
    """Ids by name; those who are new are computed."""
    listed = _listed(transcripts)
    found: dict[str, int] = {}
    stored = Speaker.objects.filter(Q(name__in=listed) | Q(original_name__in=listed)).order_by("slug")
    for number, *names in stored.values_list("pk", "name", "original_name"):
        for name in filter(None, names):
            found.setdefault(name, number)
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


def _tags(transcripts: Sequence[Transcript], batch: Batch) -> dict[str, int]:
    """Ids by name, whatever the case; those that are new are computed."""
    names: dict[str, None] = {}
    for one in transcripts:
        names |= dict.fromkeys(one.tags)
        for turn in turns_of(one):
            names |= dict.fromkeys(turn.tags)
    found = dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))
    new = [Tag(name=name) for name in names if name not in found]
    slugs = Slugs(Tag, FormerTagSlug, [tag.wanted_slug() for tag in new])
    made: dict[str, int] = {}
    for tag in new:
        key = tag.name.casefold()
        same = made.get(key) or Tag.objects.filter(name__iexact=tag.name).values_list("pk", flat=True).first()
        found[tag.name] = made[key] = same or batch.add_slugged(tag, slugs)
    return found
