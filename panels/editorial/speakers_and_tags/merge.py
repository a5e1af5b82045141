"""Merge two speakers or two tags. All references move to the one that stays, and the old URL redirects to it.

A `Merge` records what was done, so that it can be undone.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panels.editorial.history import row_history
from panels.editorial.saving.changes import recorded_change
from panels.editorial.saving.corrections import ChangeNote
from panels.editorial.saving.references import columns_of, event_naming, events_naming, put_back, references_to
from panels.models import Event, Merge, Panelist, RowRevision, Speaker, Tag

Mergeable = Speaker | Tag
Reason = RowRevision.Reason


class MergeError(ValueError):
    """The two cannot be merged, or the merge cannot be undone. The message says why, for people."""


# Fields that the one that stays takes over where its own are empty.
_FILLED = {Merge.Kind.SPEAKER: ("original_name", "family_name", "biography"), Merge.Kind.TAG: ()}
_OFFICE = ("title", "organisation")


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging would do: how many references of each kind move, and in which events."""

    counts: tuple[tuple[str, int], ...]
    events: tuple[Event, ...]
    on_both: tuple[Event, ...]  # on whose panel both are listed


def plan_merge(gone: Mergeable, kept: Mergeable) -> MergePlan:
    """Return what `merge` would do."""
    both = Event.objects.none()
    if isinstance(gone, Speaker):
        both = Event.objects.filter(panelists__speaker=kept.pk).filter(panelists__speaker=gone.pk)
    counts = ((str(ref.model._meta.verbose_name_plural), ref.to(gone.pk).count()) for ref in references_to(type(gone)))
    return MergePlan(tuple(one for one in counts if one[1]), tuple(_events_of(gone)), tuple(both))


@transaction.atomic
def merge(gone: Mergeable, kept: Mergeable, *, by: AbstractBaseUser | None) -> Merge:
    """Merge `gone` into `kept` in every event that names it. Where readers saw the name, a correction says so."""
    if type(gone) is not type(kept) or gone.pk == kept.pk:
        raise MergeError(_("Choose two of the same kind."))
    gone, kept = _locked(gone, kept)
    names = {"gone": gone.name, "kept": kept.name}
    why = _("“%(gone)s” merged into “%(kept)s”") % names
    change_note = ChangeNote(_("“%(gone)s” is now listed as “%(kept)s”.") % names)
    with _recorded_changes(_events_of(gone), by=by, why=why, change_note=change_note):
        return _merge_locked(gone, kept, by=by)


@transaction.atomic
def undo(merge_record: Merge, *, by: AbstractBaseUser | None) -> Mergeable:
    """Undo a merge: move references back, where they still exist and nothing has changed them since."""
    model, events = _model_of(merge_record), _events_left_out(merge_record)
    row_history.lock(model, [merge_record.target_key], events=[event.pk for event in events])
    merge_record = Merge.objects.select_for_update().get(pk=merge_record.pk)
    kept = _still_one(merge_record)
    why = _("Merge of “%(gone)s” and “%(kept)s” undone") % _names(merge_record)
    change_note = ChangeNote(_("“%(gone)s” is listed under this name again.") % _names(merge_record))
    events |= _events_of(kept)
    with _recorded_changes(events.order_by("pk"), by=by, why=why, change_note=change_note):
        row_history.ensure_recorded(kept)
        back = _lead_back(merge_record, kept)
        _note(back, _("Merge with “%(name)s” undone") % {"name": kept}, Reason.UNMERGED, by=by)
        _note(kept, _("Merge undone: “%(name)s” restored") % {"name": back}, Reason.UNMERGED, by=by)
        merge_record.undone_at = timezone.now()
        merge_record.save(update_fields=["undone_at"])
        return back


@contextmanager
def _recorded_changes(
    events: Iterable[Event], *, by: AbstractBaseUser | None, why: str, change_note: ChangeNote
) -> Iterator[None]:
    """A `recorded_change` of several events at once."""
    with ExitStack() as changes:
        for event in list(events):
            changes.enter_context(recorded_change(event, by=by, why=why, change_note=change_note))
        yield


def _merge_locked(gone: Mergeable, kept: Mergeable, *, by: AbstractBaseUser | None) -> Merge:
    former: Any = type(gone).former_slugs.rel.related_model
    row_history.ensure_recorded(gone)
    row_history.ensure_recorded(kept)
    moved: dict[str, Any] = {"row": columns_of(gone), "rows": {}, "left_out": {}, "filled": {}, "offices": []}
    if isinstance(gone, Speaker):
        moved["offices"] = list(_fill_offices(gone, kept))
    for ref in references_to(type(gone)):
        rows = ref.to(gone.pk)
        if ref.once:
            double = rows.filter(**{f"{ref.once}__in": ref.to(kept.pk).order_by().values(ref.once)})
            moved["left_out"][ref.table] = [columns_of(row) for row in double]
            double.delete()
        moved["rows"][ref.table] = list(rows.values_list("pk", flat=True))
        rows.update(**{ref.field: kept.pk})
    gone_pk = gone.pk
    _note(gone, _("Merged into “%(name)s”") % {"name": kept}, Reason.MERGED, by=by)
    gone.delete()
    former.objects.create(slug=gone.slug, target=kept)
    moved["filled"] = _fill(gone, kept)
    merge_record = Merge.objects.create(
        kind=_kind(kept),
        source_key=gone_pk,
        source_name=gone.name,
        target_key=kept.pk,
        target_name=kept.name,
        moved=moved,
        by_id=by.pk if by else None,
    )
    _note(kept, _("“%(name)s” merged into this") % {"name": gone}, Reason.MERGED, by=by)
    return merge_record


