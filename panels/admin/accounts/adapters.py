"""What django-allauth asks of Panels: who may sign in, how often, and what a provider's groups mean."""

import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panels.admin import unsaved_forms
from panels.admin.accounts.fresh_sign_in import is_fresh
from panels.admin.accounts.sign_in import check_password, client_address
from panels.editorial import accounts, sign_in
from panels.editorial.sign_in import Method, Outcome
from panels.operation.single_sign_on import PROVIDER

_UNKNOWN = "0.0.0.0"  # noqa: S104 - no address to listen on: the column takes nothing else for "unknown"
_WAYS = {
    "reauthenticate": gettext_lazy("Use your password"),
    "mfa_reauthenticate": gettext_lazy("Use a code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use a passkey"),
}
_UNSAID = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody registers, and only who may use the admin signs in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index")

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **options: Any) -> HttpResponse | None:
        if user.is_active and getattr(user, "is_staff", False):
            return None
        return refuse(request, _("This account does not have access to the admin."))

    def logout(self, request: HttpRequest) -> None:
        """A form that waits for a new sign-in is kept: single sign-on logs out before it logs in."""
        with unsaved_forms.kept(request):
            super().logout(request)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **options: Any
    ) -> None:
        """The desk itself says that one is logged in."""
        if message_template not in _UNSAID:
            super().add_message(request, level, message_template, *args, **options)

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return str(ipaddress.ip_address(client_address(request).partition("%")[0]))
        except ValueError:
            return _UNKNOWN

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        return check_password(context.request, user, password)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        return not is_fresh(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A person without a password and a second factor signs in with the provider again."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        methods = [{**way, "description": _WAYS.get(way["id"], way["description"])} for way in methods]
        if methods or not settings.SINGLE_SIGN_ON:
            return methods
        name = settings.SINGLE_SIGN_ON.name
        address = reverse("openid_connect_login", args=[PROVIDER])
        return [{"id": PROVIDER, "description": _("Log in with %(name)s") % {"name": name}, "url": address}]


class TwoFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator apps and passkeys show the name of the site."""

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        """Without the declaration of an XML file: it stands in a page."""
        written: str = super().build_totp_svg(url)
        return written[written.index("<svg") :]

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002 - django-allauth's name
        return _("Passkey")


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes from the provider gets the roles of their groups there, at each sign-in anew."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        provider = settings.SINGLE_SIGN_ON
        if provider is None or sociallogin.state.get("process") not in {None, "login"}:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("admin:index")))
        claims = sociallogin.account.extra_data
        roles: set[str] = set()
        for told in (claims.get("userinfo"), claims.get("id_token")):
            roles |= provider.roles_of(told or {})
        with transaction.atomic():
            self._sign_in(request, sociallogin, roles)
        if not roles:
            text = _("Your %(name)s account has no role here. Ask an administrator to add you to a group that has one.")
            raise ImmediateHttpResponse(refuse(request, text % {"name": provider.name}))

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **options: Any) -> None:
        raise ImmediateHttpResponse(refuse(request, provider_failed(provider.name)))

    def _sign_in(self, request: HttpRequest, sociallogin: Any, roles: set[str]) -> None:
        """Make the account of somebody who comes for the first time, and set the roles."""
        is_known = sociallogin.is_existing
        if roles and not is_known:
            _free_name(sociallogin.user)
            self.save_user(request, sociallogin)
        if roles or is_known:
            accounts.set_roles(sociallogin.user, roles)
            sociallogin.user.refresh_from_db()
        account = sociallogin.user if roles or is_known else None
        name, address = str(sociallogin.account.uid), client_address(request)
        outcome = Outcome.SUCCEEDED if roles else Outcome.NO_ROLE
        sign_in.record(account, name, address, Method.SINGLE_SIGN_ON, outcome)


def _free_name(user: Any) -> None:
    """Let django-allauth make a name if the one that the provider tells is taken here, or cannot be one."""
    try:
        AccountAdapter().clean_username(user.username)
    except ValidationError:
        user.username = ""


def refuse(request: HttpRequest, text: str) -> HttpResponse:
    """Lead back to the login page, which says why."""
    messages.error(request, text)
    return HttpResponseRedirect(reverse("admin:login"))


def provider_failed(name: str) -> str:
    return _("Logging in with %(name)s failed. Try again, or log in with your password.") % {"name": name}
