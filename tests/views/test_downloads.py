import io
import zipfile

import pytest
from django.core.management import call_command
from django.test import Client

from panels.exporting import transcript_of
from panels.formats import json_archive
from panels.formats.base import Source
from panels.models import Event
from panels.views.downloads import WRITERS
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
    content = response.content
    if suffix == "docx":
        content = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
    text = content.decode()
    assert all(panelist.speaker.name in text for panelist in library.panelists.all())
    assert library.title.partition(":")[0] in text


def test_the_archive_holds_everything(library: Event, client: Client) -> None:
    content = client.get(f"/events/{library.slug}.json").content

    assert json_archive.read(Source(content)) == transcript_of(library)


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
