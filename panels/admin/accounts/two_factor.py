"""Whether somebody has to add a second factor before they go on."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from panels.admin import unsaved_forms
from panels.admin.signed_out import is_form_of_a_browser

_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def must_add_factor(request: HttpRequest) -> bool:
    """Whether `TWO_FACTOR_REQUIRED_FOR` asks one of this user, who has none.

    Superusers may do what any group may. Who came by single sign-on proved there what the provider asks for.
    """
    required, user = settings.TWO_FACTOR_REQUIRED_FOR, request.user
    if not required or not isinstance(user, User):
        return False
    records = get_authentication_records(request, user)
    if any(record["method"] == "socialaccount" for record in records):
        return False
    if not user.is_superuser and not user.groups.filter(name__in=required).exists():
        return False
    return not Authenticator.objects.filter(user=user, type__in=_FACTORS).exists()


def ask_for_factor(request: HttpRequest) -> HttpResponse | None:
    """The way to add one, if it is due; a form that was sent is kept. None if the page may be shown."""
    if not must_add_factor(request):
        return None
    if is_form_of_a_browser(request):
        unsaved_forms.keep(request, request.user)
    messages.warning(request, _("Your role requires a second factor. Add one to continue."))
    return HttpResponseRedirect(reverse("mfa_index"))
