"""Signing in with more than a password: passkeys of a virtual device, and codes without JavaScript."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from tests.admin.accounts.passwords import add_app
from tests.browser.test_quality import LOCALES, faults_of, in_every_look
from tests.builders import make_editor

pytestmark = pytest.mark.slow

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
PAGES = {
    "factors": "", "remove-app": "app/remove/", "add-passkey": "passkeys/add/",
    "rename-passkey": "passkeys/{key}/rename/", "remove-passkey": "passkeys/{key}/remove/",
    "codes": "recovery-codes/", "new-codes": "recovery-codes/new/", "sessions": "sessions/",
    "confirm": "confirm/", "confirm-code": "confirm/code/", "confirm-passkey": "confirm/passkey/",
}  # fmt: skip


@pytest.fixture
def device(page: Page) -> Iterator[Any]:
    """A device with a fingerprint reader, of which every touch is the right one."""
    session = add_device(page)
    yield session
    session.send("WebAuthn.disable")


def add_device(page: Page) -> Any:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session


def log_in(page: Page) -> None:
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in", exact=True).click()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    page.goto(page.url.replace("logout", "login"))


def add_passkey(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/account/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name for this passkey:").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def is_at_desk(page: Page) -> None:
    expect(page.get_by_role("heading", name="Your desk")).to_be_visible()


@pytest.mark.both_databases
def test_a_passkey_is_a_second_factor_and_a_way_to_log_in_by_itself(
    site: str, editor_at_work: User, page: Page, device: Any
) -> None:
    add_passkey(page, site)
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("cell", name="My laptop")).to_be_visible()

    log_out(page)
    log_in(page)
    page.get_by_role("button", name="Use a passkey").click()
    is_at_desk(page)
    log_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    is_at_desk(page)

    page.goto(f"{site}/admin/account/confirm/passkey/")
    page.get_by_role("button", name="Use a passkey").click()
    is_at_desk(page)
    assert Authenticator.objects.get(type="webauthn").data["name"] == "My laptop"


def test_a_device_that_refuses_is_told_and_can_be_tried_again(
    site: str, editor_at_work: User, page: Page, device: Any
) -> None:
    add_passkey(page, site)
    page.goto(f"{site}/admin/account/confirm/passkey/")
    page.evaluate("() => {navigator.credentials.get = async () => {throw new DOMException('no', 'NotAllowedError')}}")

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_text("The passkey was not accepted. Try again.")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_enabled()


def test_words_of_an_expired_session_are_kept_through_a_passkey(
    site: str, editor_at_work: User, page: Page, device: Any
) -> None:
    add_passkey(page, site)
    page.goto(f"{site}/admin/panels/speaker/add/")
    page.get_by_label("Name:", exact=True).fill("Ida Krane")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Save changes").click()

    expect(page.locator(".messagelist .success")).to_contain_text("Ida Krane")


def test_codes_need_no_javascript(site: str, browser: Browser) -> None:
    make_editor()
    cache.clear()
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{site}/admin/")
    log_in(page)
    page.goto(f"{site}/admin/account/")
    page.get_by_role("link", name="Set up").click()
    secret = page.get_by_label("Key:").input_value()
    _, now, following = yield_hotp_counters_from_time()

    page.get_by_label("Enter the code that the app shows:").fill(format_hotp_value(hotp_value(secret, now)))
    page.get_by_role("button", name="Set up").click()
    expect(page.locator(".codes li")).to_have_count(10)
    code = page.locator(".codes li").first.inner_text()
    log_out(page)
    log_in(page)
    page.get_by_label("Code of your authenticator app").fill(format_hotp_value(hotp_value(secret, following)))
    page.get_by_role("button", name="Log in").click()
    is_at_desk(page)
    log_out(page)
    log_in(page)
    page.get_by_label("Code of your authenticator app").fill(code)
    page.get_by_role("button", name="Log in").click()

    is_at_desk(page)
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("language", LOCALES)
def test_every_page_of_an_account_is_for_everyone(
    language: str, site: str, browser: Browser, watch: Callable[[Page], Page]
) -> None:
    editor = make_editor()
    context = browser.new_context(locale=LOCALES[language])
    page = watch(context.new_page())
    add_device(page)
    page.goto(f"{site}/admin/")
    _look(page, f"login-{language}")
    page.locator("#id_username").fill("editor")
    page.locator("#id_password").fill("password")
    page.locator("#login-form [type=submit]").click()
    page.goto(f"{site}/admin/account/app/")
    _look(page, f"add-app-{language}")
    add_app(editor)
    page.goto(f"{site}/admin/account/passkeys/add/")
    page.locator("[data-passkey] [type=submit]").click()
    expect(page.locator("[aria-labelledby=passkeys-title] td")).to_have_count(4)
    key = Authenticator.objects.get(type="webauthn")
    for name, path in PAGES.items():
        page.goto(f"{site}/admin/account/{path.format(key=key.pk)}")
        assert page.locator("html").get_attribute("lang") == language
        _look(page, f"{name}-{language}")
    page.locator("#logout-form button").click()
    page.goto(f"{site}/admin/login/")
    page.locator("#id_username").fill("editor")
    page.locator("#id_password").fill("password")
    page.locator("#login-form [type=submit]").click()
    expect(page.locator("#id_code")).to_be_visible()
    _look(page, f"second-step-{language}")
    context.close()


def _look(page: Page, name: str) -> None:
    shots = os.environ.get("SCREENSHOTS")
    for look in in_every_look(page, 390, 820, 1280):
        assert faults_of(page) == [], (name, look)
        if shots:
            page.screenshot(path=Path(shots) / f"{name}-{look}.png", full_page=True)
