"""The addresses of signing in and of one's own account, under the names by which django-allauth knows them."""

from typing import Any

from django.contrib import admin
from django.urls import URLPattern, path

from panels.admin import unsaved_forms
from panels.admin.accounts import account_pages, second_step


def _page(view: Any) -> Any:
    """A page for whoever is signed in, also before they have added the second factor that they need."""
    return admin.site.admin_view(view.as_view(), needs_factor=False)  # type: ignore[call-arg]


urlpatterns: list[URLPattern] = [
    path("login/again/", second_step.login_page, name="account_login"),
    path("login/code/", second_step.SecondStep.as_view(), name="mfa_authenticate"),
    path("login/passkey/", second_step.PasskeyLogin.as_view(), name="mfa_login_webauthn"),
    path("login/<str:provider_id>/", second_step.provider_login, name="openid_connect_login"),
    path("login/<str:provider_id>/callback/", second_step.provider_callback, name="openid_connect_callback"),
    path("continue/", admin.site.admin_view(unsaved_forms.continue_view), name="admin_continue"),
    path("account/", _page(account_pages.Factors), name="mfa_index"),
    path("account/app/", _page(account_pages.AddApp), name="mfa_activate_totp"),
    path("account/app/remove/", _page(account_pages.RemoveApp), name="mfa_deactivate_totp"),
    path("account/passkeys/add/", _page(account_pages.AddPasskey), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", _page(account_pages.RemovePasskey), name="mfa_remove_webauthn"),
    path("account/passkeys/<int:pk>/rename/", _page(account_pages.RenamePasskey), name="mfa_edit_webauthn"),
    path("account/recovery-codes/", _page(account_pages.RecoveryCodes), name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", _page(account_pages.MakeRecoveryCodes), name="mfa_generate_recovery_codes"),
    path(
        "account/recovery-codes/file/", _page(account_pages.DownloadRecoveryCodes), name="mfa_download_recovery_codes"
    ),
    path("account/confirm/", _page(account_pages.ConfirmByPassword), name="account_reauthenticate"),
    path("account/confirm/code/", _page(account_pages.ConfirmByCode), name="mfa_reauthenticate"),
    path("account/confirm/passkey/", _page(account_pages.ConfirmByPasskey), name="mfa_reauthenticate_webauthn"),
    path("account/sessions/", _page(account_pages.Sessions), name="usersessions_list"),
]
