"""The sign-in form, which counts wrong passwords, and the list of sign-in attempts."""

import math
from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import ngettext

from panels.admin.shared.read_only import ReadOnlyAdmin
from panels.editorial import sign_in
from panels.editorial.sign_in import TooManyAttemptsError


class SignInForm(AdminAuthenticationForm):
    """While an attempt has to wait, the password is not checked at all."""

    wait = 0
    """Seconds that are still to wait; 0 unless the attempt was refused."""

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password or self.request is None:
            return super().clean()
        try:
            attempt = sign_in.begin(name, client_address(self.request))
        except TooManyAttemptsError as error:
            self.wait = error.wait
            raise ValidationError(_message(error.wait), code="too_many_attempts") from error
        cleaned = super().clean()
        if account := self.get_user():
            sign_in.succeed(attempt, account)
        return cleaned


def client_address(request: HttpRequest) -> str:
    """The client's IP address; behind a web server, the one that the web server saw (the last that it added)."""
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _message(wait: int) -> str:
    minutes = math.ceil(wait / 60)
    return ngettext(
        "Too many wrong passwords. Try again in %(minutes)d minute.",
        "Too many wrong passwords. Try again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}


class SignInAttemptAdmin(ReadOnlyAdmin):
    """Visible to users who may view accounts."""

    list_display = ("at", "account", "network", "outcome")
    list_select_related = ("account",)
    list_filter = ("outcome",)
    search_fields = ("account__username", "network")
    fields = ("at", "account", "network", "outcome")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("auth.view_user")
