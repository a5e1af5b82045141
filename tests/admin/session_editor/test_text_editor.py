"""A session edited as one text."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from lxml.html import fromstring

from panels.editorial.history.event_versions import number_of, token_of
from panels.models import EditingSession, Event, ImportDraft, Speaker
from tests.admin.importing.pages import press_on_import, version_on
from tests.admin.session_editor.test_session_editor import address, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    call_command("loaddata", "library_round_table_2021_09_18", verbosity=0)
    return Event.objects.get()


def path(event: Event) -> str:
    return f"/admin/panels/event/{event.pk}/text/"


def text_of(desk: Client, event: Event) -> str:
    return str(desk.get(path(event)).context["form"].initial["text"])


def sent(desk: Client, event: Event, text: str) -> tuple[str, str]:
    """The address that shows what changes, and its page. A browser sends its own line ends."""
    response = desk.post(path(event), {"text": text.replace("\n", "\r\n"), "version": version_on(desk, path(event))})
    assert response.status_code == 302, response.context["form"].errors
    return response["Location"], desk.get(response["Location"]).content.decode()


def stored(desk: Client, address: str, page: str) -> str:
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    fields = {"title": Event.objects.get().title, "store": "", "version": version[1], "same_meaning": "on"}
    return str(press_on_import(desk, address, fields, follow=True).content.decode())


def test_a_text_that_was_not_touched_changes_nothing(desk: Client, event: Event) -> None:
    _address, page = sent(desk, event, text_of(desk, event))

    assert "No changes: the text matches the saved version." in page


def test_the_text_has_no_marks_but_what_an_editor_may_want_to_change(desk: Client, event: Event) -> None:
    host = Speaker.objects.filter(answers__event=event).order_by("pk")[0]
    event.questions.filter(anchor="q1").update(asked_by=host)

    text = text_of(desk, event)

    assert f"## **{host.name}:** " in text
    assert "label=" not in text
    assert "asked" not in text.partition("\n---\n")[2].partition("##")[0]
    assert "{asked" not in text
    assert "No changes: the text matches the saved version." in sent(desk, event, text)[1]


def test_the_changes_are_reviewed_among_the_pages_of_the_event(desk: Client, event: Event) -> None:
    event.answers.filter(anchor="q1-a1").update(text="It was sixty-one.")
    text = text_of(desk, event).replace("It was sixty-one.", "It was sixteen.")

    address, page = sent(desk, event, text)

    tree = fromstring(page)
    assert tree.xpath("//nav[@class='event-pages']//a[@aria-current='page']/text()") == ["Edit as text"]
    assert tree.xpath("//nav[@id='navigation']//a[@aria-current]/text()") == ["Sessions"]
    assert [one.text_content() for one in tree.xpath("//div[contains(@class, 'change-changed')]//ins")] == ["sixteen"]
    assert not tree.xpath("//section[contains(@class, 'preview-text')]")
    visible = tree.xpath("//form[contains(@class, 'review')]//*[self::input or self::textarea][not(@type='hidden')]")
    assert [one.get("name") for one in visible] == ["correction_note", "same_meaning"]

    back = press_on_import(desk, address, {"to_text": "", "title": event.title})
    assert back["Location"] == path(event)
    assert text_of(desk, event) == text
    assert not ImportDraft.objects.exists()
    address, page = sent(desk, event, text)
    stored(desk, address, page)
    assert event.answers.get(anchor="q1-a1").text == "It was sixteen."


def test_words_tags_and_order_are_edited_and_anchors_stay(desk: Client, event: Event) -> None:
    text = text_of(desk, event)
    second = text.index("## ", text.index("## ") + 3)
    third = text.index("## ", second + 3)
    moved = text[:second] + text[third:].rstrip() + "\n\n" + text[second:third]

    address, page = sent(desk, event, moved.replace("sixty-one", "sixteen"))
    assert "<del>sixty-one</del><ins>sixteen</ins>" in page
    stored(desk, address, page)

    anchors = list(event.questions.order_by("number").values_list("anchor", flat=True))
    assert anchors[0] == "q1"
    assert anchors[-1] == "q2"
    assert "sixteen" in event.answers.get(anchor="q1-a1").text
    assert event.revisions.count() == 2


def test_what_others_saved_meanwhile_is_told(desk: Client, event: Event) -> None:
    text, version = text_of(desk, event), version_on(desk, path(event))
    mine = text.replace("sixty-one", "sixteen")
    desk.post(address(event), typed(event, "q2-a1", desk, text="Saved meanwhile.", same_meaning="on"))

    told = desk.post(path(event), {"text": mine, "version": version})
    page = told.content.decode()
    assert told.status_code == 409
    assert "You changed this in another window (editor, " in page
    assert "<ins>Saved meanwhile" in page
    assert "sixteen" in page
    assert text_of(desk, event) == mine

    again = desk.post(path(event), {"text": mine, "version": told.context["version"]})
    plan = desk.get(again["Location"]).content.decode()
    assert "This text is older than the saved version." in plan
    assert "<del>Saved meanwhile" in plan
    assert event.answers.get(anchor="q2-a1").text == "Saved meanwhile."


def test_a_text_that_was_kept_is_offered_with_the_version_that_it_was_made_from(desk: Client, event: Event) -> None:
    text, version = text_of(desk, event), version_on(desk, path(event))
    desk.post(f"{path(event)}preview/", {"text": text.replace("sixty-one", "sixteen"), "version": version})
    event.answers.filter(anchor="q2-a1").update(text="Saved meanwhile.")

    assert version_on(desk, path(event)) == version
    assert desk.post(path(event), {"text": text, "version": version}).status_code == 409


def test_a_text_that_cannot_be_read_is_shown_again_with_the_line(desk: Client, event: Event) -> None:
    broken = "---\ntitle: [\n---\n\n## Why?\n"
    response = desk.post(path(event), {"text": broken, "version": version_on(desk, path(event))})

    assert response.status_code == 200
    assert "line " in str(response.context["form"].errors)
    assert "title: [" in response.content.decode()
    assert not ImportDraft.objects.exists()


def test_who_may_not_change_may_not_edit(client: Client, event: Event) -> None:
    client.force_login(User.objects.create_user("nobody", is_staff=True))

    assert client.get(path(event)).status_code == 403
    assert client.post(path(event), {"text": "x"}).status_code == 403


def account(desk: Client, event: Event, text: str) -> str:
    data = {"text": text.replace("\n", "\r\n"), "version": version_on(desk, path(event))}
    page = desk.post(f"{path(event)}preview/", data).content.decode()
    return " ".join(page.split())


def test_what_is_typed_is_accounted_for(desk: Client, event: Event) -> None:
    text = text_of(desk, event)
    Speaker.objects.create(name="Jane M. Doe")

    assert "7 questions · 21 answers · no changes" in account(desk, event, text)
    changed = text.replace("sixty-one", "sixteen").replace("**Jane Doe:**", "**Jane Q. Doe:**", 1)
    said = account(desk, event, changed)
    assert "2 passages changed" in said
    assert "New speakers: Jane Q. Doe" in said
    assert "Unidentified:" not in said
    labelled = account(desk, event, text.replace("**Jane Doe:**", "**JD:**", 1))
    assert "Unidentified: JD" in labelled
    assert "New speakers:" not in labelled
    titled = text.replace("The Cellar and the Lamp", "The Lamp and the Cellar", 1)
    assert "session details changed" in account(desk, event, titled)


def test_doubts_and_errors_are_told_with_their_line(desk: Client, event: Event) -> None:
    text = text_of(desk, event)
    unnamed = text.replace("**J. P. Placeholder:**", "**?:**", 1)
    line = text[: text.index("**J. P. Placeholder:**")].count("\n") + 1

    assert f'data-line="{line}"' in account(desk, event, unnamed)
    broken = account(desk, event, text.replace("---", "--", 1))
    assert "This cannot be saved:" in broken
    assert 'data-line="1"' in broken


def test_what_is_typed_is_kept_and_offered_until_it_is_stored_or_discarded(desk: Client, event: Event) -> None:
    text = text_of(desk, event)
    account(desk, event, text + "\nHalf a")
    assert text_of(desk, event) == text + "\nHalf a"
    assert f"{path(event)}" in desk.get(f"/admin/panels/event/{event.pk}/editor/").content.decode()
    assert "unsaved changes" in desk.get(path(event)).content.decode()

    desk.post(path(event), {"do": "discard", "kept_at": desk.get(path(event)).context["kept"]})
    assert text_of(desk, event) == text

    account(desk, event, text.replace("sixty-one", "sixteen"))
    sent(desk, event, text.replace("sixty-one", "sixteen"))
    assert EditingSession.objects.get(event=event).unsaved == {}


def test_every_text_that_was_kept_can_be_opened(desk: Client, event: Event) -> None:
    """Of three windows: the latest is shown, each of the others is a link away, with the version it was made from."""
    text, first = text_of(desk, event), version_on(desk, path(event))
    desk.post(f"{path(event)}preview/", {"text": text + "\nOne", "version": first})
    event.answers.filter(anchor="q2-a1").update(text="Saved meanwhile.")
    second = token_of(event, number_of(event))
    desk.post(f"{path(event)}preview/", {"text": text + "\nTwo", "version": second})
    desk.post(f"{path(event)}preview/", {"text": text + "\nThree", "version": second})

    page = fromstring(desk.get(path(event)).content.decode())
    links = page.xpath("//p[contains(@class, 'kept')]/a/@href")
    opened = [desk.get(path(event) + link).context for link in links]
    assert text_of(desk, event) == text + "\nThree"
    assert [one["form"].initial["text"] for one in opened] == [text + "\nTwo", text + "\nOne"]
    assert [one["version"] for one in opened] == [second, first]
    editor = fromstring(desk.get(f"/admin/panels/event/{event.pk}/editor/").content.decode())
    assert {path(event) + link for link in links} < set(editor.xpath("//a/@href"))

    desk.post(path(event), {"do": "discard", "kept_at": opened[1]["kept"]})
    assert text_of(desk, event) == text + "\nThree"
    assert (
        fromstring(desk.get(path(event)).content.decode()).xpath("//p[contains(@class, 'kept')]/a/@href") == links[:1]
    )


@pytest.mark.parametrize("kept", ["", "nothing", "2021-01-01T00:00:00+00:00", "%00", '"><script>'])
def test_a_text_that_nobody_kept_is_not_asked_for(desk: Client, event: Event, kept: str) -> None:
    text = text_of(desk, event)
    assert desk.get(path(event), {"kept": kept}).context["form"].initial["text"] == text
    account(desk, event, text + "\nHalf a")
    assert desk.get(path(event), {"kept": kept}).context["form"].initial["text"] == text + "\nHalf a"


def test_a_text_that_is_refused_is_kept_too(desk: Client, event: Event) -> None:
    text = text_of(desk, event).replace("---", "--", 1)

    version = version_on(desk, path(event))
    assert desk.post(path(event), {"text": text, "version": version}).status_code == 200
    assert version_on(desk, path(event)) == version

    assert text_of(desk, event) == text


def test_an_account_of_a_text_that_is_too_long_keeps_nothing(desk: Client, event: Event) -> None:
    assert "This cannot be saved:" in account(desk, event, "x" * 1_000_001)
    assert not EditingSession.objects.exclude(unsaved={}).exists()


def test_only_a_text_of_the_session_goes_back_to_the_text_editor(desk: Client, event: Event) -> None:
    upload = SimpleUploadedFile(
        "session.txt", "Zoë: Déjà vu, and seen once more.\n\nKim: So it was.\n".encode("latin-1")
    )
    address = desk.post(f"/admin/panels/event/import/?event={event.pk}", {"file": upload})["Location"]

    press_on_import(desk, address, {"to_text": "", "title": event.title})

    assert ImportDraft.objects.get().event == event
