"""The search box of the admin: it finds whatever an editor may open, drafts included."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from lxml import html

from panels.models import Event, Tag
from tests.builders import make_answer, make_event, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db

PATH = "/admin/search/"


@pytest.fixture
def harbour() -> Event:
    """A published session and a draft about a harbour."""
    published = make_published(title="The harbour", slug="harbour")
    make_answer(
        make_question(published, text="Who owns the pier?"), speaker=make_speaker("Ida Krane"), text="The town."
    )
    draft = make_event(title="The pier at night", slug="pier")
    make_answer(make_question(draft, text="And the lamps?"), text="The lamps of the pier are new.")
    Tag.objects.create(name="Pier repairs", slug="pier-repairs")
    return draft


def found(desk: Client, words: str) -> dict[str, list[str]]:
    """Where the results lead, by their headings."""
    page = html.fromstring(desk.get(PATH, {"q": words}).content)
    return {
        section.findtext("h2") or "": section.xpath("./ul/li/a/@href")
        for section in page.xpath("//div[@id='content-main']/section")
    }


def test_one_box_finds_sessions_tags_and_passages_drafts_first(desk: Client, harbour: Event) -> None:
    published = Event.objects.get(slug="harbour")

    results = found(desk, "pier")

    assert results == {
        "Sessions": [f"/admin/panels/event/{harbour.pk}/editor/"],
        "Tags": [f"/admin/panels/tag/{Tag.objects.get(slug='pier-repairs').pk}/change/"],
        "Questions and answers": [
            f"/admin/panels/event/{harbour.pk}/editor/?edit=q1-a1#q1-a1",
            f"/admin/panels/event/{published.pk}/editor/?edit=q1#q1",
        ],
    }
    for paths in results.values():
        assert all(desk.get(path).status_code == 200 for path in paths)


def test_people_are_found_by_name_in_any_script_and_labels_are_not(desk: Client) -> None:
    zhang = make_speaker("Zhang San", original_name="张三")
    session = make_session(slug="night")
    make_speaker("Zhang", session=session)

    for words in ("zhang", "张三", "SAN zha"):
        assert found(desk, words)["Speakers"] == [f"/admin/panels/speaker/{zhang.pk}/change/"], words


def test_what_is_in_trash_is_not_found(desk: Client, harbour: Event) -> None:
    Event.objects.filter(pk=harbour.pk).update(status="binned")

    assert set(found(desk, "pier")) == {"Tags", "Questions and answers"}
    assert found(desk, "lamps") == {}


def test_all_words_must_be_there(desk: Client, harbour: Event) -> None:
    assert set(found(desk, "pier lamps")) == {"Questions and answers"}
    assert found(desk, "pier -lamps")["Questions and answers"] == [
        f"/admin/panels/event/{Event.objects.get(slug='harbour').pk}/editor/?edit=q1#q1"
    ]
    assert "No results" in desk.get(PATH, {"q": "pier zebra"}).content.decode()


def test_ten_of_each_kind_are_listed_and_a_link_leads_to_the_others(desk: Client) -> None:
    for number in range(12):
        make_event(title=f"Evening {number}", slug=f"evening-{number}")

    page = desk.get(PATH, {"q": "evening"}).content.decode()

    assert len(found(desk, "evening")["Sessions"]) == 10
    [more] = re.findall(r'href="(/admin/panels/event/\?q=evening)"', page)
    assert "Evening 11" in desk.get(more).content.decode()


def test_only_what_the_user_may_view_is_found(client: Client, harbour: Event) -> None:
    user = User.objects.create_user("tagger", is_staff=True)
    user.user_permissions.add(Permission.objects.get(content_type__app_label="panels", codename="view_tag"))
    client.force_login(user)

    assert set(found(client, "pier")) == {"Tags"}


def test_readers_are_asked_to_log_in(client: Client) -> None:
    assert client.get(PATH, {"q": "pier"}).status_code == 302


@pytest.mark.parametrize(
    "words", ["", " ", '"', '"pier', "\0", "a" * 2000, "x " * 300, "pier -lamps", "speaker:ida", "%", "*"]
)
def test_odd_words_are_no_error(desk: Client, harbour: Event, words: str) -> None:
    response = desk.get(PATH, {"q": words})

    assert response.status_code in {200, 404, 414}
    assert "Traceback" not in response.content.decode()


def test_every_page_of_the_admin_has_the_box(desk: Client, harbour: Event) -> None:
    for path in ("/admin/", f"/admin/panels/event/{harbour.pk}/editor/", "/admin/panels/event/import/"):
        assert f'role="search" action="{PATH}"' in desk.get(path).content.decode(), path
