"""The order in which a transaction locks what it changes: no two of them wait for each other on PostgreSQL.

1. Events, all that the transaction will change, by their keys: `lock_events`.
2. The import draft that is stored.
3. Speakers, tags and accounts, by their keys: those that change, with `row_history.lock`, which locks the events that
   name them first; those that are only named from now on, with `hold`.
4. Everything else: merges, splits, schedules, unsaved changes, the history.

New rows are not locked, but a transaction that inserts the same slug waits for them. So they are inserted after all
locks of their kind, in the order of their slugs. SQLite has one writer at a time, and needs no order.
"""

from collections.abc import Collection, Iterable

from django.db import connection, models

from panels.models import Event


def lock_events(keys: Iterable[int]) -> list[int]:
    """Lock events until the transaction ends, before anything else is locked; return the keys of those that exist."""
    locked = Event.objects.select_for_update().filter(pk__in=set(keys)).order_by("pk")
    return list(locked.values_list("pk", flat=True))


def hold(model: type[models.Model], keys: Collection[int]) -> set[int]:
    """Keep rows that will be referred to from being deleted or locked by `row_history.lock` until the transaction ends.

    PostgreSQL does this by itself, but only when the transaction ends, and in the order in which the references were
    written. Returns the keys of the rows that exist.
    """
    if not connection.features.has_select_for_update:
        return set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
    # Django has no name for this lock: others may still change what no row refers to, and hold the same rows.
    held = f'SELECT id FROM "{model._meta.db_table}" WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(held, [list(keys)])
        return {key for (key,) in cursor.fetchall()}
