"""Store many transcripts in one stream, with the same result as `plan` and `apply`, but dozens of times faster.

Sessions are collected in batches of bounded size. Each batch is looked up, computed and written in one transaction, so
that memory does not grow with the load, and an interrupted load leaves only whole sessions. A session with any doubt is
stored or refused one by one, with the same messages.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from panels.editorial.importing.checking import needs_no_validation
from panels.editorial.importing.errors import ImportRefusedError
from panels.editorial.importing.language_guess import guess_language
from panels.editorial.importing.matching.sessions import Likeness, SessionMatch
from panels.editorial.importing.matching.speakers import speakers_called
from panels.editorial.importing.planning import ImportOptions, Plan, apply, plan
from panels.editorial.importing.writing.batches import Batch, Slugs, tag_names, tags_named
from panels.editorial.importing.writing.bulk_insert import Row
from panels.editorial.publishing import publish_stored
from panels.editorial.saving.locking import hold
from panels.formats.speakers.family_names import with_family_name
from panels.formats.speakers.identity import identifies
from panels.models import Event, FormerEventSlug, FormerSpeakerSlug, Speaker, Tag
from panels.transcript import PanelMember as Listed
from panels.transcript import Transcript

BATCH = 2_000  # answers


class LoadStatus(StrEnum):
    """What happened to a transcript. A bulk load only adds; updating stored sessions is done one by one."""

    STORED = "stored"
    KEPT = "kept"  # it was stored before, and is as it was
    PASSED_OVER = "passed over"  # it is taken for a stored session that has other words
    REFUSED = "refused"
    PLANNED = "planned"
    UPDATED = "updated"


MISSING = (LoadStatus.REFUSED, LoadStatus.PASSED_OVER)
"""What becomes of transcripts whose words are not stored afterwards."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What happened to a transcript, as a status and a sentence; `slug` is that of its event, if it has one.

    `reason` says why it was matched with a stored session. `language_guess` is the language it was stored with, if the
    source does not give one. `left_unidentified` are names shared by several stored speakers: they stay labels of the
    session until an editor identifies them.
    """

    name: str
    became: LoadStatus
    message: str
    slug: str = ""
    reason: str = ""
    language_guess: str = ""
    left_unidentified: tuple[str, ...] = ()


def load(named: Iterable[tuple[str, Transcript]], *, publish: bool = False, batch: int = BATCH) -> Iterator[LoadResult]:
    """Store transcripts as new events: drafts, unless `publish`. Transcripts that are already stored are skipped.

    Takes pairs of a name and a transcript; the name identifies the transcript in the results. Yields the results in the
    same order.
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
    """A summary of a transcript's size and of what needs checking, for operators."""
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
    """In their order: what goes the careful way is compared with everything before it."""
    known = _AlreadyStored([transcript for _, transcript in pairs])
    gathered: list[_Sound] = []
    for name, transcript in pairs:
        if needs_no_validation(transcript) and known.admits(transcript):
            gathered.append(_Sound(name, transcript, "" if transcript.language else guess_language(transcript)))
            continue
        yield from _at_once(gathered, publish=publish)
        gathered = []
        yield _with_care(name, transcript, publish=publish)
    yield from _at_once(gathered, publish=publish)


@dataclass(frozen=True, slots=True)
class _Sound:
    """A transcript that is plainly sound and new, and the guess at a language that it does not say."""

    name: str
    transcript: Transcript
    language_guess: str

    @property
    def final(self) -> Transcript:
        return replace(self.transcript, language=self.language_guess) if self.language_guess else self.transcript


def _at_once(given: Sequence[_Sound], *, publish: bool) -> Iterator[LoadResult]:
    if not given:
        return
    try:
        with transaction.atomic():
            written = _write([one.final for one in given], publish=publish)
    except IntegrityError:  # somebody else wrote what this batch took for free
        for one in given:
            yield _with_care(one.name, one.transcript, publish=publish)
        return
    for one, (slug, left) in zip(given, written, strict=True):
        yield _new_result(one.name, one.transcript, slug, language_guess=one.language_guess, left_unidentified=left)


def _new_result(
    name: str,
    transcript: Transcript,
    slug: str,
    relation: str = "",
    *,
    language_guess: str = "",
    left_unidentified: tuple[str, ...] = (),
) -> LoadResult:
    guess = f", language guessed: {language_guess}" if language_guess else ""
    message = f"{slug}: {counted(transcript)}{guess}{unidentified(left_unidentified)}{relation}"
    return LoadResult(
        name, LoadStatus.STORED, message, slug, language_guess=language_guess, left_unidentified=left_unidentified
    )


def unidentified(names: Sequence[str]) -> str:
    """The names left unidentified because several speakers have them, for operators."""
    return f", left unidentified because several speakers have the name: {', '.join(names)}" if names else ""


def _with_care(name: str, transcript: Transcript, *, publish: bool) -> LoadResult:
    try:
        with transaction.atomic():
            planned = plan(transcript, ImportOptions(unattended=True))
            if planned.match is not None:
                return passed_over(name, planned.match)
            event = apply(planned)
            if publish:
                publish_stored([event.pk])
    except ImportRefusedError as error:
        return LoadResult(name, LoadStatus.REFUSED, str(error))
    return _new_result(
        name,
        transcript,
        event.slug,
        relation(planned),
        language_guess=planned.language_guess,
        left_unidentified=planned.left_unidentified,
    )


