"""One speaker who was several people, split by session: what some sessions name them for becomes another speaker's.

The sessions are changed as by an editor (locked, recorded, with a correction where readers saw the name). What was done
is kept as a `Split`, by which it is undone. Readers who follow an old URL are shown everybody that it may have meant
(`SharedSpeakerSlug`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panels.editorial import row_history
from panels.editorial.corrections import ChangeNote
from panels.editorial.references import Reference, columns_of, events_naming, put_back, references_to
from panels.editorial.saving import recorded_change
from panels.models import Event, FormerSpeakerSlug, Panelist, RowRevision, SharedSpeakerSlug, Speaker, Split
from panels.models.base import free_slug

Reason = RowRevision.Reason
_OFFICE = ("title", "organisation")


class SplitError(ValueError):
    """The speaker cannot be split so, or the split not be undone; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class SpeakerInSession:
    """What a session has of a speaker: a seat on its panel, answers, questions."""

    event: Event
    office: str
    answers: int
    questions: int


def sessions_of(speaker: Speaker) -> list[SpeakerInSession]:
    """The sessions that name a speaker, by date; also drafts, and those in the trash."""
    counts: dict[str, dict[int, int]] = {}
    for ref in _in_sessions():
        counts[ref.table] = defaultdict(int)
        for event in ref.to(speaker.pk).values_list("event", flat=True):
            counts[ref.table][event] += 1
    offices = {seat.event_id: seat.office for seat in Panelist.objects.filter(speaker=speaker)}
    return [
        SpeakerInSession(event, offices.get(event.pk, ""), counts["answer"][event.pk], counts["question"][event.pk])
        for event in events_naming(Speaker, [speaker.pk]).order_by("sort_date", "slug")
    ]


@transaction.atomic
def split(
    speaker: Speaker,
    sessions: Collection[int],
    other: Speaker,
    *,
    keeps_url: bool,
    note: str = "",
    by: AbstractBaseUser | None,
) -> Split:
    """Give what some sessions, by their keys, have of a speaker to another, who is stored or new.

    With `keeps_url` the speaker keeps their URL, whose page then leads to the other. Otherwise they get a new one, and
    the old URLs lead to a page that names both. `note` becomes the distinguishing note of the speaker, if it is given.

    Raises SplitError, and ValidationError for a new speaker who breaks a rule.
    """
    is_new = other.pk is None
    speaker, other = _ready(speaker, other, note, by=by)
    events = list(events_naming(Speaker, [speaker.pk]))
    chosen = [event for event in events if event.pk in set(sessions)]
    if not chosen or len(chosen) < len(set(sessions)):
        raise SplitError(_("Choose sessions in which this speaker takes part."))
    if len(chosen) == len(events):
        raise SplitError(_("Leave at least one session. To give all of them to another speaker, merge the two."))
    moved: dict[str, Any] = {"rows": defaultdict(list), "left_out": [], "offices": [], "is_new": is_new, "slug": ""}
    why = _("“%(name)s” split: “%(other)s”") % {"name": speaker, "other": other}
    change_note = ChangeNote(_("The speaker is %(other)s, not %(name)s.") % {"name": speaker, "other": other})
    for event in chosen:
        with recorded_change(event, by=by, why=why, change_note=change_note):
            move_in_session(event, speaker, other, moved)
    moved["shared"] = _share_urls(speaker, other, keeps_url=keeps_url)
    if not keeps_url:
        moved["slug"] = speaker.slug
        speaker.slug = free_slug(Speaker, speaker.slug_from_words())
        speaker.save()
    row_history.record(
        speaker, by=by, reason=Reason.SPLIT, note=_("“%(name)s” split off") % {"name": other}, always=True
    )
    row_history.record(
        other, by=by, reason=Reason.SPLIT, note=_("Split off “%(name)s”") % {"name": speaker}, always=True
    )
    return Split.objects.create(
        source_key=speaker.pk,
        source_name=str(speaker),
        target_key=other.pk,
        target_name=str(other),
        moved=moved,
        by_id=by.pk if by else None,
    )


@transaction.atomic
def undo(done: Split, *, by: AbstractBaseUser | None) -> Speaker:
    """Give back what is still as the split left it. A speaker made by the split goes, unless anything else names them.

    Raises SplitError.
    """
    events = [values["event_id"] for values in done.moved["left_out"]]
    locked = row_history.lock(Speaker, (done.source_key, done.target_key), events=events)
    done = Split.objects.select_for_update().get(pk=done.pk)
    speaker, other = _still_two(done, locked)
    seated = set(Panelist.objects.filter(speaker=speaker).values_list("event", flat=True))
    note = ChangeNote(_("A split of speakers was undone."))
    why = _("Split of “%(name)s” and “%(other)s” undone") % {"name": speaker, "other": other}
    for event in events_to_return(done, [other]):
        with recorded_change(event, by=by, why=why, change_note=note):
            take_back(event, speaker, other, done.moved, is_seated=event.pk in seated)
    SharedSpeakerSlug.objects.filter(pk__in=done.moved["shared"]).delete()
    if slug := done.moved["slug"]:
        _restore_slug(speaker, slug)
    row_history.record(speaker, by=by, reason=Reason.UNSPLIT, always=True)
    if done.moved["is_new"] and not events_naming(Speaker, [other.pk]).exists():
        _remove(other, speaker, by=by)
    else:
        row_history.record(other, by=by, reason=Reason.UNSPLIT, always=True)
    done.undone_at = timezone.now()
    done.save(update_fields=["undone_at"])
    return speaker


