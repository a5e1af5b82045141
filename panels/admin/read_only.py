"""What the database keeps by itself, so that addresses never break: to look at, not to edit."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panels.admin.base import PanelsAdmin, link
from panels.models import Comment, FormerWording, ImportDraft
from panels.transcript.text import excerpt_of


class ReadOnlyAdmin(PanelsAdmin):
    """Shown to users who may view events."""

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
    """Texts that were brought in: what each became, and the page that shows it beside its source."""

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
    """Who is at work on what; what they have not saved is theirs, and offered to them alone."""

    list_display = ("editor", "event", "opened_at", "seen_at")
    list_select_related = ("editor", "event")
    search_fields = ("editor__username", "event__title")
    fields = ("editor", "event", "opened_at", "seen_at")


class ScheduleAdmin(ReadOnlyAdmin):
    """Set and taken back on the event's page *Publication*."""

    list_display = ("event", "publish_at", "by")
    list_select_related = ("event", "by")
    search_fields = ("event__title",)


class PreviewLinkAdmin(ReadOnlyAdmin):
    """Made and revoked on the event's page *Publication*; the address is shown to those who may make one."""

    list_display = ("event", "reader", "expires_at", "revoked_at", "created_by")
    list_select_related = ("event", "created_by")
    search_fields = ("event__title", "reader")
    fields = ("event", "reader", "expires_at", "revoked_at", "created_at", "created_by")


class CommentAdmin(ReadOnlyAdmin):
    """All that editors said to one another, settled or not; written and settled in the session."""

    list_display = ("event", "anchor", "excerpt", "author", "created_at", "resolved_by")
    list_select_related = ("event", "author", "resolved_by")
    list_filter = (("resolved_at", admin.EmptyFieldListFilter),)
    search_fields = ("text", "event__title")

    @admin.display(description=_("comment"))
    def excerpt(self, comment: Comment) -> str:
        return excerpt_of(comment.text, length=80)


class FormerWordingAdmin(ReadOnlyAdmin):
    """What readers find as the earlier wording; what must not stay there is deleted by who may delete for good."""

    list_display = ("anchor", "event", "excerpt", "until")
    list_select_related = ("event",)
    search_fields = ("anchor", "text", "event__title")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("panels.purge_event")

    @admin.display(description=_("text"))
    def excerpt(self, wording: FormerWording) -> str:
        return excerpt_of(wording.text, length=80)
