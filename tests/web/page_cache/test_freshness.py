"""No page is older than the database, whatever way it was written, and none is of two states of it."""

import datetime as dt
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils import timezone

from panels.editorial import publishing
from panels.models import Answer, Event, Schedule
from panels.web.page_cache import layer
from tests.admin.racing import FORMS, Editor
from tests.failures import log_lines
from tests.search.test_fresh import WAYS
from tests.web.page_cache.reader import OF_THE_CACHE, CachedSite

ROUNDS = int(os.environ.get("CACHE_ROUNDS", "40"))

PAGES = (
    "/", "/events/library/", "/events/library/q1-a1/", "/events/archives/", "/events/hidden/", "/speakers/",
    "/speakers/ada-example/", "/tags/", "/tags/money/", "/search/?q=library", "/api/v1/answers/",
)  # fmt: skip
# One of each kind; the others take long and are tried with the slow tests.
EVERY_TIME = {
    "answer saved", "answers updated", "answer changed by SQL", "event withdrawn", "draft published", "event deleted",
    "speaker renamed", "speakers merged", "tag renamed", "event tagged", "fixtures loaded",
    "many loaded and published", "many drafts loaded",
}  # fmt: skip
# What readers cannot see changes no page.
UNSEEN = {"nothing", "many drafts loaded"}


def assert_fresh(site: CachedSite) -> None:
    for address in PAGES:
        cached, without = site.get(address), site.uncached(address)
        assert (cached.status, cached.body) == (without.status, without.body), address
        assert cached.without(*OF_THE_CACHE) == without.without(*OF_THE_CACHE), address


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=[] if way in EVERY_TIME else [pytest.mark.slow]) for way in WAYS]
)
def test_the_first_request_after_a_change_sees_it(way: str, site: CachedSite) -> None:
    before = {address: site.get(address).body for address in PAGES}
    assert len(site.cache.store) > len(PAGES) / 2  # or this test would try nothing

    WAYS[way]()

    assert_fresh(site)
    assert (before == {address: site.get(address).body for address in PAGES}) is (way in UNSEEN)


@pytest.mark.parametrize("name", ["details", "answer", "text"])
def test_the_first_request_after_an_editor_saved_sees_it(name: str, site: CachedSite) -> None:
    event = Event.objects.get(slug="library")
    ann = Editor.arriving("ann")
    publishing.withdraw(event, by=None)  # no correction note is asked for then
    FORMS[name].save(ann, event)
    assert site.get("/events/library/").status == 410
    publishing.publish(Event.objects.get(pk=event.pk), by=None)

    assert_fresh(site)
    assert ann.words in site.get("/events/library/").text


def test_a_page_is_public_at_its_time_without_anybody_looking(site: CachedSite) -> None:
    draft = Event.objects.get(status="draft")
    for address in PAGES:
        site.get(address)
    scheduled = Schedule.objects.create(event=draft, publish_at=timezone.now() + dt.timedelta(hours=1))
    assert draft.title not in site.get("/").text
    assert site.get(f"/events/{draft.slug}/").status == 404

    Schedule.objects.filter(pk=scheduled.pk).update(publish_at=timezone.now() - dt.timedelta(seconds=1))

    assert draft.title in site.get("/events/").text
    assert site.get(f"/events/{draft.slug}/").status == 200
    assert not Schedule.objects.exists()


def test_pages_are_answered_where_publishing_fails(site: CachedSite) -> None:
    draft = Event.objects.get(status="draft")
    Schedule.objects.create(event=draft, publish_at=timezone.now() - dt.timedelta(seconds=1))
    with log_lines() as lines, publication_refused():
        answers = [site.get("/events/") for _ in range(3)]

    assert [answer.status for answer in answers] == [200] * 3
    assert len([line for line in lines if "Could not publish what is due" in line]) == 1
    assert len(site.made) == 1


_REFUSE = {
    "sqlite": "CREATE TRIGGER of_a_test BEFORE UPDATE ON panels_event BEGIN SELECT RAISE(ABORT, 'no'); END",
    "postgresql": "ALTER TABLE panels_event ADD CONSTRAINT of_a_test CHECK (status <> 'published') NOT VALID",
}
_ALLOW = {"sqlite": "DROP TRIGGER of_a_test", "postgresql": "ALTER TABLE panels_event DROP CONSTRAINT of_a_test"}


@contextmanager
def publication_refused() -> Iterator[None]:
    execute(_REFUSE[connection.vendor])
    try:
        yield
    finally:
        execute(_ALLOW[connection.vendor])


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_citation_says_the_day_on_which_it_was_read(site: CachedSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.get("/events/library/cite.txt")
    monkeypatch.setattr(layer, "_today", lambda: "2031-01-01")

    site.get("/events/library/cite.txt")

    assert len(site.made) == 2


def test_a_lost_connection_counts_as_stale(site: CachedSite) -> None:
    page = site.get("/events/library/")
    with site_version_away():
        assert site.get("/events/library/").body == page.body
        assert len(site.made) == 2  # Django answered
    execute("DELETE FROM panels_siteversion")
    assert site.get("/events/library/").body == page.body
    assert len(site.made) == 3


@contextmanager
def site_version_away() -> Iterator[None]:
    """The table cannot be asked, as before a migration has run."""
    execute("ALTER TABLE panels_siteversion RENAME TO of_a_test")
    try:
        yield
    finally:
        execute("ALTER TABLE of_a_test RENAME TO panels_siteversion")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could go away")
def test_a_broken_connection_is_opened_again(site: CachedSite) -> None:
    page = site.get("/events/library/")
    other = connection.copy()
    with connection.cursor() as cursor, other.cursor() as killing:
        cursor.execute("SELECT pg_backend_pid()")
        killing.execute("SELECT pg_terminate_backend(%s)", cursor.fetchone())
    other.close()

    assert site.get("/events/library/").body == page.body
    Event.objects.filter(slug="library").update(title="After the restart")
    assert "After the restart" in site.get("/events/library/").text


def test_pages_are_never_stale_nor_mixed_while_somebody_writes(site: CachedSite) -> None:
    """Two processes' worth of caches, three readers, and a writer who changes two places in one transaction."""
    other = CachedSite()
    written, is_over, faults = [0], threading.Event(), []
    answer = Answer.objects.get(event__slug="library", anchor="q1-a1").pk
    _write(answer, 0)

    def read(mine: CachedSite) -> None:
        try:
            while not is_over.is_set():
                least = written[0]
                numbers = {int(number) for number in re.findall(r"number-(\d+)-", mine.get("/events/library/").text)}
                assert len(numbers) == 1, numbers
                assert min(numbers) >= least
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    readers = [threading.Thread(target=read, args=(mine,)) for mine in (site, site, other)]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, ROUNDS + 1):
            _write(answer, number)
            written[0] = number
            last = other.get("/events/library/").text
            assert f"number-{number}-" in last
    finally:
        is_over.set()
        for reader in readers:
            reader.join()
    assert not faults


def _write(answer: int, number: int) -> None:
    with transaction.atomic():
        Event.objects.filter(slug="library").update(title=f"number-{number}- of the title")
        Answer.objects.filter(pk=answer).update(text=f"number-{number}- of the answer")
