"""What an import would do, and doing it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction

from panels.exporting import fixture_of, transcript_of
from panels.importing.comparing import Comparison, compare
from panels.importing.matching import with_anchors
from panels.importing.merging import Conflict, conflicts, merged
from panels.importing.people import Person, people_of, turns_of, with_stored_names
from panels.importing.storing import ImportRefusedError, OutdatedError, create, update
from panels.models import Edition, Event, Speaker
from panels.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Choices:
    """What was decided about an import.

    `settled` says of names which stored speakers they are. `taken` are the anchors at which the new text's speaker
    counts although the desk has another; `drop_missing` deletes what the new text has no longer; `anew` stores a
    new event whatever is there.
    """

    settled: Mapping[str, Speaker] = field(default_factory=dict)
    taken: Collection[str] = ()
    drop_missing: bool = False
    anew: bool = False


UNDECIDED = Choices()


@dataclass(frozen=True, slots=True)
class Gap:
    """An answer that nobody is named for."""

    question: int
    answer: int
    line: int | None
    candidates: tuple[str, ...]
    label: str = ""  # of the voice, where the source has one


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would store: `transcript`, as a new event or in the place of what `stored` has now.

    For a stored event, `edition` is the one that was looked at, and `comparison` what would become of it.
    """

    transcript: Transcript
    people: tuple[Person, ...]
    gaps: tuple[Gap, ...]
    stored: Event | None = None
    edition: int | None = None
    comparison: Comparison | None = None
    conflicts: tuple[Conflict, ...] = ()

    @property
    def new_people(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.known is None)

    @property
    def question_count(self) -> int:
        return len(self.transcript.exchanges)

    @property
    def answer_count(self) -> int:
        return sum(len(exchange.answers) for exchange in self.transcript.exchanges)

    @property
    def changes_nothing(self) -> bool:
        return self.comparison is not None and not self.comparison


def plan(
    transcript: Transcript,
    choices: Choices = UNDECIDED,
    *,
    onto: Event | None = None,
    whole: bool = False,
    now: Transcript | None = None,
) -> Plan:
    """What storing the transcript would do. Writes nothing.

    `onto` is the stored event whose text this is; left out, it is looked for by slug, by the source's address, by
    title and day. `whole` says that the transcript is a record of everything, as a session document is: then the
    event becomes exactly that. Any other text is merged: what it does not say stays. `now` is what `transcript_of`
    says of `onto`, of who has read that already.

    Raises ImportRefusedError for a transcript without a word.
    """
    if choices.anew:
        transcript = replace(transcript, slug="")
    stored = None if choices.anew else _stored(transcript) if onto is None else Event.objects.get(pk=onto.pk)
    if not any(turn.text.strip() for turn in turns_of(transcript)):
        raise ImportRefusedError("nobody says a word in this transcript")
    people = people_of(transcript, stored, choices.settled)
    transcript = with_stored_names(transcript, people)
    if stored is None:
        return Plan(transcript, people, tuple(_gaps(transcript)))
    old = now or transcript_of(stored)
    # Only a record of everything says of itself what comes back; in any other text words tell more than old anchors.
    retired = stored.retired_anchors.values_list("anchor", flat=True) if whole else ()
    new = with_anchors(transcript, old, retired=retired)
    target = new if whole else merged(old, new, taken=choices.taken, drop_missing=choices.drop_missing)
    differing = () if whole else tuple(conflicts(old, new))
    return Plan(target, people, tuple(_gaps(target)), stored, old.edition, compare(old, target), differing)


@transaction.atomic
def apply(plan: Plan) -> Event:
    """Store the transcript: as a draft, or in the place of what is stored.

    Raises ImportRefusedError if it breaks a rule, and OutdatedError if the event has changed since it was planned.
    """
    if not plan.transcript.title.strip():
        raise ImportRefusedError("the transcript has no title; give it one")
    if plan.stored is None:
        return create(plan.transcript, plan.people)
    event = Event.objects.select_for_update().get(pk=plan.stored.pk)
    if _edition(event) != plan.edition:
        raise OutdatedError("it was changed meanwhile; look at the changes again")
    if not plan.changes_nothing:
        update(event, plan.transcript, plan.people, plan.comparison.same if plan.comparison else ())
    return event


def fixture_from(transcript: Transcript) -> str:
    """The fixture of the event that the transcript would become, as `exporting.fixture_of` writes it. Stores nothing.

    Slugs and speakers are found in the database as if it were stored. Raises ImportRefusedError as `apply` does.
    """
    with transaction.atomic():
        written = fixture_of(apply(plan(transcript, Choices(anew=True))))
        transaction.set_rollback(True)
    return written


def _edition(event: Event) -> int:
    return Edition.objects.values_list("number", flat=True).get(event=event.pk)


def _stored(transcript: Transcript) -> Event | None:
    if transcript.slug:
        return Event.objects.kept().filter(slug=transcript.slug).first()
    if transcript.source_url:
        found = Event.objects.kept().filter(source_url=transcript.source_url).order_by("pk")[:2]
        if len(found) == 1:
            return found[0]
    return Event.objects.kept().filter(title=transcript.title, date=transcript.date).first()


def _gaps(transcript: Transcript) -> Iterator[Gap]:
    for number, exchange in enumerate(transcript.exchanges, start=1):
        for place, turn in enumerate(exchange.answers, start=1):
            if turn.speaker is None:
                names = tuple(candidate.name for candidate in turn.candidates)
                yield Gap(number, place, turn.line, names, turn.label or "")
