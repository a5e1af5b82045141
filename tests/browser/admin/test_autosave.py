"""What is typed into the admin's forms and not saved is offered again, and no longer once it is saved."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Browser, Page, expect

from panels.models import Event, Panelist, Speaker
from tests.browser.conftest import PATIENCE
from tests.browser.test_quality import LOCALES, faults_of, in_every_look, window_beside

pytestmark = pytest.mark.slow

NOTICE = ".unsaved-note"
SPEAKERS = "/admin/panels/speaker/"


@pytest.fixture
def speaker(site: str, editor_at_work: User) -> str:
    """The URL of a speaker's form."""
    return f"{site}{SPEAKERS}{Speaker.objects.get(name='Jane Doe').pk}/change/"


@pytest.fixture
def draft(site: str, editor_at_work: User) -> Event:
    event = Event.objects.get(slug="library-round-table-2021-09-18")
    Event.objects.filter(pk=event.pk).update(status="draft", published_at=None)
    return event


def sign_out(page: Page) -> None:
    """As when the session has expired while the form was open."""
    page.context.clear_cookies(name="sessionid")


def sign_in(page: Page, then: str = "Go back to the form") -> None:
    """And chooses what becomes of the form that was sent."""
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_text(then, exact=True).click()


def save(page: Page, button: str = "Save") -> None:
    page.get_by_role("button", name=button, exact=True).click()


def kept_in(page: Page) -> str:
    """Everything of forms that the browser keeps."""
    entries: list[str] = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('panels-form-')).map(([, kept]) => kept)"
    )
    return "".join(entries)


def test_words_of_an_expired_session_are_restored_and_saved(speaker: str, page: Page) -> None:
    page.goto(speaker)
    page.get_by_label("Biography").fill("Typed words.")
    sign_out(page)
    save(page)
    sign_in(page)

    expect(page.locator(NOTICE)).to_contain_text("Unsaved changes from")
    expect(page.get_by_label("Biography")).not_to_have_value("Typed words.")
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("Changes restored. Save to keep them.")).to_be_focused()
    expect(page.get_by_label("Biography")).to_have_value("Typed words.")
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()

    assert Speaker.objects.get(name="Jane Doe").biography == "Typed words."
    assert kept_in(page) == ""
    page.goto(speaker)
    expect(page.get_by_label("Biography")).to_have_value("Typed words.")
    expect(page.locator(NOTICE)).to_have_count(0)


def test_words_of_an_expired_session_are_saved_after_the_log_in(speaker: str, page: Page) -> None:
    page.goto(speaker)
    page.get_by_label("Biography").fill("Typed words.")
    sign_out(page)
    save(page)
    sign_in(page, "Save changes")
    expect(page.locator(".messagelist .success")).to_be_visible()

    assert Speaker.objects.get(name="Jane Doe").biography == "Typed words."
    page.goto(speaker)
    expect(page.get_by_label("Biography")).to_have_value("Typed words.")
    expect(page.locator(NOTICE)).to_have_count(0)


def test_rows_are_restored_to_the_panelists_that_they_were_of(draft: Event, site: str, page: Page) -> None:
    first, second = draft.panelists.order_by("position")[:2]
    total, newcomer = draft.panelists.count(), Speaker.objects.create(name="Ida Krane")
    url = f"{site}/admin/panels/event/{draft.pk}/change/"
    page.goto(url)
    page.locator("[name=title]").fill("A new title")
    page.locator("[name=panelists-1-organisation]").fill("City archive")
    page.locator("#panelists-group .add-row a").click()
    page.locator(f"[name=panelists-{total}-position]").fill("9")
    page.locator(f"[name=panelists-{total}-title]").fill("Restorer")
    page.locator(f"#panelists-{total} .select2-selection").click()
    with page.expect_response(lambda response: "term=Krane" in response.url):
        page.locator(".select2-dropdown .select2-search__field").fill("Krane")
    page.get_by_role("option", name="Ida Krane").click()
    sign_out(page)
    save(page)
    Panelist.objects.filter(pk=first.pk).update(position=8)  # by somebody else: the rows come in another order
    sign_in(page)

    page.get_by_role("button", name="Restore").click()
    expect(page.locator("[name=panelists-0-id]")).to_have_value(str(second.pk))
    expect(page.locator("[name=panelists-0-organisation]")).to_have_value("City archive")
    expect(page.locator(f"#panelists-{total} .select2-selection")).to_contain_text("Ida Krane")
    save(page)
    expect(page.locator(".conflict")).to_be_visible()  # what was typed was typed over another version
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()

    second.refresh_from_db()
    assert second.organisation == "City archive"
    assert draft.panelists.get(speaker=newcomer).title == "Restorer"
    assert Event.objects.get(pk=draft.pk).title == "A new title"
    page.goto(url)
    expect(page.locator(NOTICE)).to_have_count(0)


