"""Read-only lists of records that Panels keeps itself: former URLs, retired anchors, drafts, schedules, comments."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panels.admin.shared.base import PanelsAdmin, link
from panels.models import Comment, FormerWording, ImportDraft
from panels.transcript.text import excerpt_of


class ReadOnlyAdmin(PanelsAdmin):
    """Visible to users who may view events."""

    is_read_only = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("panels.view_event")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RetiredAnchorAdmin(ReadOnlyAdmin):
    list_display = ("anchor", "event")
    list_select_related = ("event",)
    search_fields = ("anchor", "event__title")


class FormerSlugAdmin(ReadOnlyAdmin):
    list_display = ("slug", "target")
    list_select_related = ("target",)
    search_fields = ("slug",)


class VersionAdmin(ReadOnlyAdmin):
    list_display = ("event", "number", "changed_at")
    list_select_related = ("event",)
    search_fields = ("event__title",)


class ImportDraftAdmin(ReadOnlyAdmin):
    """Imported texts: the session saved from each, and a link to the page that compares it with its source."""

    list_display = ("text", "event", "stored_at", "created_by", "changed_at")
    list_display_links = None
    list_select_related = ("event", "created_by")
    search_fields = ("name", "event__title")
    fields = ("name", "format", "event", "stored_at", "created_by", "created_at", "changed_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("source", "parsed", "steps")

    @admin.display(description=_("text"), ordering="name")
    def text(self, import_draft: ImportDraft) -> SafeString:
        return link(reverse("admin:panels_event_import_preview", args=[import_draft.pk]), str(import_draft))


class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("event", "number", "created_at", "by", "why", "public")
    list_select_related = ("event", "by")
    search_fields = ("event__title", "why")
    fields = ("event", "number", "version", "public", "why", "by", "created_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("archive")


class EditingSessionAdmin(ReadOnlyAdmin):
    """Who is editing which session. Unsaved changes are shown only to the editor who made them."""

    list_display = ("editor", "event", "opened_at", "seen_at")
    list_select_related = ("editor", "event")
    search_fields = ("editor__username", "event__title")
    fields = ("editor", "event", "opened_at", "seen_at")


class ScheduleAdmin(ReadOnlyAdmin):
    """Schedules are set and cancelled on the event's page *Publication*."""

    list_display = ("event", "publish_at", "by")
    list_select_related = ("event", "by")
    search_fields = ("event__title",)


class PreviewLinkAdmin(ReadOnlyAdmin):
    """Preview links are created and revoked on the event's page *Publication*, which also shows their URL."""

    list_display = ("event", "reader", "expires_at", "revoked_at", "created_by")
    list_select_related = ("event", "created_by")
    search_fields = ("event__title", "reader")
    fields = ("event", "reader", "expires_at", "revoked_at", "created_at", "created_by")


class CommentAdmin(ReadOnlyAdmin):
    """All comments of editors, open and resolved. They are written and resolved in the session editor."""

    list_display = ("event", "anchor", "excerpt", "author", "created_at", "resolved_by")
    list_select_related = ("event", "author", "resolved_by")
    list_filter = (("resolved_at", admin.EmptyFieldListFilter),)
    search_fields = ("text", "event__title")

    @admin.display(description=_("comment"))
    def excerpt(self, comment: Comment) -> str:
        return excerpt_of(comment.text, length=80)


class FormerWordingAdmin(ReadOnlyAdmin):
    """Earlier wordings that readers can see. Users who may delete permanently can delete them here."""

    list_display = ("anchor", "event", "excerpt", "until")
    list_select_related = ("event",)
    search_fields = ("anchor", "text", "event__title")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("panels.purge_event")

    @admin.display(description=_("text"))
    def excerpt(self, wording: FormerWording) -> str:
        return excerpt_of(wording.text, length=80)
