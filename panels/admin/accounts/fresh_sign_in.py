"""Ask for the password again before something that cannot be undone, if the last sign-in is long ago."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from panels.admin import unsaved_forms


def is_fresh(request: HttpRequest) -> bool:
    """Whether a password, a code, a passkey or single sign-on was used in this session not long ago."""
    if not settings.FRESH_SIGN_IN_MINUTES:
        return True
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0.0)
    return bool(time.time() - newest < settings.FRESH_SIGN_IN_MINUTES * 60)


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """The way to sign in again, after which the form that was sent is offered to be sent; None if that is not due."""
    if is_fresh(request):
        return None
    unsaved_forms.keep(request, request.user)
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    confirm = ways[0]["url"] if ways else reverse("account_reauthenticate")
    query = urlencode({REDIRECT_FIELD_NAME: reverse("admin_continue")})
    return HttpResponseRedirect(f"{confirm}?{query}")
