"""One's own account: second factors, recovery codes, where one is logged in, and confirming who one is."""

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from panels.admin import unsaved_forms
from panels.admin.accounts.pages import AdminPage
from panels.admin.accounts.two_factor import must_add_factor
from panels.admin.shared.base import editor_of
from panels.editorial.accounts import record_factor
from panels.editorial.audit import Action

_TWO_FACTOR = _("Two-factor authentication")


class _AccountPage(AdminPage):
    """`here` is the entry of the account's navigation."""

    here = ""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {"here": self.here, **super().get_context_data(**context)}


class _FactorPage(_AccountPage):
    """A change of the second factors, which is in the audit log too, or is not made."""

    here = "factors"

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().post(request, *args, **options)  # type: ignore[misc]
        return response


class Factors(_FactorPage, base.IndexView):  # type: ignore[misc]
    """The second factors of the account."""

    template_name = "admin/panels/account/factors.html"
    title = _TWO_FACTOR

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = super().get_context_data(**context)
        factors = found["authenticators"]
        codes = factors.get(Authenticator.Type.RECOVERY_CODES)
        return found | {
            "app": factors.get(Authenticator.Type.TOTP),
            "passkeys": factors.get(Authenticator.Type.WEBAUTHN, []),
            "codes": codes,
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "is_required": must_add_factor(self.request),
            "has_unsaved_form": unsaved_forms.is_waiting(self.request),
        }


class AddApp(_FactorPage, totp.ActivateTOTPView):  # type: ignore[misc]
    template_name = "admin/panels/account/add_app.html"
    title = _("Set up an authenticator app")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _record_added(self.request, Authenticator.Type.TOTP)
        return response


class RemoveApp(_FactorPage, totp.DeactivateTOTPView):  # type: ignore[misc]
    template_name = "admin/panels/account/remove.html"
    title = _("Remove the authenticator app")

    def form_valid(self, form: Any) -> HttpResponse:
        _record_removed(self.request, self.authenticator)
        response: HttpResponse = super().form_valid(form)
        return response


class AddPasskey(_FactorPage, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """The key is kept on the device where that can be, so that it can be used without a password, too."""

    template_name = "admin/panels/account/add_passkey.html"
    title = _("Add a passkey")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = super().get_context_data(**context)
        options = found["js_data"]["creation_options"]
        options["publicKey"]["authenticatorSelection"] = {"residentKey": "preferred", "userVerification": "preferred"}
        return found | {"passkey_options": options}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _record_added(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemovePasskey(_FactorPage, webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    template_name = "admin/panels/account/remove.html"
    title = _("Remove the passkey")
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        _record_removed(self.request, self.get_object())
        response: HttpResponse = super().form_valid(form)
        return response


class RenamePasskey(_FactorPage, webauthn.EditWebAuthnView):  # type: ignore[misc]
    template_name = "admin/panels/account/rename_passkey.html"
    title = _("Rename the passkey")
    success_url = reverse_lazy("mfa_index")


class RecoveryCodes(_FactorPage, recovery_codes.ViewRecoveryCodesView):  # type: ignore[misc]
    template_name = "admin/panels/account/recovery_codes.html"
    title = _("Recovery codes")


class MakeRecoveryCodes(_FactorPage, recovery_codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "admin/panels/account/make_recovery_codes.html"
    title = _("New recovery codes")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_factor(Action.CODES_MADE, editor_of(self.request), None, by=editor_of(self.request))
        return response


class DownloadRecoveryCodes(recovery_codes.DownloadRecoveryCodesView):  # type: ignore[misc]
    template_name = "admin/panels/account/recovery_codes.txt"


class ConfirmByPassword(_AccountPage, ReauthenticateView):  # type: ignore[misc]
    template_name = "admin/panels/account/confirm.html"
    title = _("Confirm your identity")


class ConfirmByCode(_AccountPage, base.ReauthenticateView):  # type: ignore[misc]
    template_name = "admin/panels/account/confirm.html"
    title = _("Confirm your identity")


class ConfirmByPasskey(_AccountPage, webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    template_name = "admin/panels/account/confirm.html"
    title = _("Confirm your identity")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = super().get_context_data(**context)
        return found | {"passkey_options": found["js_data"]["request_options"]}

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, gettext("The passkey was not accepted. Try again."))
        return HttpResponseRedirect(self.request.get_full_path())


class Sessions(_AccountPage, TemplateView):
    """Where the account is logged in: one session, or all but this one, can be ended."""

    template_name = "admin/panels/account/sessions.html"
    title = _("Where you are logged in")
    here = "sessions"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        UserSession.objects.create_from_request(self.request)  # this one, if it began before there was this list
        found = UserSession.objects.purge_and_list(self.request.user)
        sessions = sorted(found, key=lambda one: (not one.is_current(), -one.created_at.timestamp()))
        return {**super().get_context_data(**context), "sessions": sessions}

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
        if (chosen := request.POST.get("session", "")) and chosen.isdecimal() and len(chosen) < 16:  # noqa: PLR2004
            others = others.filter(pk=chosen)
        elif "others" not in request.POST:
            others = others.none()
        ended = [session.end() for session in others]
        text = ngettext("%(count)d session ended.", "%(count)d sessions ended.", len(ended)) % {"count": len(ended)}
        messages.success(request, text)
        return HttpResponseRedirect(reverse("usersessions_list"))


def _record_added(request: HttpRequest, kind: str) -> None:
    factor = Authenticator.objects.filter(user=request.user, type=kind).order_by("-pk").first()
    record_factor(Action.TWO_FACTOR_ADDED, editor_of(request), factor, by=editor_of(request))


def _record_removed(request: HttpRequest, factor: Any) -> None:
    record_factor(Action.TWO_FACTOR_REMOVED, editor_of(request), factor, by=editor_of(request))
