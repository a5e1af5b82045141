"""Identify the speaker behind a label, in one session or in every session of its series, and undo it.

Every step is a recorded change of the session: locked, in its history, and with a correction note where readers saw the
label. The label itself stays stored, so that an earlier version of the session can be restored as it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from panels.editorial import row_history
from panels.editorial.corrections import ChangeNote
from panels.editorial.importing.speaker_matching import speakers_called
from panels.editorial.locking import hold, lock_events
from panels.editorial.restore import restore
from panels.editorial.saving import recorded_change
from panels.editorial.versions import number_of
from panels.formats.speakers.names import guesses
from panels.models import Answer, Event, Panelist, Question, Revision, Speaker

_OFFERED = 8  # candidates of a label
_LOOKED_AT = 500  # speakers of a series


class IdentifyError(ValueError):
    """The label cannot be identified so; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class SpeakerCandidate:
    """An identified speaker whom a label may mean, and the evidence; empty for a panelist whom nothing points to."""

    speaker: Speaker
    evidence: str


@dataclass(frozen=True, slots=True)
class Identified:
    """A session in which a label was identified: the number of the revision before it, and the version after it."""

    event: Event
    before: int
    version: int


def unidentified_labels() -> "QuerySet[Speaker]":
    """The labels that stand at some passage, each with its `passages`, the most first; none of sessions in trash."""
    counted = Speaker.objects.filter(session__isnull=False).exclude(session__status=Event.Status.BINNED)
    speaks = Exists(Answer.objects.filter(speaker=OuterRef("pk")))
    asks = Exists(Question.objects.filter(asked_by=OuterRef("pk")))
    counted = counted.filter(speaks | asks).select_related("session")
    passages = Count("answers", distinct=True) + Count("questions_asked", distinct=True)
    return counted.annotate(passages=passages).order_by("-passages", "session__slug", "sort_key", "slug")


def in_series(label: Speaker) -> "QuerySet[Speaker]":
    """The same label in other sessions of its series, which may be the same person."""
    session = label.session
    if session is None or not session.programme:
        return Speaker.objects.none()
    same = Speaker.objects.filter(name=label.name, session__programme=session.programme).exclude(pk=label.pk)
    return same.exclude(session__status=Event.Status.BINNED).select_related("session").order_by("session__sort_date")


def candidates(label: Speaker) -> list[SpeakerCandidate]:
    """Who may be meant: those with that very name, then of the session's panel and of its series those whom the label
    fits, then the rest of the panel.

    Of two speakers with one name, both are candidates.
    """
    panel = list(Speaker.objects.identified().filter(panelists__event=label.session_id).order_by("panelists__position"))
    namesakes = list(Speaker.objects.identified().filter(name=label.name).order_by("slug")[:_OFFERED])
    known = list(dict.fromkeys([*namesakes, *panel, *_of_series(label)]))
    fitting = {guess.name: guess.evidence for guess in guesses(label.name, dict.fromkeys(one.name for one in known))}
    if namesakes:
        fitting[label.name] = _("same name")
    found = [SpeakerCandidate(one, fitting[one.name]) for one in known if one.name in fitting]
    found += [SpeakerCandidate(one, "") for one in panel if one.name not in fitting]
    return found[:_OFFERED]


def _of_series(label: Speaker) -> "QuerySet[Speaker]":
    session = label.session
    if session is None or not session.programme:
        return Speaker.objects.none()
    seats = Panelist.objects.filter(speaker=OuterRef("pk"), event__programme=session.programme)
    answers = Answer.objects.filter(speaker=OuterRef("pk"), event__programme=session.programme)
    found = Speaker.objects.identified().filter(Exists(seats) | Exists(answers))
    return found.order_by("sort_key", "slug")[:_LOOKED_AT]


