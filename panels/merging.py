"""Two speakers, or two tags, made one: everything that named the one names the other, and its address leads there.

What was done is kept as a `Merger`, by which it is undone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panels import history, row_history
from panels.models import Event, Merger, Panelist, RowRevision, Speaker, Tag
from panels.references import columns_of, events_naming, put_back, references_to

Mergeable = Speaker | Tag
Reason = RowRevision.Reason


class MergeError(ValueError):
    """The two cannot be merged, or the merging not be undone; the message says why, for people."""


# What the one that remains takes over where it has nothing of its own.
_FILLED = {Merger.Kind.SPEAKER: ("original_name", "family_name", "biography"), Merger.Kind.TAG: ()}
_OFFICE = ("title", "organisation")


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging would do: how many rows of each kind are led elsewhere, and on which events' pages."""

    counts: tuple[tuple[str, int], ...]
    events: tuple[Event, ...]
    on_both: tuple[Event, ...]  # on whose panel both are listed


def plan_merge(gone: Mergeable, kept: Mergeable) -> MergePlan:
    """Look at what `merge` would do."""
    both = Event.objects.none()
    if isinstance(gone, Speaker):
        both = Event.objects.filter(panelists__speaker=kept.pk).filter(panelists__speaker=gone.pk)
    counts = ((str(ref.model._meta.verbose_name_plural), ref.to(gone.pk).count()) for ref in references_to(type(gone)))
    return MergePlan(tuple(one for one in counts if one[1]), tuple(_events_of(gone)), tuple(both))


@transaction.atomic
def merge(gone: Mergeable, kept: Mergeable, *, by: AbstractBaseUser | None) -> Merger:
    """Make `gone` a part of `kept`. The history of every event that names it gets a new state."""
    if type(gone) is not type(kept) or gone.pk == kept.pk:
        raise MergeError(_("Choose two of a kind."))
    former: Any = type(gone).former_slugs.rel.related_model
    gone, kept = _locked(gone, kept)
    events = list(_events_of(gone))
    for event in events:
        history.keep(event)
    row_history.keep(gone)
    row_history.keep(kept)
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
    merger = Merger.objects.create(
        kind=_kind(kept), gone=gone_pk, gone_name=gone.name, kept=kept.pk, kept_name=kept.name, moved=moved,
        by_id=by.pk if by else None,
    )  # fmt: skip
    _note(kept, _("“%(name)s” merged into this") % {"name": gone}, Reason.MERGED, by=by)
    for event in events:
        history.record(event, by=by, why=_("“%(gone)s” merged into “%(kept)s”") % _names(merger))
    return merger


@transaction.atomic
def undo(merger: Merger, *, by: AbstractBaseUser | None) -> Mergeable:
    """Make two of them again: what was led elsewhere leads back, as far as it is still there and nothing changed it."""
    merger = Merger.objects.select_for_update().get(pk=merger.pk)
    row_history.lock(_model_of(merger), [merger.kept])
    kept = _still_one(merger)
    events = list(_events_of(kept))
    for event in events:
        history.keep(event)
    row_history.keep(kept)
    back = _lead_back(merger, kept)
    _note(back, _("Separated from “%(name)s” again") % {"name": kept}, Reason.UNMERGED, by=by)
    _note(kept, _("“%(name)s” separated again") % {"name": back}, Reason.UNMERGED, by=by)
    merger.undone_at = timezone.now()
    merger.save(update_fields=["undone_at"])
    for event in events:
        history.record(event, by=by, why=_("“%(gone)s” and “%(kept)s” are two again") % _names(merger))
    return back


def _locked(gone: Mergeable, kept: Mergeable) -> tuple[Mergeable, Mergeable]:
    """Both as they are now; until the end of the transaction nobody changes them, and nothing new names `gone`."""
    rows = {row.pk: row for row in row_history.lock(type(gone), [gone.pk, kept.pk], going=[gone.pk])}
    if len(rows) < 2:  # noqa: PLR2004
        raise MergeError(_("One of the two is no longer there."))
    return rows[gone.pk], rows[kept.pk]


def _note(row: Mergeable, note: str, reason: RowRevision.Reason, *, by: AbstractBaseUser | None) -> None:
    """Merging is part of the history of both, also where it changes no value of theirs."""
    row_history.record(row, by=by, reason=reason, note=note, always=True)


def _still_one(merger: Merger) -> Mergeable:
    """What remained, if nothing hinders that it is two again."""
    row, kept = merger.moved["row"], _model_of(merger).objects.filter(pk=merger.kept).first()
    if merger.undone_at is not None:
        raise MergeError(_("This is undone already."))
    if kept is None:
        raise MergeError(_("“%(kept)s” is no longer there: undo first what became of it.") % _names(merger))
    if not kept.former_slugs.filter(slug=row["slug"]).exists():
        raise MergeError(_("The address “%(slug)s” leads elsewhere now.") % {"slug": row["slug"]})
    if isinstance(kept, Tag) and Tag.objects.filter(name=row["name"]).exists():
        raise MergeError(_("There is another “%(gone)s” now.") % _names(merger))
    return kept  # type: ignore[no-any-return]


def _lead_back(merger: Merger, kept: Mergeable) -> Mergeable:
    model, moved = _model_of(merger), merger.moved
    kept.former_slugs.filter(slug=moved["row"]["slug"]).delete()
    back: Mergeable = model(**moved["row"])
    model.objects.bulk_create([back])  # just as it was: `save` would prepare it anew
    for ref in references_to(model):
        ref.to(kept.pk).filter(pk__in=moved["rows"][ref.table]).update(**{ref.field: back.pk})
        for values in moved["left_out"].get(ref.table, ()):
            put_back(ref, values)
    for name, value in moved["filled"].items():
        model.objects.filter(pk=kept.pk, **{name: value}).update(**{name: ""})
    for key, name, value in moved["offices"]:
        Panelist.objects.filter(pk=key, **{name: value}).update(**{name: ""})
    return back


def _model_of(merger: Merger) -> Any:
    return Speaker if merger.kind == Merger.Kind.SPEAKER else Tag


def _kind(of: Mergeable) -> Merger.Kind:
    return Merger.Kind.SPEAKER if isinstance(of, Speaker) else Merger.Kind.TAG


def _events_of(of: Mergeable) -> "models.QuerySet[Event]":
    return events_naming(type(of), [of.pk])


def _fill(gone: Mergeable, kept: Mergeable) -> dict[str, str]:
    """Give `kept` what it lacks and `gone` had."""
    filled = {name: getattr(gone, name) for name in _FILLED[_kind(kept)] if not getattr(kept, name)}
    filled = {name: value for name, value in filled.items() if value and (name != "family_name" or value in kept.name)}
    if filled:
        for name, value in filled.items():
            setattr(kept, name, value)
        kept.save()
    return filled


def _fill_offices(gone: Speaker, kept: Mergeable) -> Iterator[tuple[int, str, str]]:
    """Where both are on a panel, one of them goes; the one that stays gets its office where it has none."""
    leaving = {one.event_id: one for one in gone.panelists.all()}
    for panelist in Panelist.objects.filter(speaker=kept.pk, event__in=leaving):
        if panelist.office:
            continue
        for name in _OFFICE:
            if value := getattr(leaving[panelist.event_id], name):
                Panelist.objects.filter(pk=panelist.pk).update(**{name: value})
                yield panelist.pk, name, value


def _names(merger: Merger) -> dict[str, str]:
    return {"gone": merger.gone_name, "kept": merger.kept_name}
