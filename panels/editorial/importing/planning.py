"""Plan an import, and carry out the plan."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from panels.editorial.importing.checking import faults
from panels.editorial.importing.comparison import Comparison, compare
from panels.editorial.importing.errors import DoubtError, ImportRefusedError, OutdatedError
from panels.editorial.importing.language_guess import guess_language
from panels.editorial.importing.matching.passages import with_anchors
from panels.editorial.importing.matching.sessions import SessionMatch, as_translation, find_original, match_session
from panels.editorial.importing.matching.speakers import (
    Cast,
    Person,
    cast_of,
    namesakes,
    people_of,
    with_doubts,
    with_stored_names,
)
from panels.editorial.importing.overlay import SpeakerMismatch, merged, speaker_mismatches
from panels.editorial.importing.writing.preparing import Prepared, prepare_change, prepare_new
from panels.editorial.importing.writing.storing import change, check, insert_new, is_still_true, who_changed
from panels.editorial.saving.locking import hold, lock_events
from panels.models import Event, Speaker, Tag, Version
from panels.reading.export import fixture_of, transcript_of
from panels.transcript import Transcript, Translation
from panels.transcript.languages import languages_agree

_FAULTS = 5  # that are told at once


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Decisions about an import.

    `settled` maps names to the stored speakers that they mean, None for a new speaker. `taken` are the anchors where
    the speaker of the new text replaces the stored one; `drop_missing` deletes passages that are missing in the new
    text; `force_new` always stores a new event; `translation` says how a new event was translated from the proposed
    original. With `trusting`, new names are not questioned, because an editor wrote them. With `unattended`, a name
    shared by several speakers stays a label of its session.
    """

    settled: Mapping[str, Speaker | None] = field(default_factory=dict)
    taken: Collection[str] = ()
    drop_missing: bool = False
    force_new: bool = False
    translation: Translation = Translation.NONE
    trusting: bool = False
    unattended: bool = False


UNDECIDED = ImportOptions()


