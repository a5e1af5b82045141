"""The addresses of signing in and of one's own account, under the names by which django-allauth knows them.

Their modules are imported with the first request for one of them: the libraries for passkeys would make every command
and every start of the server slower.
"""

from importlib import import_module
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from panels.admin import unsaved_forms


def _step(name: str) -> Any:
    """A page of signing in, by its name in `second_step`."""
    return _later("panels.admin.accounts.second_step", name)


def _page(name: str) -> Any:
    """A page for signed-in users, also before they have added a second factor that they must add."""
    view = _later("panels.admin.accounts.account_pages", name)
    return admin.site.admin_view(view, needs_factor=False)  # type: ignore[call-arg]


def _later(module: str, name: str) -> Any:
    def view(request: HttpRequest, *args: Any, **options: Any) -> Any:
        page: Any = getattr(import_module(module), name)
        return (page.as_view() if hasattr(page, "as_view") else page)(request, *args, **options)

    return view


urlpatterns: list[URLPattern] = [
    path("login/again/", _step("login_page"), name="account_login"),
    path("login/code/", _step("SecondStep"), name="mfa_authenticate"),
    path("login/passkey/", _step("PasskeyLogin"), name="mfa_login_webauthn"),
    path("login/<str:provider_id>/", _step("provider_login"), name="openid_connect_login"),
    path("login/<str:provider_id>/callback/", _step("provider_callback"), name="openid_connect_callback"),
    path("continue/", admin.site.admin_view(unsaved_forms.continue_view), name="admin_continue"),
    path("account/", _page("Factors"), name="mfa_index"),
    path("account/app/", _page("AddApp"), name="mfa_activate_totp"),
    path("account/app/remove/", _page("RemoveApp"), name="mfa_deactivate_totp"),
    path("account/passkeys/add/", _page("AddPasskey"), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", _page("RemovePasskey"), name="mfa_remove_webauthn"),
    path("account/passkeys/<int:pk>/rename/", _page("RenamePasskey"), name="mfa_edit_webauthn"),
    path("account/recovery-codes/", _page("RecoveryCodes"), name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", _page("MakeRecoveryCodes"), name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/file/", _page("DownloadRecoveryCodes"), name="mfa_download_recovery_codes"),
    path("account/confirm/", _page("ConfirmByPassword"), name="account_reauthenticate"),
    path("account/confirm/code/", _page("ConfirmByCode"), name="mfa_reauthenticate"),
    path("account/confirm/passkey/", _page("ConfirmByPasskey"), name="mfa_reauthenticate_webauthn"),
    path("account/sessions/", _page("Sessions"), name="usersessions_list"),
]
