"""The sign-in form, which counts wrong passwords, and the list of sign-in attempts."""

import math
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext

from panels.admin import unsaved_forms
from panels.admin.shared.read_only import ReadOnlyAdmin
from panels.admin.signed_out import FIELD, unsaved
from panels.editorial import sign_in
from panels.editorial.sign_in import Method, TooManyAttemptsError
from panels.models import SignInAttempt


class SignInForm(AdminAuthenticationForm):
    """While an attempt has to wait, the password is not checked at all."""

    wait = 0
    """Seconds that are still to wait; 0 unless the attempt was refused."""

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password or self.request is None:
            return super().clean()
        try:
            attempt = begin(self.request, name)
        except WaitError as error:
            self.wait = error.wait
            raise
        cleaned = super().clean()
        if account := self.get_user():
            sign_in.succeed(attempt, account)
        return cleaned


class SignInView(LoginView):
    """Asks for the second factor next, if the account has one."""

    def form_valid(self, form: Any) -> HttpResponse:
        user, carried = form.get_user(), self.request.POST.get(FIELD, "")
        is_carried = unsaved(carried) is not None
        target = reverse("admin_continue") if is_carried else self.get_success_url()
        login = Login(user=user, redirect_url=target)
        response: HttpResponse = perform_password_login(self.request, {"username": user.get_username()}, login)
        if is_carried and not self.request.user.is_authenticated:
            unsaved_forms.keep(self.request, user, carried)
        return response


class WaitError(ValidationError):
    """Too many wrong passwords or codes: the attempt is refused for `wait` seconds."""

    def __init__(self, wait: int, method: Method) -> None:
        minutes = math.ceil(wait / 60)
        super().__init__(_message(minutes, method), code="too_many_attempts")
        self.wait = wait


def begin(request: HttpRequest, name: str, method: Method = Method.PASSWORD) -> SignInAttempt:
    """Record an attempt from the client's address. Raises WaitError while it must wait."""
    try:
        return sign_in.begin(name, client_address(request), method)
    except TooManyAttemptsError as error:
        raise WaitError(error.wait, method) from error


def check_password(request: HttpRequest, user: AbstractBaseUser, password: str) -> bool:
    """Whether it is the user's password, counted as in the sign-in form. Raises WaitError."""
    attempt = begin(request, user.get_username())
    found = authenticate(request, username=user.get_username(), password=password)
    if found is None or found.pk != user.pk:
        return False
    sign_in.succeed(attempt, found)
    return True


def client_address(request: HttpRequest) -> str:
    """The client's IP address; behind a web server, the one that the web server saw (the last that it added)."""
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _message(minutes: int, method: Method) -> str:
    if method == Method.CODE:
        text = ngettext(
            "Too many wrong codes. Try again in %(minutes)d minute.",
            "Too many wrong codes. Try again in %(minutes)d minutes.",
            minutes,
        )
    else:
        text = ngettext(
            "Too many wrong passwords. Try again in %(minutes)d minute.",
            "Too many wrong passwords. Try again in %(minutes)d minutes.",
            minutes,
        )
    return text % {"minutes": minutes}


class SignInAttemptAdmin(ReadOnlyAdmin):
    """Visible to users who may view accounts."""

    list_display = ("at", "account", "network", "method", "outcome")
    list_select_related = ("account",)
    list_filter = ("outcome", "method")
    search_fields = ("account__username", "network")
    fields = ("at", "account", "network", "method", "outcome")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("auth.view_user")
