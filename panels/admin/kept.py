"""What the database keeps by itself, so that addresses never break: to look at, not to edit."""

from typing import Any

from django.http import HttpRequest

from panels.admin.base import PanelsAdmin


class KeptAdmin(PanelsAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RetiredAnchorAdmin(KeptAdmin):
    list_display = ("anchor", "event")
    list_select_related = ("event",)
    search_fields = ("anchor", "event__title")


class FormerSlugAdmin(KeptAdmin):
    list_display = ("slug", "target")
    list_select_related = ("target",)
    search_fields = ("slug",)
