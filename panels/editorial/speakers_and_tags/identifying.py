"""Identify the speaker behind a label, in one session or in every session of its series, and undo it.

Every step is a recorded change of the session: locked, in its history, and with a correction note where readers saw the
label. The label itself stays stored, so that an earlier version of the session can be restored as it was, and that an
identification can be undone whatever was done since.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from panels.editorial.history import event_history, row_history
from panels.editorial.importing.matching.label_candidates import fitting_speakers
from panels.editorial.importing.matching.speakers import speakers_called
from panels.editorial.saving.changes import recorded_change
from panels.editorial.saving.corrections import ChangeNote
from panels.editorial.saving.locking import hold, lock_events
from panels.formats.speakers.names import guesses
from panels.models import Answer, Event, Panelist, Question, Revision, Speaker
from panels.transcript import PanelMember

_OFFERED = 8  # candidates of a label
_LOOKED_AT = 500  # speakers of a series


class IdentifyError(ValueError):
    """The label cannot be identified this way. The message says why, for people."""


@dataclass(frozen=True, slots=True)
class SpeakerCandidate:
    """An identified speaker whom a label may mean, and the evidence; empty for a panelist whom nothing points to.

    `is_near` says that they take part in the session or its series, or have that very name.
    """

    speaker: Speaker
    evidence: str
    is_near: bool = True


@dataclass(frozen=True, slots=True)
class Identified:
    """A label of a session that was identified as a speaker, and the number of the revision before that."""

    event: Event
    before: int
    label: Speaker
    speaker: Speaker


def unidentified_labels() -> "QuerySet[Speaker]":
    """The labels in use, each with its `passages`, most passages first; without sessions in trash."""
    counted = Speaker.objects.filter(session__isnull=False).exclude(session__status=Event.Status.BINNED)
    speaks = Exists(Answer.objects.filter(speaker=OuterRef("pk")))
    asks = Exists(Question.objects.filter(asked_by=OuterRef("pk")))
    counted = counted.filter(speaks | asks).select_related("session")
    passages = Count("answers", distinct=True) + Count("questions_asked", distinct=True)
    return counted.annotate(passages=passages).order_by("-passages", "session__slug", "sort_key", "slug")


def in_series(label: Speaker) -> "QuerySet[Speaker]":
    """The same label in other sessions of its series: possibly the same person."""
    return in_series_of([label]).exclude(pk=label.pk)


def in_series_of(labels: Iterable[Speaker]) -> "QuerySet[Speaker]":
    """The labels, and the same ones in other sessions of their series; those without a series are left out."""
    same = Q(pk=None)
    for label in labels:
        if label.session is not None and label.session.programme:
            same |= Q(name=label.name, session__programme=label.session.programme)
    found = Speaker.objects.filter(same).exclude(session__status=Event.Status.BINNED)
    return found.select_related("session").order_by("session__sort_date")


def candidates(label: Speaker) -> list[SpeakerCandidate]:
    """The speakers whom a label may mean.

    First those with exactly that name, then members of the session's panel and of its series who fit the label, then
    the rest of the panel, then all other speakers who fit the label.

    Of two speakers with one name, both are candidates.
    """
    return candidates_of([label])[label.pk]


def candidates_of(labels: Sequence[Speaker]) -> dict[int, list[SpeakerCandidate]]:
    """The candidates of several labels, by key of the label, in one query for each series and three others."""
    names = {label.name for label in labels}
    namesakes, panels = defaultdict(list), defaultdict(list)
    for one in Speaker.objects.identified().filter(name__in=names).order_by("slug"):
        namesakes[one.name].append(one)
    seats = Panelist.objects.filter(event__in={label.session_id for label in labels}, speaker__session=None)
    for seat in seats.select_related("speaker").order_by("position"):
        panels[seat.event_id].append(seat.speaker)
    series = {programme: _of_series(programme) for programme in {_programme(label) for label in labels}}
    fitting = fitting_speakers(names)
    return {
        label.pk: _candidates(
            label,
            namesakes[label.name][:_OFFERED],
            panels[label.session_id or 0],
            series[_programme(label)],
            fitting.get(label.name, ()),
        )
        for label in labels
    }


def _candidates(
    label: Speaker,
    namesakes: Sequence[Speaker],
    panel: Sequence[Speaker],
    series: Sequence[Speaker],
    elsewhere: Iterable[Speaker],
) -> list[SpeakerCandidate]:
    known = list(dict.fromkeys([*namesakes, *panel, *series]))
    fitting = {guess.name: guess.evidence for guess in guesses(label.name, dict.fromkeys(one.name for one in known))}
    if namesakes:
        fitting[label.name] = _("same name")
    found = [SpeakerCandidate(one, fitting[one.name]) for one in known if one.name in fitting]
    found += [SpeakerCandidate(one, "") for one in panel if one.name not in fitting]
    return [*found[:_OFFERED], *_elsewhere(label, [one for one in elsewhere if one not in known])]


def _elsewhere(label: Speaker, others: Sequence[Speaker]) -> Iterator[SpeakerCandidate]:
    """The speakers of other sessions who fit a label."""
    for one in others[:_OFFERED]:
        evidence = next((guess.evidence for guess in guesses(label.name, [one.name])), "")
        yield SpeakerCandidate(one, evidence, is_near=False)


def _programme(label: Speaker) -> str:
    return label.session.programme if label.session else ""


def _of_series(programme: str) -> list[Speaker]:
    if not programme:
        return []
    seats = Panelist.objects.filter(speaker=OuterRef("pk"), event__programme=programme)
    answers = Answer.objects.filter(speaker=OuterRef("pk"), event__programme=programme)
    found = Speaker.objects.identified().filter(Exists(seats) | Exists(answers))
    return list(found.order_by("sort_key", "slug")[:_LOOKED_AT])


@transaction.atomic
def identify(
    labels: Sequence[Speaker], who: Speaker, *, evidence: str, by: AbstractBaseUser | None, stated: bool = False
) -> list[Identified]:
    """Attribute all passages of labels to an identified speaker, in all of their sessions or in none.

    The answers are `inferred` with the evidence, or `stated` if the source itself says who it is. `evidence` is also
    the correction note where readers saw the label.

    Raises IdentifyError.
    """
    if not evidence.strip():
        raise IdentifyError(_("Give a reason."))
    if not who.is_identified:
        raise IdentifyError(_("Choose a speaker, not a label."))
    row_history.lock(Speaker, [label.pk for label in labels])  # and their sessions before them
    if not hold(Speaker, [who.pk]):
        raise IdentifyError(_("“%(name)s” no longer exists.") % {"name": who})
    ordered = sorted(labels, key=lambda label: label.session_id or 0)
    return [_identified(label, who, evidence.strip(), by=by, stated=stated) for label in ordered]


def lock_sessions(labels: Iterable[Speaker]) -> None:
    """Lock the sessions of labels in the caller's transaction. Call this before a new speaker is inserted."""
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
    return Identified(event, before, label, who)


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
    """Undo an identification: give passages back to their labels if they still belong to the speaker.

    Everything else done to the sessions since stays, including other identifications. Raises IdentifyError if there is
    nothing to give back.
    """
    lock_events(one.event.pk for one in done)
    note = ChangeNote(_("An identification was undone."))
    changed = []
    for one in sorted(done, key=lambda one: one.event.pk):
        with recorded_change(one.event, by=by, why=_("Identification undone"), change_note=note) as change:
            if _give_back(change.event, one):
                changed.append(change.event)
    if not changed:
        raise IdentifyError(_("There is nothing to undo: the passages have another speaker now."))
    return changed


