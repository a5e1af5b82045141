"""Reset a forgotten password with a link sent by mail. The page exists only if `EMAIL_URL` is set."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import URLPattern, path

from panels.admin.accounts.pages import AdminPage

_PAUSE = 5 * 60  # seconds between two mails to one account


class _ResetForm(PasswordResetForm):
    """Links begin with `SITE_URL`, whichever host was requested: otherwise a forged host could redirect them."""

    def get_users(self, email: str) -> Iterable[User]:
        for user in super().get_users(email):
            if cache.add(f"password-reset:{user.pk}", "sent", _PAUSE):
                yield user

    def save(self, **options: Any) -> None:  # type: ignore[override]
        if settings.SITE_URL:
            site = urlsplit(settings.SITE_URL)
            options |= {"domain_override": site.netloc, "use_https": site.scheme == "https"}
            options["extra_email_context"] = {"site_name": settings.SITE_NAME}
        super().save(**options)


class PasswordReset(AdminPage, views.PasswordResetView):
    form_class = _ResetForm


class PasswordResetDone(AdminPage, views.PasswordResetDoneView):
    pass


class PasswordResetConfirm(AdminPage, views.PasswordResetConfirmView):
    pass


class PasswordResetComplete(AdminPage, views.PasswordResetCompleteView):
    pass


urlpatterns: list[URLPattern] = [
    path("password-reset/", PasswordReset.as_view(), name="admin_password_reset"),
    path("password-reset/sent/", PasswordResetDone.as_view(), name="password_reset_done"),
    path("password-reset/<uidb64>/<token>/", PasswordResetConfirm.as_view(), name="password_reset_confirm"),
    path("password-reset/done/", PasswordResetComplete.as_view(), name="password_reset_complete"),
]