@dataclass(frozen=True, slots=True)
class UnattributedTurn:
    """An answer without a speaker."""

    question: int
    answer: int
    line: int | None
    candidates: tuple[str, ...]
    label: str = ""  # of the voice, where the source has one


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would store: `transcript`, as a new event or in place of the `stored` one.

    `people` are the people in the text, and `cast` all speakers of the result. For a stored event, `old` is its current
    state, `version` the number of that state, `comparison` the changes, and `match` why the text was matched with it.
    For a new event, `original` is the stored event that it may be a translation of; the two are linked if the
    transcript is marked as a translation. `language_guess` is the guessed language of a new event whose text does not
    give one.
    """

    transcript: Transcript
    people: tuple[Person, ...]
    cast: Cast
    unattributed: tuple[UnattributedTurn, ...]
    stored: Event | None = None
    old: Transcript | None = None
    version: int | None = None
    comparison: Comparison | None = None
    speaker_mismatches: tuple[SpeakerMismatch, ...] = ()
    match: SessionMatch | None = None
    original: Event | None = None
    language_guess: str = ""

    @property
    def translation_of(self) -> Event | None:
        """The stored original that a new event will be linked to as its translation, if the languages agree."""
        is_translation = self.transcript.translation is not Translation.NONE
        return self.original if self.original and is_translation and self._is_from(self.original) else None

    def _is_from(self, original: Event) -> bool:
        return not original.translation and languages_agree(self.transcript.translated_from, original.language)

    @property
    def events(self) -> list[int]:
        """The keys of the stored events that the plan changes or refers to."""
        return [event.pk for event in (self.stored, self.translation_of) if event is not None]

    @property
    def new_people(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.known is None)

    @property
    def new_speakers(self) -> tuple[Person, ...]:
        """The new people who are stored as speakers."""
        return tuple(person for person in self.new_people if not person.is_label)

    @property
    def new_labels(self) -> tuple[Person, ...]:
        """New people who are stored as labels of the session, because they are not identified."""
        return tuple(person for person in self.new_people if person.is_label)

    @property
    def left_unidentified(self) -> tuple[str, ...]:
        """Names shared by several speakers, stored as labels of the session."""
        return tuple(person.name for person in self.new_labels if person.is_shared)

    @property
    def doubts(self) -> tuple[Person, ...]:
        """The people whom an editor must identify before anything is stored."""
        return tuple(person for person in self.people if person.in_doubt)

    @property
    def question_count(self) -> int:
        return sum(exchange.question is not None for exchange in self.transcript.exchanges)

    @property
    def answer_count(self) -> int:
        return sum(len(exchange.answers) for exchange in self.transcript.exchanges)

    @property
    def changes_nothing(self) -> bool:
        return self.comparison is not None and not self.comparison


def plan(
    transcript: Transcript,
    choices: ImportOptions = UNDECIDED,
    *,
    onto: Event | None = None,
    whole: bool = False,
    now: Transcript | None = None,
) -> Plan:
    """Plan the import of a transcript. Writes nothing.

    `onto` is the stored event that the text belongs to; by default it is looked for (`matching.sessions`). With
    `whole`, the transcript is a complete record, like a session document, and replaces the event. Any other text is
    merged: fields that it does not have are kept. `now` is the result of `transcript_of(onto)`, if the caller has it.

    Raises ImportRefusedError for a transcript without words, and for one that breaks a rule.
    """
    if choices.force_new:
        transcript = replace(transcript, slug="")
    if not any(turn.text.strip() for turn in transcript.turns):
        raise ImportRefusedError(_("this transcript contains no text"))
    guess = "" if transcript.language or onto is not None else guess_language(transcript)
    match = None if onto is not None or choices.force_new else match_session(transcript, guess)
    stored = None if choices.force_new else match.event if match else onto and Event.objects.get(pk=onto.pk)
    if stored is None:
        return _plan_new(transcript, choices, guess)
    old = now or transcript_of(stored)
    _check(transcript, old)
    people = _people_of(transcript, stored, choices)
    named = with_stored_names(transcript, people)
    # Only a record of everything says of itself what comes back; in any other text words tell more than old anchors.
    retired = stored.retired_anchors.values_list("anchor", flat=True) if whole else ()
    new = with_anchors(named, old, retired=retired)
    target = new if whole else merged(old, new, taken=choices.taken, drop_missing=choices.drop_missing)
    if not choices.trusting:
        people = with_doubts(people, stored, old, new)
        people = namesakes(people, stored, old, target)
    return Plan(
        target,
        people,
        cast_of(target, people, stored),
        tuple(_unattributed(target)),
        stored,
        old,
        old.version,
        compare(old, target),
        () if whole else tuple(speaker_mismatches(old, new)),
        match,
    )


def _plan_new(transcript: Transcript, choices: ImportOptions, guess: str) -> Plan:
    """Plan a new event; `guess` is the language of a transcript that does not give one."""
    if guess:
        transcript = replace(transcript, language=guess)
    original = find_original(transcript)
    if original is not None:
        transcript = as_translation(transcript, original, choices.translation)
    _check(transcript, None)
    people = _people_of(transcript, None, choices)
    named = with_stored_names(transcript, people)
    cast = cast_of(named, people, None)
    return Plan(named, people, cast, tuple(_unattributed(named)), original=original, language_guess=guess)


def _people_of(transcript: Transcript, stored: Event | None, choices: ImportOptions) -> tuple[Person, ...]:
    return people_of(transcript, stored, choices.settled, offer=not choices.trusting, unattended=choices.unattended)


def prepare(plan: Plan) -> Prepared | None:
    """Compute all rows that a plan writes; None if nothing changes. Call this before the transaction if possible.

    Raises ImportRefusedError and OutdatedError as `apply` does.
    """
    _check_decided(plan)
    if plan.stored is None or plan.old is None:
        prepared = prepare_new(plan.transcript, plan.cast, plan.original, link=plan.translation_of is not None)
        check(Event(slug=prepared.transcript.slug, title=prepared.transcript.title))
        return prepared
    if plan.changes_nothing:
        return None
    return prepare_change(plan.stored, plan.old, plan.transcript, plan.cast)


@transaction.atomic
def apply(plan: Plan, prepared: Prepared | None = None) -> Event:
    """Store a plan: as a new draft, or in place of the stored event. Runs in the caller's transaction.

    `prepared` is the result of `prepare`; without it, the rows are computed under the lock. Raises ImportRefusedError
    if the transcript breaks a rule, and OutdatedError if the event has changed since the plan was made.
    """
    return write(plan, prepared)[0]


@transaction.atomic
def write(plan: Plan, prepared: Prepared | None = None) -> tuple[Event, Prepared | None]:
    """Store a plan as `apply` does, and also return what was written.

    It differs from `prepared` if somebody else took a slug in the meantime.
    """
    event = locked(plan)
    prepared = prepared or prepare(plan)
    if prepared is None:
        assert event is not None  # noqa: S101 — a new event is always something to prepare
        return event, None
    _hold_named(prepared)
    if somebody := who_changed(prepared):
        raise OutdatedError(_("“%(name)s” has changed since; review the changes again") % {"name": somebody})
    if not is_still_true(prepared):
        prepared = prepare(plan) or prepared
        _hold_named(prepared)
    try:
        with transaction.atomic():
            if event is None:
                insert_new(prepared)
            else:
                change(event, prepared)
    except IntegrityError as error:  # only on PostgreSQL, where others write at the same time
        raise OutdatedError(_("related data has changed since; save again")) from error
    return event or Event.objects.get(pk=prepared.event), prepared


def locked(plan: Plan) -> Event | None:
    """The stored event of the plan, locked until the transaction ends; None for a new one.

    Raises OutdatedError if it has changed since it was planned.
    """
    stored = lock_events(plan.events)
    if plan.stored is None:
        return None
    event = Event.objects.filter(pk__in=stored).first()
    if event is None or _version(event) != plan.version:
        raise OutdatedError(_("it has changed since; review the changes again"))
    return event


def _hold_named(prepared: Prepared) -> None:
    """Lock the rows that new rows refer to. Raises OutdatedError if a tag is gone; for speakers see `who_changed`."""
    hold(Speaker, prepared.cast.known)
    tags = prepared.batch.stored_tags
    if hold(Tag, tags) != tags:
        raise OutdatedError(_("related data has changed since; save again"))


def _check(transcript: Transcript, old: Transcript | None) -> None:
    found = []
    for fault in faults(transcript, but=old):
        found.append(fault)
        if len(found) == _FAULTS:
            break
    if found:
        raise ImportRefusedError("; ".join(found))


def _check_decided(plan: Plan) -> None:
    """Raise ImportRefusedError if an editor must decide something first."""
    if not plan.transcript.title.strip():
        raise ImportRefusedError(_("the transcript has no title; add one"))
    for name, one, other in plan.cast.confused:
        raise ImportRefusedError(
            _("two speakers would be called “%(name)s” here: %(one)s and %(other)s; rename or merge one of them first")
            % {"name": name, "one": one.slug, "other": other.slug}
        )
    for person in plan.doubts:
        similar = ", ".join(f"{one} ({one.slug})" for one in person.similar[:_FAULTS])
        raise DoubtError(
            _("choose who “%(name)s” is: a new speaker or an existing one: %(similar)s")
            % {"name": person.name, "similar": similar}
        )


def fixture_from(transcript: Transcript) -> str:
    """The fixture of the event that a transcript would become, as `reading.export.fixture_of` writes it. Stores
    nothing.

    Slugs and speakers are looked up in the database as for storing. Raises ImportRefusedError as `apply` does.
    """
    with transaction.atomic():
        written = fixture_of(apply(plan(transcript, ImportOptions(force_new=True, unattended=True))))
        transaction.set_rollback(True)
    return written


def _version(event: Event) -> int:
    return Version.objects.values_list("number", flat=True).get(event=event.pk)


def _unattributed(transcript: Transcript) -> Iterator[UnattributedTurn]:
    for number, exchange in enumerate(transcript.exchanges, start=1):
        for place, turn in enumerate(exchange.answers, start=1):
            if turn.speaker is None:
                names = tuple(candidate.name for candidate in turn.candidates)
                yield UnattributedTurn(number, place, turn.line, names, turn.label or "")
