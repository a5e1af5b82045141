"""Change rows that are not part of an event (speakers, tags, users, groups), and keep their history.

Every change of such a row goes through this module.

A form carries the version of the row that it shows: a signed digest of the row's values. It is computed from the very
instance that the form is built from, so a save between two reads cannot give old words a new version; a counter kept by
a trigger would have to be read beside the row, and could not be added to Django's own tables of users and groups.
Two states with the same values have the same version: nothing is lost when one is saved over the other.

`changing` locks the row, compares the version, and records the states before and after, in one transaction. A state
written in another way (`loaddata`, SQL) is noticed by its digest and recorded before the next change.
"""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.db import connection, models, transaction
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from panels.editorial import audit
from panels.editorial.history import event_history
from panels.editorial.saving import signed_versions
from panels.editorial.saving.locking import lock_events
from panels.editorial.saving.references import columns_of, events_naming, references_to
from panels.models import RowRevision, Speaker, Tag
from panels.transcript.diff import DiffPiece, differences

Reason = RowRevision.Reason
Values = dict[str, Any]

_KEPT_BY_DJANGO = {"last_login", "date_joined"}  # no editor writes them
_PASSWORD = "password"  # noqa: S105 - a field's name


class RowGoneError(Exception):
    """The row was deleted, or merged into another, since a page was made from it."""


@dataclass
class RowConflictError(Exception):
    """Rows were changed since a page was made from them, or the page sent no valid version.

    `saved` are the versions saved since, oldest first; empty where the page's version is unknown.
    """

    base: RowRevision | None = None
    saved: tuple[RowRevision, ...] = ()


@dataclass(frozen=True, slots=True)
class RowFieldChange:
    """A field that differs between two states, with the difference in words."""

    field: str
    words: tuple[DiffPiece, ...]


def label_of(model: type[models.Model]) -> str:
    return str(model._meta.label_lower)


def versioned_fields(model: type[models.Model]) -> list[Any]:
    """The fields that an editor can change."""
    columns = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    return [field for field in (*columns, *model._meta.many_to_many) if field.name not in _KEPT_BY_DJANGO]


def read_whole(*rows: models.Model) -> None:
    """Read everything the rows refer to once, so that a form built from them matches their version."""
    names = [field.name for field in rows[0]._meta.many_to_many] if rows else []
    models.prefetch_related_objects(rows, *names)


def values_of(row: models.Model) -> Values:
    """The values an editor can change, as JSON. A password's hash is stored as a digest: it shows that it changed."""
    values: Values = {}
    for field in versioned_fields(type(row)):
        value = field.value_from_object(row)
        if field.many_to_many:
            value = sorted(one.pk for one in value)
        elif field.name == _PASSWORD:
            # A salt is not a path: it stays when a module moves, because stored versions hold such digests.
            value = salted_hmac("panels.editorial.row_history.password", value, algorithm="sha256").hexdigest()[:16]
        values[field.name] = value
    return values


def version_of(*rows: models.Model) -> str:
    """The version of one or several rows, for a form that shows them."""
    return signed_versions.sign(_subject(rows), _digest(*rows))


def lock(
    model: type[models.Model], keys: Collection[int], *, events: Collection[int] = (), to_delete: bool = False
) -> list[Any]:
    """Lock rows until the transaction's end, and return them as they are now.

    The events that name these speakers or tags are locked first, together with other `events` to be changed, and no
    other event can start to name them until the transaction ends; see `saving.locking`. Accounts are locked
    against changes alone, unless they are to be deleted: a user whose account is changed can go on saving.
    """
    while True:
        with suppress(_NamedMeanwhileError), transaction.atomic():  # a savepoint, with which its locks end
            rows = _locked(model, keys, events, no_key=not (to_delete or references_to(model)))
            read_whole(*rows)
            return rows


def checked(model: type[models.Model], keys: Collection[int], version: str) -> list[Any]:
    """Lock rows and return them, if they still have the version that a page shows.

    Raises RowGoneError if one is missing, RowConflictError if one was changed.
    """
    rows = lock(model, keys)
    if len(rows) < len(set(keys)) or not rows:
        raise RowGoneError
    state = signed_versions.read(version, _subject(rows))
    if state != _digest(*rows):
        raise _conflict(rows, state)
    return rows


@contextmanager
def changing(
    model: type[models.Model],
    key: int,
    *,
    version: str,
    by: AbstractBaseUser | None,
    reason: Reason = Reason.CHANGED,
    note: str = "",
) -> Iterator[Any]:
    """Lock a row for the change in the `with` block, in a transaction, and record its states before and after.

    Raises RowGoneError or RowConflictError before anything is changed, if the row is not what `version` says.
    """
    with transaction.atomic():
        (row,) = checked(model, [key], version)
        ensure_recorded(row)
        yield row
        record(row, by=by, reason=reason, note=note)


def ensure_recorded(row: models.Model) -> None:
    """Record the state of a locked row unless it is recorded already. Call this before a change."""
    is_known = revisions(type(row), row.pk).exists()
    record(row, by=None, reason=Reason.OUTSIDE if is_known else Reason.FOUND)


