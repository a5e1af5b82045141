"""Users and groups: Django's own pages, saved as safely as everything else."""

from typing import Any

from django.contrib.auth import admin as auth_admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from panels.admin.base import editor_of
from panels.admin.row_history import RowHistoryAdmin
from panels.admin.versioned_rows import version_in
from panels.editorial.history import row_history
from panels.editorial.history.row_history import RowConflictError, RowGoneError


class UserAdmin(RowHistoryAdmin, auth_admin.UserAdmin):  # type: ignore[type-arg]
    """The dates are kept by Django: a form that wrote them would undo a sign-in that happened meanwhile."""

    readonly_fields = ("last_login", "date_joined")
    add_form_template = "admin/panels/rows/add_user.html"
    change_user_password_template = "admin/panels/rows/change_password.html"  # noqa: S105

    @method_decorator(sensitive_post_parameters())
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 - Django's name
        """A new password; one that somebody else has just set is not replaced unseen."""
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