def test_words_survive_the_browser(speaker: str, page: Page, browser: Browser) -> None:
    page.goto(speaker)
    page.get_by_label("Biography").press_sequentially("Half a sen")
    state = page.context.storage_state()
    page.context.close()  # without leaving the page first
    context = browser.new_context(storage_state=state, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    again = context.new_page()
    again.goto(speaker)

    again.get_by_role("button", name="Restore").click()
    value = again.get_by_label("Biography").input_value()
    context.close()

    assert "Half a sen" in value


def test_what_is_discarded_is_not_offered_again(speaker: str, page: Page) -> None:
    page.goto(speaker)
    page.get_by_label("Biography").fill("Typed words.")
    page.goto(speaker)
    page.get_by_role("button", name="Discard").click()
    expect(page.locator(NOTICE)).to_have_count(0)

    assert kept_in(page) == ""


def test_a_refused_form_is_kept_until_it_is_saved(site: str, editor_at_work: User, page: Page) -> None:
    page.goto(f"{site}{SPEAKERS}add/")
    page.get_by_label("Biography").fill("Of somebody without a name.")
    save(page)
    expect(page.locator(".errornote")).to_be_visible()
    page.goto(f"{site}{SPEAKERS}add/")
    expect(page.locator(NOTICE)).to_have_count(1)
    page.get_by_role("button", name="Restore").click()
    page.locator("[name=name]").fill("Ben Marsh")
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()

    assert Speaker.objects.get(name="Ben Marsh").biography == "Of somebody without a name."
    page.goto(f"{site}{SPEAKERS}add/")
    expect(page.locator(NOTICE)).to_have_count(0)


def test_what_another_form_saved_is_no_reason_to_forget(speaker: str, site: str, page: Page) -> None:
    page.goto(speaker)
    page.get_by_label("Biography").fill("Typed words.")
    page.goto(f"{site}/admin/panels/tag/add/")
    page.locator("[name=name]").fill("Night opening")
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(speaker)

    expect(page.locator(NOTICE)).to_have_count(1)


def test_nobody_else_is_offered_it(speaker: str, page: Page) -> None:
    page.goto(speaker)
    page.get_by_label("Biography").fill("Typed words.")
    sign_out(page)
    other = User.objects.create_superuser("second", password="password")
    page.goto(speaker)
    page.get_by_label("Username").fill(other.username)
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_label("Biography")).to_be_visible()
    page.wait_for_load_state()
    expect(page.locator(f".autosave[data-key^='panels-form-{other.pk}-']")).to_have_count(1)
    expect(page.locator(NOTICE)).to_have_count(0)


def test_a_pasted_text_is_kept_until_it_is_previewed(site: str, editor_at_work: User, page: Page) -> None:
    text = "Jane Doe: What is kept?\n\nIda Krane: All of it."
    page.goto(f"{site}/admin/panels/event/import/")
    page.locator("[name=text]").fill(text)
    sign_out(page)
    save(page, "Preview")
    sign_in(page)
    page.get_by_role("button", name="Restore").click()
    expect(page.locator("[name=text]")).to_have_value(text)
    save(page, "Preview")
    expect(page.get_by_role("heading", name="Preview", exact=True)).to_be_visible()

    assert kept_in(page) == ""
    page.goto(f"{site}/admin/panels/event/import/")
    expect(page.locator(NOTICE)).to_have_count(0)


@pytest.fixture
def administrator(editor_at_work: User) -> User:
    User.objects.filter(pk=editor_at_work.pk).update(is_superuser=True)
    return editor_at_work


def test_passwords_and_tokens_are_never_kept(site: str, administrator: User, page: Page) -> None:
    page.goto(f"{site}/admin/auth/user/add/")
    page.locator("[name=username]").fill("somebody")
    for field in page.locator("[type=password]").all():
        field.fill("A secret of 20 letters")
    token = page.locator("#user_form [name=csrfmiddlewaretoken]").input_value()

    kept = kept_in(page)
    assert "somebody" in kept
    assert "secret" not in kept
    assert token not in kept


def test_a_groups_permissions_are_restored(site: str, administrator: User, page: Page) -> None:
    page.goto(f"{site}/admin/auth/group/add/")
    page.locator("[name=name]").fill("Proofreaders")
    chosen = page.locator("#id_permissions_from option").first.inner_text()
    page.locator("#id_permissions_from option").first.dblclick()
    page.goto(f"{site}/admin/auth/group/add/")
    page.get_by_role("button", name="Restore").click()
    expect(page.locator("#id_permissions_to option")).to_have_text([chosen])
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()

    assert Group.objects.get(name="Proofreaders").permissions.count() == 1


@pytest.mark.looks
@pytest.mark.parametrize("language", LOCALES)
def test_the_notice_is_for_everyone(language: str, speaker: str, page: Page) -> None:
    with window_beside(page, language) as window:
        window.goto(speaker)
        window.locator("[name=biography]").fill("Typed words.")
        window.goto(speaker)
        expect(window.locator(NOTICE)).to_be_visible()

        for look in in_every_look(window, 390, 1280):
            assert [fault for fault in faults_of(window) if "unsaved" in fault or "autosave" in fault] == [], look
            if shots := os.environ.get("SCREENSHOTS"):
                window.screenshot(path=Path(shots) / f"autosave-{language}-{look}.png")
