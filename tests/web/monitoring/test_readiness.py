"""`/readyz` says whether this version can work with the database."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from panels.models.database import audit_triggers, site_version, triggers, version_triggers
from panels.models.database.readiness import missing

pytestmark = pytest.mark.django_db


def asked(client: Client) -> tuple[int, str]:
    response = client.get("/readyz")
    return response.status_code, response.content.decode()


def test_a_sound_database_is_ready(client: Client) -> None:
    assert asked(client) == (200, "ready")


def test_a_migration_that_is_not_applied_is_told(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="panels", name="0019_plain_wording").delete()

    assert asked(client) == (503, "not ready: migrations are not applied (1): run migrate")


def test_missing_triggers_and_an_incomplete_index_are_told(client: Client) -> None:
    triggers.remove(connection)
    assert asked(client) == (503, "not ready: the search index is incomplete; triggers are missing")

    triggers.install(connection)
    version_triggers.install(connection)
    assert missing(connection) == ["the search index is incomplete", "triggers are missing"]

    site_version.install(connection)
    audit_triggers.install(connection)
    assert missing(connection) == ["the search index is incomplete"]
