"""What comes after, or instead of, the password: a code, a passkey, or single sign-on."""

import logging
from http import HTTPStatus
from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from panels.admin.accounts.adapters import provider_failed, refuse
from panels.admin.accounts.pages import AdminPage
from panels.admin.accounts.sign_in import client_address
from panels.admin.signed_out import FIELD, continue_page
from panels.editorial import sign_in
from panels.editorial.sign_in import Method
from panels.operation.single_sign_on import PROVIDER

logger = logging.getLogger(__name__)


class SecondStep(AdminPage, AuthenticateView):  # type: ignore[misc]
    """The page after the right password of an account with a second factor."""

    template_name = "admin/panels/site/second_step.html"
    title = _("Two-factor authentication")

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.stage.login.user
        if isinstance(form, AuthenticateWebAuthnForm):
            sign_in.record(user, user.get_username(), client_address(self.request), Method.PASSKEY)
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if wait := getattr(form, "wait", 0):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(wait)
        return response

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        types = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        found = super().get_context_data(**context)
        found["takes_codes"] = bool(types - {Authenticator.Type.WEBAUTHN})
        found["passkey_options"] = found["js_data"]["request_options"] if Authenticator.Type.WEBAUTHN in types else None
        return found


@method_decorator(never_cache, name="dispatch")
class PasskeyLogin(LoginWebAuthnView):  # type: ignore[misc]
    """A passkey alone: it is both what one has and, by its PIN or fingerprint, what one knows or is."""

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.cleaned_data["credential"].user
        sign_in.record(user, user.get_username(), client_address(self.request), Method.PASSKEY)
        response: HttpResponse = super().form_valid(form)
        carried = self.request.POST.get(FIELD)
        if not carried or not self.request.user.is_authenticated:
            return response
        return continue_page(self.request, carried) or response


def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider of single sign-on."""
    return _answered_by_provider("login", request, provider_id)


def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider leads back to."""
    return _answered_by_provider("callback", request, provider_id)


def login_page(request: HttpRequest) -> HttpResponse:
    """The one login page, for the links that django-allauth makes."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME)
    return admin.site.login(request, {REDIRECT_FIELD_NAME: wanted} if wanted else None)


def _answered_by_provider(view: str, request: HttpRequest, provider_id: str) -> HttpResponse:
    """A provider that cannot be reached, or says what it should not, leads back to the login page.

    So does a second sign-in of somebody new at the same moment."""
    if not settings.SINGLE_SIGN_ON or provider_id != PROVIDER:
        raise Http404
    # Imported here, because they would make every start slower, and most sites have no single sign-on.
    from allauth.socialaccount.providers.openid_connect import views  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    try:
        return getattr(views, view)(request, provider_id)  # type: ignore[no-any-return]
    except (RequestException, IntegrityError, ValueError, KeyError, TypeError):
        logger.exception("Single sign-on failed")
        return refuse(request, provider_failed(settings.SINGLE_SIGN_ON.name))