def _give_back(event: Event, done: Identified) -> bool:
    """Give a label its passages and its seat back. Returns whether there were any."""
    revision = Revision.objects.filter(event=event, number=done.before).first()
    if revision is None:
        return False
    before = event_history.transcript_at(revision)
    turns = {turn.anchor: turn for turn in before.turns if turn.anchor and turn.speaker == done.label.name}
    answers = Answer.objects.filter(event=event, speaker=done.speaker, anchor__in=turns)
    asked = Question.objects.filter(event=event, asked_by=done.speaker, anchor__in=turns)
    found = list(answers)
    for answer in found:
        turn = turns[answer.anchor]
        Answer.objects.filter(pk=answer.pk).update(
            speaker=done.label, attribution=turn.attribution.value, evidence=turn.evidence
        )
    count = asked.update(asked_by=done.label)
    if found or count:
        _seat_again(event, done, before.panelists)
    return bool(found or count)


def _seat_again(event: Event, done: Identified, panel: Sequence[PanelMember]) -> None:
    """Give a label its seat back. The speaker loses theirs if they had none before and have no passage."""
    seats = {seat.name: (position, seat) for position, seat in enumerate(panel, start=1)}
    own = Panelist.objects.filter(event=event, speaker=done.speaker).first()
    if done.label.name not in seats or Panelist.objects.filter(event=event, speaker=done.label).exists():
        return
    position, seat = seats[done.label.name]
    if done.speaker.name not in seats and own is not None and not _speaks(event, done.speaker):
        Panelist.objects.filter(pk=own.pk).update(speaker=done.label)
        return
    Panelist.objects.create(
        event=event,
        speaker=done.label,
        position=position,
        role=seat.role.value,
        title=seat.title,
        organisation=seat.organisation,
    )
    _without_office(own, seat, seats.get(done.speaker.name))


def _without_office(own: Panelist | None, label: PanelMember, before: tuple[int, PanelMember] | None) -> None:
    """Take the office that a speaker got from a label, if they had none and it was not changed since."""
    got = (label.title, label.organisation)
    had_none = before is not None and not (before[1].title or before[1].organisation)
    if own is not None and had_none and (own.title, own.organisation) == got:
        Panelist.objects.filter(pk=own.pk).update(title="", organisation="")


def _speaks(event: Event, speaker: Speaker) -> bool:
    answers = Answer.objects.filter(event=event, speaker=speaker)
    return answers.exists() or Question.objects.filter(event=event, asked_by=speaker).exists()


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