def passed_over(name: str, match: SessionMatch) -> LoadResult:
    """The result for a transcript that matches a stored session, whether or not it has the same words."""
    taken_for = f"{match.event.slug}: {match.reason}"
    if match.likeness is Likeness.UNLIKE:
        return LoadResult(name, LoadStatus.PASSED_OVER, f"{taken_for}, but other words", match.event.slug, match.reason)
    differs = "" if match.likeness is Likeness.SAME else "; its text differs (see --update)"
    return LoadResult(name, LoadStatus.KEPT, f"{taken_for}{differs}", match.event.slug, f"{match.reason}{differs}")


def relation(planned: Plan) -> str:
    """A note on a stored session in another language, for operators."""
    if planned.original is None:
        return ""
    if planned.translation_of is not None:
        return f", linked as a translation of {planned.original.slug}"
    return f", perhaps the same session as {planned.original.slug} in another language"


def _write(transcripts: Sequence[Transcript], *, publish: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Write transcripts that are certainly valid and new. Returns the slug and the shared names of each."""
    made = _Load(transcripts)
    slugs = made.compute()
    hold(Speaker, made.known)
    hold(Tag, made.batch.stored_tags)
    made.batch.insert()
    if publish:
        publish_stored([row[0] for row in made.batch.rows[Event]])
    left = (tuple(name for name in labels if name in made.shared) for labels in made.labels)
    return list(zip(slugs, left, strict=True))


class _Load:
    """The rows of some sessions, each of them new."""

    def __init__(self, transcripts: Sequence[Transcript]) -> None:
        self.transcripts = transcripts
        self.batch = Batch()
        self.tags = self.batch.add_tags(tags_named(name for one in transcripts for name in tag_names(one)))
        slugs = Slugs(Event, FormerEventSlug, [_event(one).wanted_slug() for one in transcripts])
        self.events = [_event(one, self.batch.reserve(Event)) for one in transcripts]
        for event in self.events:
            event.slug = slugs.give(event.wanted_slug())
        listed = {name: one for name, one in _listed(transcripts).items() if identifies(name)}
        called = speakers_called(listed)
        self.shared = {name for name, some in called.items() if len(some) > 1}
        known = {name: some[0].pk for name, some in called.items() if len(some) == 1}
        self.known = set(known.values())
        new = [one for name, one in listed.items() if name not in called]
        self.speakers = _speakers(new, known, self.batch)
        self.labels = _labels(transcripts, self.events, self.shared, self.batch)

    def compute(self) -> list[str]:
        rows = zip(self.transcripts, self.events, self.labels, strict=True)
        return [self._event(one, event, labels) for one, event, labels in rows]

    def _event(self, transcript: Transcript, event: Event, labels: Mapping[str, int]) -> str:
        self.batch.add_event(event.pk, transcript, event.slug, {**self.speakers, **labels}, self.tags)
        return event.slug


def rows_of(transcripts: Sequence[Transcript]) -> dict[type[models.Model], list[Row]]:
    """All rows that loading the transcripts would write, all new. Writes nothing."""
    made = _Load(transcripts)
    made.compute()
    return made.batch.rows


def _event(transcript: Transcript, key: int | None = None) -> Event:
    return Event(pk=key, slug=transcript.slug, title=transcript.title)


class _AlreadyStored:
    """Which transcripts may be stored already, or in another language: by slug, by source, by title and day."""

    def __init__(self, transcripts: Sequence[Transcript]) -> None:
        transcripts = [one for one in transcripts if needs_no_validation(one)]
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


def _labels(
    transcripts: Sequence[Transcript], events: Sequence[Event], shared: Collection[str], batch: Batch
) -> list[dict[str, int]]:
    """For each transcript, the ids of the names in it that identify nobody, or are of several speakers: new labels,
    each of its own event."""
    new = [
        {
            name: _speaker(one, event)
            for name, one in _listed([transcript]).items()
            if name in shared or not identifies(name)
        }
        for transcript, event in zip(transcripts, events, strict=True)
    ]
    slugs = Slugs(Speaker, FormerSpeakerSlug, [label.wanted_slug() for labels in new for label in labels.values()])
    return [{name: batch.add_slugged(label, slugs) for name, label in labels.items()} for labels in new]


def _speaker(listed: Listed, session: Event | None = None) -> Speaker:
    """Somebody new; with a session a label of it, which has no family name but that of the source."""
    known = listed if session else with_family_name(listed)
    return Speaker(name=known.name, family_name=known.family_name, original_name=known.original_name, session=session)


def _speakers(listed: Iterable[Listed], known: Mapping[str, int], batch: Batch) -> dict[str, int]:
    """Ids by name of people whom their names identify: known speakers, and new ones, whose ids are reserved."""
    found = dict(known)
    new = [_speaker(one) for one in listed]
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
        for turn in one.turns:
            if turn.speaker and turn.speaker not in listed:
                listed[turn.speaker] = Listed(name=turn.speaker)
    return listed
