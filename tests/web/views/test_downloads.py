import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.lossiness import without_lines
from panels.formats.native import json_archive
from panels.models import Answer, Event, Version
from panels.reading.export import transcript_of
from panels.web.views.downloads import WRITERS
from tests.builders import make_event, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> Event:
    call_command("loaddata", "library_round_table_2021_09_18", verbosity=0)
    return Event.objects.get()


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_every_format_holds_the_words(suffix: str, library: Event, client: Client) -> None:
    response = client.get(f"/events/{library.slug}.{suffix}")

    assert response.status_code == 200
    assert response["Content-Type"] == WRITERS[suffix].media_type
    assert response["Content-Disposition"] == f'attachment; filename="{library.slug}.{suffix}"'
    content = response.getvalue()
    if suffix == "docx":
        content = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
    text = content.decode()
    assert all(panelist.speaker.name in text for panelist in library.panelists.all())
    assert library.title.partition(":")[0] in text


def test_the_archive_holds_everything(library: Event, client: Client) -> None:
    content = client.get(f"/events/{library.slug}.json").getvalue()

    address = f"http://testserver/events/{library.slug}/"
    assert json_archive.read(Source(content)) == transcript_of(library, address=address)


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_every_file_is_read_back_with_its_source_licence_edition_and_address(
    suffix: str, library: Event, client: Client
) -> None:
    known = WRITERS[suffix]
    assert known.preserved

    again = registry.read(Source(client.get(f"/events/{library.slug}.{suffix}").getvalue()))

    record = transcript_of(library, address=f"http://testserver/events/{library.slug}/")
    assert (again if known.is_record else without_lines(again)) == known.preserved(record)
    assert (again.source_title, again.licence, again.version, again.address) == (
        record.source_title, record.licence, record.version, record.address,
    )  # fmt: skip


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_who_has_the_edition_is_not_sent_it_again(suffix: str, library: Event, client: Client) -> None:
    Version.objects.update(changed_at=timezone.now() - dt.timedelta(hours=1))
    path = f"/events/{library.slug}.{suffix}"
    first = client.get(path)

    by_tag = client.get(path, headers={"if-none-match": first["ETag"]})
    by_date = client.get(path, headers={"if-modified-since": first["Last-Modified"]})

    assert first["Cache-Control"] == "no-cache"
    assert [(again.status_code, again.getvalue()) for again in (by_tag, by_date)] == [(304, b""), (304, b"")]
    assert [again["ETag"] for again in (by_tag, by_date)] == [first["ETag"]] * 2


def test_a_file_that_was_sent_compressed_is_known_again(client: Client, library: Event) -> None:
    path, compressed = f"/events/{library.slug}.json", {"accept-encoding": "gzip"}
    first = client.get(path, headers=compressed)

    again = client.get(path, headers=compressed | {"if-none-match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(first)) == b"".join(client.get(path))
    assert again.status_code == 304


def test_an_answer_that_nothing_changed_costs_one_query(
    library: Event, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tag = client.get(f"/events/{library.slug}.json")["ETag"]

    with django_assert_num_queries(1):
        client.get(f"/events/{library.slug}.json", headers={"if-none-match": tag})


def test_a_change_that_is_just_made_has_no_date_that_the_next_one_could_share(library: Event, client: Client) -> None:
    Version.objects.update(changed_at=timezone.now())

    assert "Last-Modified" not in client.get(f"/events/{library.slug}.json")


def test_whatever_changes_what_a_file_says_is_sent_anew(library: Event, client: Client) -> None:
    path = f"/events/{library.slug}.json"

    def changes() -> Iterator[str]:
        speaker = library.panelists.earliest("pk").speaker
        speaker.name = "Erika Mustermann"
        speaker.save()
        yield "Erika Mustermann"
        Answer.objects.filter(pk=Answer.objects.earliest("pk").pk).update(text="Said otherwise.")
        yield "Said otherwise."
        library.tags.add("Quite new")
        yield "Quite new"

    tag = client.get(path)["ETag"]
    for words in changes():
        again = client.get(path, headers={"if-none-match": tag})
        assert again.status_code == 200
        assert words in again.getvalue().decode()
        tag = again["ETag"]


def test_formats_have_tags_of_their_own(library: Event, client: Client) -> None:
    tags = {client.get(f"/events/{library.slug}.{suffix}")["ETag"] for suffix in WRITERS}

    assert len(tags) == len(WRITERS)


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_head_says_what_get_would(suffix: str, library: Event, client: Client) -> None:
    path = f"/events/{library.slug}.{suffix}"

    head, got = client.head(path), client.get(path)

    assert (head.status_code, head.getvalue()) == (200, b"")
    names = ("Content-Type", "Content-Disposition", "ETag", "Cache-Control", "Link")
    assert [head[name] for name in names] == [got[name] for name in names]


def test_a_withdrawn_file_is_gone_whoever_has_it(library: Event, client: Client) -> None:
    path = f"/events/{library.slug}.json"
    tag = client.get(path)["ETag"]
    Event.objects.update(status="withdrawn")

    again = client.get(path, headers={"if-none-match": tag})

    assert (again.status_code, "ETag" in again) == (410, False)


def test_the_page_offers_what_there_is(library: Event, client: Client) -> None:
    timeless = make_session()

    offered, fewer = (client.get(event.get_absolute_url()).content.decode() for event in (library, timeless))

    for suffix in WRITERS:
        assert f'href="/events/{library.slug}.{suffix}"' in offered
        assert (f'href="/events/{timeless.slug}.{suffix}"' in fewer) == (suffix != "vtt")


def test_captions_need_times(client: Client) -> None:
    assert client.get(f"/events/{make_session().slug}.vtt").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"), [("draft.json", 404), ("public.exe", 404), ("gone.json", 410), ("none.json", 404)]
)
def test_what_readers_may_not_have(path: str, status: int, client: Client) -> None:
    make_event(slug="draft")
    make_session(slug="public")
    make_event(slug="gone", status="withdrawn")

    assert client.get(f"/events/{path}").status_code == status


def test_a_moved_event_leads_to_its_file(client: Client) -> None:
    event = make_session(slug="first")
    event.slug = "second"
    event.save()

    response = client.get("/events/first.txt")

    assert (response.status_code, response["Location"]) == (301, "/events/second.txt")


def test_a_file_of_a_slug_in_another_script_has_a_name(client: Client) -> None:
    event = make_session(title="محضر الجلسة")

    disposition = client.get(f"/events/{event.slug}.txt")["Content-Disposition"]

    assert disposition.startswith("attachment; filename*=utf-8''")
