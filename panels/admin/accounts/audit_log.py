"""The audit log, to be read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from panels.admin.shared.read_only import ReadOnlyAdmin
from panels.models import AuditEntry


class AuditEntryAdmin(ReadOnlyAdmin):
    """Visible to users who may view accounts."""

    list_display = ("at", "by", "action", "subject_name", "details")
    list_filter = ("action",)
    search_fields = ("by_name", "subject_name", "details")
    date_hierarchy = "at"
    fields = ("at", "by_name", "action", "subject_name", "details")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("auth.view_user")

    @admin.display(description=_("by"), ordering="by_name")
    def by(self, entry: AuditEntry) -> str:
        return entry.by_name or "–"
