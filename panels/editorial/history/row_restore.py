"""Restore earlier versions of speakers, tags and accounts, and restore deleted speakers and tags."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from panels.editorial.history import event_history
from panels.editorial.history.row_history import Reason, Values, changing, label_of, last_of, record, versioned_fields
from panels.editorial.saving.locking import lock_events
from panels.editorial.saving.references import Reference, event_naming, put_back, references_to
from panels.models import Event, RowRevision


class RestoreError(ValueError):
    """The version cannot be restored; the message says why, for people."""


def restore(revision: RowRevision, *, version: str, by: AbstractBaseUser | None) -> None:
    """Restore an earlier version, if the row still has the `version` that the page shows.

    Raises RowGoneError, EditConflictError or RestoreError.
    """
    note = _("Version %(number)s restored") % {"number": revision.number}
    model = _model_of(revision)
    with changing(model, revision.key, version=version, by=by, reason=Reason.RESTORED, note=note) as row:
        _write(row, revision.values)


@transaction.atomic
def restore_deleted(revision: RowRevision, *, by: AbstractBaseUser | None) -> Any:
    """Restore a deleted speaker or tag from a version, with its key, former slugs and uses."""
    model = _model_of(revision)
    last = last_of(model, revision.key)
    if last is None or last.reason != Reason.DELETED or model._base_manager.filter(pk=revision.key).exists():
        raise RestoreError(_("“%(name)s” is not in the list of deleted items.") % {"name": revision.name})
    row = model(pk=revision.key)
    events = _locked_events(_uses(model, last))
    _write(row, revision.values)
    _use_again(row, last, events, by=by)
    note = _("Version %(number)s restored") % {"number": revision.number}
    record(row, by=by, reason=Reason.RESTORED, note=note)
    return row


def deleted(model: type[models.Model]) -> "models.QuerySet[RowRevision]":
    """The last versions of deleted rows that can be restored, latest first."""
    same = RowRevision.objects.filter(model=OuterRef("model"), key=OuterRef("key"))
    last = RowRevision.objects.filter(model=label_of(model), reason=Reason.DELETED)
    last = last.exclude(Exists(same.filter(number__gt=OuterRef("number"))))
    gone = last.exclude(Exists(model._base_manager.filter(pk=OuterRef("key"))))
    return gone.select_related("by").order_by("-created_at", "-pk")


def _write(row: models.Model, values: Values) -> None:
    """Save the values, as a form would; a password is never restored."""
    many: dict[Any, list[int]] = {}
    for field in versioned_fields(type(row)):
        if field.name not in values or field.name == "password":
            continue
        if field.many_to_many:
            many[field] = values[field.name]
        else:
            setattr(row, field.attname, values[field.name])
    try:
        row.full_clean()
    except ValidationError as error:
        raise RestoreError(" ".join(error.messages)) from error
    row.save()
    for field, keys in many.items():
        getattr(row, field.name).set(field.related_model._base_manager.filter(pk__in=keys))


def _use_again(row: models.Model, last: RowRevision, events: list[Event], *, by: AbstractBaseUser | None) -> None:
    """Restore the references to the row as they were before it was deleted. Their events get a new version."""
    for event in events:
        event_history.ensure_recorded(event)
    for ref, values in _uses(type(row), last):
        put_back(ref, values)
    for event in events:
        event_history.record(event, by=by, why=_("“%(name)s” restored") % {"name": row})


def _locked_events(uses: Iterable[tuple[Reference, dict[str, Any]]]) -> list[Event]:
    """Lock the events that named the row, and return them."""
    found = (event_naming(ref, values) for ref, values in uses)
    locked = lock_events(event.pk for event in found if event is not None)
    return list(Event.objects.filter(pk__in=locked).order_by("pk"))


def _uses(model: type[models.Model], last: RowRevision) -> Iterator[tuple[Reference, dict[str, Any]]]:
    for ref in references_to(model):
        for values in last.uses.get(ref.table, ()):
            yield ref, values


def _model_of(revision: RowRevision) -> type[models.Model]:
    return apps.get_model(revision.model)
