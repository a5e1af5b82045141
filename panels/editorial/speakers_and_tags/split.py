"""Split a speaker who was several people: some sessions' passages are given to another speaker.

Each session is locked and its change recorded, as when an editor saves it, with a correction where readers saw the
name. A `Split` records what was done, so that it can be undone. An old URL lists everybody whom it may have meant
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

from panels.editorial.history import row_history
from panels.editorial.saving.changes import recorded_change
from panels.editorial.saving.corrections import ChangeNote
from panels.editorial.saving.references import Reference, columns_of, events_naming, put_back, references_to
from panels.models import Event, FormerSpeakerSlug, Panelist, RowRevision, SharedSpeakerSlug, Speaker, Split
from panels.models.base import free_slug

Reason = RowRevision.Reason
_OFFICE = ("title", "organisation")


class SplitError(ValueError):
    """The speaker cannot be split this way, or the split cannot be undone. The message says why, for people."""


@dataclass(frozen=True, slots=True)
class SpeakerInSession:
    """A speaker's part in a session: a seat on its panel, answers, questions."""

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
    """Give a speaker's part in some sessions, by key, to another speaker, who may be new.

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
    """Undo a split where nothing changed since. A speaker made by the split is deleted unless named elsewhere.

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
    """Both speakers as stored now, locked, with the other inserted and the note set."""
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
    """Give a speaker's part in a session to another, and add to `moved` what `take_back` needs.

    If both are on the panel, the other speaker's seat stays, and takes over the office if it has none.
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
    """Record the slugs at which the other's sessions were shown: the current one, and those that lead nowhere else."""
    former = FormerSpeakerSlug.objects.filter(target=speaker).values_list("slug", flat=True)
    if keeps_url:  # a former slug goes on redirecting to it, unless it leads to several already
        former = former.filter(slug__in=SharedSpeakerSlug.objects.values("slug"))
    slugs = (speaker.slug, *former)
    return [SharedSpeakerSlug.objects.create(slug=slug, target=other).pk for slug in slugs]


def _still_two(done: Split, locked: Iterable[Speaker]) -> tuple[Speaker, Speaker]:
    """Both speakers, if the split can be undone. Raises SplitError."""
    if done.undone_at is not None:
        raise SplitError(_("This split has already been undone."))
    rows = {row.pk: row for row in locked}
    if len(rows) < 2:  # noqa: PLR2004
        raise SplitError(_("One of the two no longer exists. If it was merged or turned into labels, undo that first."))
    for row in rows.values():
        row_history.ensure_recorded(row)
    return rows[done.source_key], rows[done.target_key]


def events_to_return(done: Split, others: Collection[Speaker]) -> list[Event]:
    """The events in which something can be given back, in locking order."""
    moved: set[int] = {values["event_id"] for values in done.moved["left_out"]}
    for ref in _in_sessions():
        rows = ref.model.objects.filter(**{f"{ref.field}__in": others}, pk__in=done.moved["rows"].get(ref.table, ()))
        moved.update(rows.values_list("event", flat=True))
    return list(Event.objects.filter(pk__in=moved).order_by("pk"))


def take_back(event: Event, speaker: Speaker, other: Speaker, moved: dict[str, Any], *, is_seated: bool) -> None:
    """Undo `move_in_session` for everything that is still the other speaker's."""
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