def _locked(gone: Mergeable, kept: Mergeable) -> tuple[Mergeable, Mergeable]:
    """Both as stored now, locked: until the transaction ends nobody changes them or starts to name `gone`."""
    rows = {row.pk: row for row in row_history.lock(type(gone), [gone.pk, kept.pk])}
    if len(rows) < 2:  # noqa: PLR2004
        raise MergeError(_("One of the two is no longer there."))
    return rows[gone.pk], rows[kept.pk]


def _note(row: Mergeable, note: str, reason: RowRevision.Reason, *, by: AbstractBaseUser | None) -> None:
    """Record the merge in the history of both, even if none of their values changed."""
    row_history.record(row, by=by, reason=reason, note=note, always=True)


def _still_one(merge_record: Merge) -> Mergeable:
    """The one that stayed, if the merge can be undone. Raises MergeError."""
    row, kept = merge_record.moved["row"], _model_of(merge_record).objects.filter(pk=merge_record.target_key).first()
    if merge_record.undone_at is not None:
        raise MergeError(_("This merge has already been undone."))
    if kept is None:
        raise MergeError(_("“%(kept)s” no longer exists. Undo its own merge first.") % _names(merge_record))
    if not kept.former_slugs.filter(slug=row["slug"]).exists():
        raise MergeError(_("The slug “%(slug)s” is now used by something else.") % {"slug": row["slug"]})
    if isinstance(kept, Tag) and Tag.objects.filter(name=row["name"]).exists():
        raise MergeError(_("There is now another “%(gone)s”.") % _names(merge_record))
    return kept  # type: ignore[no-any-return]


def _lead_back(merge_record: Merge, kept: Mergeable) -> Mergeable:
    model, moved = _model_of(merge_record), merge_record.moved
    kept.former_slugs.filter(slug=moved["row"]["slug"]).delete()
    back: Mergeable = model(**moved["row"])
    model.objects.bulk_create([back])  # just as it was: `save` would fill in its fields again
    for ref in references_to(model):
        ref.to(kept.pk).filter(pk__in=moved["rows"][ref.table]).update(**{ref.field: back.pk})
        for values in moved["left_out"].get(ref.table, ()):
            put_back(ref, values)
    for name, value in moved["filled"].items():
        model.objects.filter(pk=kept.pk, **{name: value}).update(**{name: ""})
    for key, name, value in moved["offices"]:
        Panelist.objects.filter(pk=key, **{name: value}).update(**{name: ""})
    return back


def _model_of(merge_record: Merge) -> Any:
    return Speaker if merge_record.kind == Merge.Kind.SPEAKER else Tag


def _kind(of: Mergeable) -> Merge.Kind:
    return Merge.Kind.SPEAKER if isinstance(of, Speaker) else Merge.Kind.TAG


def _events_of(of: Mergeable) -> "models.QuerySet[Event]":
    return events_naming(type(of), [of.pk])


def _events_left_out(merge_record: Merge) -> "models.QuerySet[Event]":
    """The events in which a row that the merge deleted is to be restored."""
    left_out = merge_record.moved["left_out"]
    refs = references_to(_model_of(merge_record))
    found = (event_naming(ref, values) for ref in refs for values in left_out.get(ref.table, ()))
    return Event.objects.filter(pk__in={event.pk for event in found if event is not None})


def _fill(gone: Mergeable, kept: Mergeable) -> dict[str, str]:
    """Fill empty fields of `kept` from `gone`."""
    filled = {name: getattr(gone, name) for name in _FILLED[_kind(kept)] if not getattr(kept, name)}
    filled = {name: value for name, value in filled.items() if value and (name != "family_name" or value in kept.name)}
    if filled:
        for name, value in filled.items():
            setattr(kept, name, value)
        kept.save()
    return filled


def _fill_offices(gone: Speaker, kept: Mergeable) -> Iterator[tuple[int, str, str]]:
    """Where both are on a panel, remove one seat; the other takes over its office if it has none."""
    leaving = {one.event_id: one for one in gone.panelists.all()}
    for panelist in Panelist.objects.filter(speaker=kept.pk, event__in=leaving):
        if panelist.office:
            continue
        for name in _OFFICE:
            if value := getattr(leaving[panelist.event_id], name):
                Panelist.objects.filter(pk=panelist.pk).update(**{name: value})
                yield panelist.pk, name, value


def _names(merge_record: Merge) -> dict[str, str]:
    return {"gone": merge_record.source_name, "kept": merge_record.target_name}
