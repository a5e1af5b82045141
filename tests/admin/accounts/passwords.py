"""Signing in as a person does: with a password, and with the codes of an authenticator app."""

import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "right-password"


def make_account(name: str = "ida", **fields: Any) -> User:
    return User.objects.create_user(name, password=PASSWORD, is_staff=True, **fields)


def add_app(user: User) -> list[str]:
    """Give an account an authenticator app with `SECRET`; returns its recovery codes."""
    cache.clear()  # of codes that were used
    TOTP.activate(user, SECRET)
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def code(step: int = 0) -> str:
    """The code that the app shows now, or as many steps later."""
    shown: str = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + step))
    return shown


def sign_in(client: Client, name: str = "ida", password: str = PASSWORD, **fields: str) -> Any:
    return client.post("/admin/login/", {"username": name, "password": password, **fields})


def is_signed_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200
