"""Check whether the database is ready for this version of Panels: migrations, triggers, the search index."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from panels.models.database import audit_triggers, search_index, site_version, triggers, version_triggers

_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The missing parts, each as a phrase for the operator; empty if the database is ready. Raises database errors."""
    return list(_missing(connection))


def _missing(connection: BaseDatabaseWrapper) -> Iterator[str]:
    loader = MigrationLoader(connection)
    if unapplied := loader.disk_migrations.keys() - loader.applied_migrations.keys():
        yield f"migrations are not applied ({len(unapplied)}): run migrate"
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS["sqlite" if connection.vendor == "sqlite" else "postgresql"])
        stored = {name for (name,) in cursor.fetchall()}
    if search_index.names() - stored or "panels_search" not in connection.introspection.table_names():
        yield "the search index is incomplete"
    wanted = (
        triggers.names() | version_triggers.names() | site_version.names(connection.vendor) | audit_triggers.names()
    )
    if wanted - stored:
        yield "triggers are missing"
