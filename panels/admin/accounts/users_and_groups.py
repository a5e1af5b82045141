"""Users and groups: Django's own pages, with versions and conflict checks."""

from typing import Any

from django.contrib.auth import admin as auth_admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from panels.admin.row_history import RowHistoryAdmin
from panels.admin.shared.base import editor_of
from panels.admin.shared.versioned_rows import version_in
from panels.editorial.history import row_history
from panels.editorial.history.row_history import RowConflictError, RowGoneError


class UserAdmin(RowHistoryAdmin, auth_admin.UserAdmin):  # type: ignore[type-arg]
    """Django sets the dates: a form that saved them would undo a sign-in that happened in the meantime."""

    readonly_fields = ("last_login", "date_joined")
    add_form_template = "admin/panels/rows/add_user.html"
    change_user_password_template = "admin/panels/rows/change_password.html"  # noqa: S105

    @method_decorator(sensitive_post_parameters())
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 - Django's name
        """Set a new password, unless somebody else has just set one."""
        if request.method != "POST":
            response: Any = super().user_change_password(request, id, form_url)
            return self._with_version_read(request, response)
        if not self.has_change_permission(request):
            raise PermissionDenied
        key = self.key_of(id)
        try:
            with row_history.changing(self.model, key, version=version_in(request), by=editor_of(request)):
                response = super().user_change_password(request, id, form_url)
                return self._with_version_read(request, response)
        except (RowConflictError, RowGoneError) as error:
            return self.led_back(request, error)

    def _with_version_read(self, request: HttpRequest, response: Any) -> HttpResponse:
        if getattr(response, "context_data", None) is not None:
            response.context_data["version"] = request.row_read.version  # type: ignore[attr-defined]
        return response  # type: ignore[no-any-return]


class GroupAdmin(RowHistoryAdmin, auth_admin.GroupAdmin):
    pass