@transaction.atomic
def identify(
    labels: Sequence[Speaker], who: Speaker, *, evidence: str, by: AbstractBaseUser | None, stated: bool = False
) -> list[Identified]:
    """Give everything that labels said, each in its session, to an identified speaker; in all of the sessions or none.

    The answers are `inferred` with the evidence, or `stated` if the source itself says who it is. `evidence` is also
    the correction note where readers saw the label.

    Raises IdentifyError.
    """
    if not evidence.strip():
        raise IdentifyError(_("Give a reason."))
    if not who.is_identified:
        raise IdentifyError(_("Choose a speaker, not a label."))
    lock_sessions(labels)
    if not hold(Speaker, [who.pk]):
        raise IdentifyError(_("Choose a speaker or enter a name."))
    ordered = sorted(labels, key=lambda label: label.session_id or 0)
    return [_identified(label, who, evidence.strip(), by=by, stated=stated) for label in ordered]


def lock_sessions(labels: Iterable[Speaker]) -> None:
    """Lock the sessions of labels, in the caller's transaction: before a new speaker is stored, whom they are to be."""
    lock_events(label.session_id for label in labels if label.session_id)


def _identified(
    label: Speaker, who: Speaker, evidence: str, *, by: AbstractBaseUser | None, stated: bool
) -> Identified:
    if label.session is None:
        raise IdentifyError(_("“%(name)s” is already identified.") % {"name": label.name})
    why = _("“%(label)s” identified as %(name)s") % {"label": label.name, "name": who.name}
    note = ChangeNote(f"{why}: {evidence}")
    with recorded_change(label.session, by=by, why=why, change_note=note) as change:
        event = change.event
        before = Revision.objects.filter(event=event).order_by("-number").values_list("number", flat=True)[0]
        if not Speaker.objects.taking_part_in(event).filter(pk=label.pk).exists():
            raise IdentifyError(_("“%(name)s” is already identified.") % {"name": label.name})
        known = (Answer.Attribution.STATED, "") if stated else (Answer.Attribution.INFERRED, evidence)
        Answer.objects.filter(event=event, speaker=label).update(speaker=who, attribution=known[0], evidence=known[1])
        Question.objects.filter(event=event, asked_by=label).update(asked_by=who)
        _seat(event, label, who)
    return Identified(event, before, number_of(event))


def _seat(event: Event, label: Speaker, who: Speaker) -> None:
    """A speaker already on the panel stays, and gets the label's job title and organisation if they have none."""
    seat = Panelist.objects.filter(event=event, speaker=label).first()
    own = Panelist.objects.filter(event=event, speaker=who).first()
    if seat is None:
        return
    if own is None:
        Panelist.objects.filter(pk=seat.pk).update(speaker=who)
        return
    if not own.office:
        Panelist.objects.filter(pk=own.pk).update(title=seat.title, organisation=seat.organisation)
    seat.delete()


@transaction.atomic
def take_back(done: Sequence[Identified], *, by: AbstractBaseUser | None) -> list[Event]:
    """Restore sessions to what they were before a label was identified, all of them or none.

    Raises EditConflictError if one has changed since, and Revision.DoesNotExist if there is no such version.
    """
    lock_events(one.event.pk for one in done)
    note = ChangeNote(_("An identification was taken back."))
    return [
        restore(
            Revision.objects.select_related("event").get(event=one.event.pk, number=one.before),
            by=by,
            why=_("Identification undone"),
            change_note=note,
            seen=one.version,
        )
        for one in sorted(done, key=lambda one: one.event.pk)
    ]


def speaker_called(name: str, *, by: AbstractBaseUser | None) -> Speaker:
    """The identified speaker of that name, or of that name with that note; a new one if there is none.

    Raises IdentifyError if there are several.
    """
    found = speakers_called([name.strip()]).get(name.strip(), ())
    if len(found) > 1:
        known = ", ".join(f"“{one}”" for one in found)
        said = _("There are several speakers called “%(name)s”. Enter the name with the note: %(speakers)s")
        raise IdentifyError(said % {"name": name, "speakers": known})
    return found[0] if found else _new(name.strip(), by=by)


def _new(name: str, *, by: AbstractBaseUser | None) -> Speaker:
    speaker = Speaker(name=name)
    speaker.full_clean()
    speaker.save()
    row_history.record(speaker, by=by, reason=row_history.Reason.CREATED)
    return speaker