def _in_sessions() -> Iterator[Reference]:
    """The references to speakers that are part of a session."""
    return (ref for ref in references_to(Speaker) if any(field.name == "event" for field in ref.model._meta.fields))


def _ready(speaker: Speaker, other: Speaker, note: str, *, by: AbstractBaseUser | None) -> tuple[Speaker, Speaker]:
    """Both as they are now, locked; the other stored, and the note that is given."""
    if not speaker.is_identified or not other.is_identified:
        raise SplitError(_("Choose a speaker, not a label."))
    if other.pk == speaker.pk:
        raise SplitError(_("Choose another speaker."))
    rows = {row.pk: row for row in row_history.lock(Speaker, [pk for pk in (speaker.pk, other.pk) if pk])}
    if speaker.pk not in rows or (other.pk and other.pk not in rows):
        raise SplitError(_("One of the two is no longer there."))
    for row in rows.values():
        row_history.ensure_recorded(row)
    speaker = rows[speaker.pk]
    if note and note != speaker.note:
        speaker.note = note
        speaker.full_clean()
        speaker.save()
    if other.pk:
        return speaker, rows[other.pk]
    other.full_clean()
    other.save()
    row_history.record(other, by=by, reason=Reason.CREATED)
    return speaker, other


def move_in_session(event: Event, speaker: Speaker, other: Speaker, moved: dict[str, Any]) -> None:
    """Give what a session has of a speaker to another; `moved` learns what `take_back` needs.

    Of two seats on one panel, the other speaker's stays, and gets the office of the one that goes if it has none.
    """
    seat = Panelist.objects.filter(event=event, speaker=speaker).first()
    own = Panelist.objects.filter(event=event, speaker=other).first()
    if seat and own:
        for name in _OFFICE if not own.office else ():
            if value := getattr(seat, name):
                Panelist.objects.filter(pk=own.pk).update(**{name: value})
                moved["offices"].append([own.pk, name, value])
        moved["left_out"].append(columns_of(seat))
        seat.delete()
    for ref in _in_sessions():
        rows = ref.to(speaker.pk).filter(event=event)
        moved["rows"][ref.table] += rows.values_list("pk", flat=True)
        rows.update(**{ref.field: other.pk})


def _share_urls(speaker: Speaker, other: Speaker, *, keeps_url: bool) -> list[int]:
    """Record at which slugs sessions of the other were shown: the present one, and those that lead nowhere else."""
    former = FormerSpeakerSlug.objects.filter(target=speaker).values_list("slug", flat=True)
    if keeps_url:  # a former slug goes on redirecting to it, unless it leads to several already
        former = former.filter(slug__in=SharedSpeakerSlug.objects.values("slug"))
    slugs = (speaker.slug, *former)
    return [SharedSpeakerSlug.objects.create(slug=slug, target=other).pk for slug in slugs]


def _still_two(done: Split, locked: Iterable[Speaker]) -> tuple[Speaker, Speaker]:
    """Both, if nothing hinders that they are one again."""
    if done.undone_at is not None:
        raise SplitError(_("This split has already been undone."))
    rows = {row.pk: row for row in locked}
    if len(rows) < 2:  # noqa: PLR2004
        raise SplitError(_("One of the two no longer exists. If it was merged or turned into labels, undo that first."))
    for row in rows.values():
        row_history.ensure_recorded(row)
    return rows[done.source_key], rows[done.target_key]


def events_to_return(done: Split, others: Collection[Speaker]) -> list[Event]:
    """The events of which something can be given back, in the order in which events are locked."""
    moved: set[int] = {values["event_id"] for values in done.moved["left_out"]}
    for ref in _in_sessions():
        rows = ref.model.objects.filter(**{f"{ref.field}__in": others}, pk__in=done.moved["rows"].get(ref.table, ()))
        moved.update(rows.values_list("event", flat=True))
    return list(Event.objects.filter(pk__in=moved).order_by("pk"))


def take_back(event: Event, speaker: Speaker, other: Speaker, moved: dict[str, Any], *, is_seated: bool) -> None:
    """Give a speaker back what `move_in_session` gave to another, as far as it is still the other's."""
    for ref in _in_sessions():
        rows = ref.to(other.pk).filter(event=event, pk__in=moved["rows"].get(ref.table, ()))
        if ref.once and is_seated:  # the speaker is on the panel again
            rows.delete()
        else:
            rows.update(**{ref.field: speaker.pk})
        for values in moved["left_out"] if ref.once else ():
            if values["event_id"] == event.pk:
                put_back(ref, values)
    for key, name, value in moved["offices"]:
        Panelist.objects.filter(pk=key, event=event, **{name: value}).update(**{name: ""})


def _restore_slug(speaker: Speaker, slug: str) -> None:
    """The slug from before the split, if it still leads to the speaker."""
    if FormerSpeakerSlug.objects.filter(slug=slug, target=speaker).exists():
        speaker.slug = slug
        speaker.save()


def _remove(other: Speaker, speaker: Speaker, *, by: AbstractBaseUser | None) -> None:
    """Delete the other speaker; every URL of theirs leads to the speaker."""
    slugs: Iterable[str] = [other.slug, *other.former_slugs.values_list("slug", flat=True)]
    SharedSpeakerSlug.objects.filter(target=other).update(target=speaker)
    row_history.delete(other, by=by)
    FormerSpeakerSlug.objects.bulk_create(FormerSpeakerSlug(slug=slug, target=speaker) for slug in slugs)
