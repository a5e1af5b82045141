"""The audit log: a function that does what an entry is about calls `record` or `record_events` in its transaction."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, Group, Permission, User
from django.utils.translation import gettext, gettext_noop

from panels.models import AuditEntry, Event

Action = AuditEntry.Action
Values = dict[str, Any]

_LONGEST_NAME, _LONGEST_SUBJECT = 150, 300
_FLAGS = {
    "is_active": gettext_noop("can log in"),
    "is_staff": gettext_noop("admin access"),
    "is_superuser": gettext_noop("superuser"),
}
_LISTS: dict[str, Any] = {"groups": Group, "user_permissions": Permission, "permissions": Permission}


def record(action: Action, key: int, name: str, *, by: AbstractBaseUser | None, details: str = "") -> AuditEntry:
    """Add an entry. `by` is None for an operator at a terminal, and for what happens by itself."""
    return AuditEntry.objects.create(**_columns(action, key, name, by, details))


def record_events(action: Action, events: Iterable[Event], *, by: AbstractBaseUser | None, details: str = "") -> None:
    """Add an entry for each of the events."""
    AuditEntry.objects.bulk_create(
        AuditEntry(**_columns(action, event.pk, event.title, by, details)) for event in events
    )


def record_rights(row: User | Group, before: Values, after: Values, *, by: AbstractBaseUser | None, note: str) -> None:
    """Add an entry if the rights of an account or a group differ between two states of `row_history`."""
    if changed := rights_changed(before, after):
        details = "; ".join([*changed, *([note] if note else [])])
        record(Action.RIGHTS_CHANGED, row.pk, str(row), by=by, details=details)
    if before.get("password") and before["password"] != after.get("password"):
        record(Action.PASSWORD_CHANGED, row.pk, str(row), by=by)


def rights_changed(before: Values, after: Values) -> list[str]:
    """What was given and taken away, such as `+ superuser` and `− Publisher`."""
    given: list[str] = []
    for name, label in _FLAGS.items():
        if bool(before.get(name)) != bool(after.get(name)):
            given.append(f"{_sign(is_given=bool(after.get(name)))} {gettext(label)}")
    for name, model in _LISTS.items():
        old, new = set(before.get(name, ())), set(after.get(name, ()))
        names = model._base_manager.in_bulk(old ^ new)
        given += [f"{_sign(is_given=key in new)} {names.get(key, key)}" for key in sorted(old ^ new)]
    return given


def _sign(*, is_given: bool) -> str:
    return "+" if is_given else "−"


def _columns(action: Action, key: int, name: str, by: AbstractBaseUser | None, details: str) -> dict[str, Any]:
    return {
        "action": action,
        "subject_key": key,
        "subject_name": name[:_LONGEST_SUBJECT],
        "by_key": by.pk if by else None,
        "by_name": by.get_username()[:_LONGEST_NAME] if by else "",
        "details": details,
    }
