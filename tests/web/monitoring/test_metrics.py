"""`/metrics`: for who has the token, in the OpenMetrics format, without anything about people."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request

import pytest
from django.test import Client
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from pytest_django.fixtures import Settings

from panels.operation.backups import name_at, newest_backup
from tests.builders import make_event, make_published
from tests.served import free_port, granian, new_browser, read, serving, wait_for

TOKEN = "only-for-tests-0123456789"
AUTHORIZED = {"authorization": f"Bearer {TOKEN}"}


def figures(text: str) -> dict[str, float]:
    """By name and labels, read by the strict parser of the format."""
    return {
        " ".join([sample.name, *(sample.labels or {}).values()]): sample.value
        for family in text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
        for sample in family.samples
    }


@pytest.mark.django_db
def test_without_a_token_there_is_no_such_page(client: Client) -> None:
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers=AUTHORIZED).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{}, {"authorization": "Bearer wrong"}, {"authorization": TOKEN}, {"cookie": TOKEN}])
def test_who_has_no_token_is_told_nothing(client: Client, settings: Settings, sent: dict[str, str]) -> None:
    settings.METRICS_TOKEN = TOKEN

    refused = client.get("/metrics", headers=sent)

    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert b"panels_" not in refused.content


@pytest.mark.django_db
def test_who_has_the_token_gets_figures_and_nothing_of_people(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.METRICS_TOKEN, settings.BACKUP_DIR = TOKEN, str(tmp_path)
    make_published(title="Night opening")
    make_event(title="Secret")
    (tmp_path / "2026-11-28T173000Z.panels-backup.zip").touch()
    (tmp_path / "2027-notes.zip").touch()

    response = client.get("/metrics", headers=AUTHORIZED)
    text = response.content.decode()
    found = figures(text)

    assert response.headers["Content-Type"].startswith("application/openmetrics-text; version=1.0.0")
    assert "no-store" in response.headers["Cache-Control"]
    assert found["panels_ready"] == 1
    assert found["panels_events published"] == found["panels_events draft"] == 1
    assert found["panels_events withdrawn"] == 0
    assert found["panels_last_backup_timestamp_seconds"] == 1_795_887_000
    for word in ("Night", "Secret", "testserver", "127.0.0.1"):
        assert word not in text


def test_the_newest_backup_is_known_by_its_name(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_DIR = str(tmp_path / "missing")
    assert newest_backup() is None
    settings.BACKUP_DIR = str(tmp_path)
    assert newest_backup() is None
    for name in ("2026-11-28T173000Z", "2026-11-27T173000Z"):
        (tmp_path / f"{name}.panels-backup.zip").touch()

    found = newest_backup()

    assert found is not None
    assert found.path.name == name_at(found.made_at) == "2026-11-28T173000Z.panels-backup.zip"


@contextmanager
def server(url: str, **environment: str) -> Iterator[str]:
    """The address of a real server with two processes."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url, "DEMO_HOME": "/nonexistent"}
    settings |= {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ} | environment
    port = free_port()
    with serving(granian(port, "--workers", "2", "--blocking-threads", "2"), settings):
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"


@pytest.mark.slow
@pytest.mark.django_db
def test_any_process_of_the_server_answers_for_all(migrated_database: str, tmp_path: Path) -> None:
    with server(migrated_database, METRICS_TOKEN=TOKEN, METRICS_DIR=str(tmp_path / "metrics")) as address:
        asked = Request(f"{address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        before = figures(read(new_browser(), asked))
        for number in range(40):
            read(new_browser(), f"{address}/events/")
            assert figures(read(new_browser(), asked))["panels_requests_total GET 200"] == (
                before["panels_requests_total GET 200"] + 2 * number + 2
            )
        with pytest.raises(HTTPError, match="404"):
            read(new_browser(), f"{address}/missing/")
        after = figures(read(new_browser(), asked))

    assert after["panels_requests_total GET 404"] == 1
    assert after["panels_requests_to_django_total"] < after["panels_requests_total GET 200"] - 30  # the rest is cached
    assert after["panels_request_seconds_count GET"] == after["panels_requests_total GET 200"] + 1
