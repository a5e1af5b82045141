import pytest
from django.db import connection

from panels.models.database import audit_triggers, search_index, site_version, triggers, version_triggers

pytestmark = pytest.mark.django_db


def _stored() -> set[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def test_all_triggers_are_there_after_the_last_migration() -> None:
    wanted = triggers.names() | version_triggers.names() | search_index.names() | audit_triggers.names()
    assert wanted | site_version.names(connection.vendor) <= _stored()


def test_install_can_be_run_again() -> None:
    before = _stored()

    triggers.install(connection)
    version_triggers.install(connection)
    search_index.install(connection)
    site_version.install(connection)
    audit_triggers.install(connection)

    assert _stored() == before