def record(
    row: models.Model,
    *,
    by: AbstractBaseUser | None,
    reason: Reason,
    note: str = "",
    uses: dict[str, Any] | None = None,
    always: bool = False,
) -> RowRevision:
    """Record the state of a row after a change. A state equal to the last one is recorded again only if `always`."""
    stored = type(row)._base_manager.get(pk=row.pk)
    last, digest = last_of(type(row), row.pk), _digest(stored)
    if last is not None and last.digest == digest and last.reason != Reason.DELETED and not always:
        return last
    values = values_of(stored)
    if isinstance(stored, User | Group):
        _audit(stored, last, values, by=by, reason=reason, note=note)
    return RowRevision.objects.create(
        model=label_of(type(row)),
        key=row.pk,
        number=last.number + 1 if last else 1,
        name=str(stored)[:300],
        values=values,
        digest=digest,
        uses=uses or {},
        reason=reason,
        note=note[:400],
        by_id=by.pk if by else None,
    )


@transaction.atomic
def delete(row: models.Model, *, by: AbstractBaseUser | None) -> None:
    """Delete a row. Speakers and tags keep their history, including where they were named; accounts do not."""
    model = type(row)
    for stored in lock(model, [row.pk], to_delete=True):
        events = list(events_naming(model, [stored.pk]))
        for event in events:
            event_history.ensure_recorded(event)
        ensure_recorded(stored)
        uses = {ref.table: [columns_of(one) for one in ref.to(stored.pk)] for ref in references_to(model)}
        record(stored, by=by, reason=Reason.DELETED, uses=uses, always=True)
        name = str(stored)
        stored.delete()
        for event in events:
            event_history.record(event, by=by, why=_("“%(name)s” deleted") % {"name": name})
        if model not in {Speaker, Tag}:
            revisions(model, row.pk).delete()


def revisions(model: type[models.Model], key: int) -> "models.QuerySet[RowRevision]":
    """All versions of a row, the newest first."""
    return RowRevision.objects.filter(model=label_of(model), key=key).select_related("by").order_by("-number")


def last_of(model: type[models.Model], key: int) -> RowRevision | None:
    return revisions(model, key).first()


def compare(model: type[models.Model], old: Values, new: Values) -> tuple[RowFieldChange, ...]:
    """The fields whose values differ, in the order of the model."""
    changes = []
    for field in versioned_fields(model):
        before, after = old.get(field.name), new.get(field.name)
        if before != after:
            name = str(capfirst(field.verbose_name))
            changes.append(RowFieldChange(name, differences(*_shown(field, before, after))))
    return tuple(changes)


def shown(field: Any, value: Any) -> str:
    """A value in words."""
    if field.many_to_many:
        found = field.related_model._base_manager.in_bulk(value or [])
        return ", ".join(str(found.get(key, f"#{key}")) for key in value or [])
    if field.many_to_one:
        return str(field.related_model._base_manager.filter(pk=value).first() or "")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(dict(field.flatchoices).get(value, "" if value is None else value))


def _shown(field: Any, before: Any, after: Any) -> tuple[str, str]:
    if field.name == _PASSWORD:
        return _("earlier password"), _("new password")
    return shown(field, before), shown(field, after)


def _audit(
    row: User | Group,
    last: RowRevision | None,
    values: Values,
    *,
    by: AbstractBaseUser | None,
    reason: Reason,
    note: str,
) -> None:
    """Put what changed about the rights of an account or a group into the audit log."""
    if reason == Reason.CREATED:
        audit.record(audit.Action.ACCOUNT_CREATED, row.pk, str(row), by=by)
        audit.record_rights(row, {"is_active": True}, values, by=by, note=note)
    elif reason == Reason.DELETED:
        audit.record(audit.Action.ACCOUNT_DELETED, row.pk, str(row), by=by)
    elif last is not None:
        said = note or (str(Reason.OUTSIDE.label) if reason == Reason.OUTSIDE else "")
        audit.record_rights(row, last.values, values, by=by, note=said)


class _NamedMeanwhileError(Exception):
    """An event that is not locked started to name one of the rows before the rows were locked."""


def _locked(model: type[models.Model], keys: Collection[int], events: Collection[int], *, no_key: bool) -> list[Any]:
    """Raises _NamedMeanwhileError; then nothing may stay locked."""
    naming = events_naming(model, keys).values_list("pk", flat=True)
    locked = lock_events([*naming, *events]) if references_to(model) else []
    rows = list(model._base_manager.select_for_update(no_key=no_key).filter(pk__in=keys).order_by("pk"))
    is_shared = references_to(model) and connection.features.has_select_for_update
    if is_shared and not set(naming.all()).issubset(locked):
        raise _NamedMeanwhileError
    return rows


def _conflict(rows: list[Any], state: str | None) -> RowConflictError:
    """The error that lists who saved the row since the page was made, where that is known."""
    if len(rows) > 1 or state is None:
        return RowConflictError()
    ensure_recorded(rows[0])
    all_of_it = revisions(type(rows[0]), rows[0].pk)
    base = all_of_it.filter(digest=state).first()
    saved = all_of_it.filter(number__gt=base.number) if base else all_of_it[:1]
    return RowConflictError(base, tuple(reversed(saved)))


def _subject(rows: Collection[models.Model]) -> str:
    model = next((label_of(type(row)) for row in rows), "")
    return f"{model}:{','.join(str(key) for key in sorted(row.pk for row in rows))}"


def _digest(*rows: models.Model) -> str:
    ordered = sorted(rows, key=lambda row: int(row.pk))
    written = [json.dumps(values_of(row), sort_keys=True, ensure_ascii=False) for row in ordered]
    return sha256("\n".join(written).encode("utf-8", "surrogatepass")).hexdigest()
