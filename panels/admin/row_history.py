"""History pages of speakers, tags, users and groups: list, compare and restore versions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.shared.base import editor_of
from panels.admin.shared.read_only import ReadOnlyAdmin
from panels.admin.shared.versioned_rows import VersionedRowAdmin, message_of, version_in
from panels.editorial.history import row_history
from panels.editorial.history.row_history import Reason, RowConflictError, RowGoneError
from panels.editorial.history.row_restore import RestoreError, deleted, restore, restore_deleted
from panels.models import RowRevision

_SHOWN = 50


class RowHistoryAdmin(VersionedRowAdmin):
    """Adds the pages History and Compare; for speakers and tags also the list of those deleted."""

    keeps_deleted = False

    def get_urls(self) -> list[Any]:
        urls = super().get_urls()
        if self.keeps_deleted:
            name = f"{self.opts.app_label}_{self.opts.model_name}_deleted"
            urls.insert(0, path("deleted/", self.admin_site.admin_view(self.deleted_view), name=name))
        return urls

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The versions, newest first; `?old=3&new=5` compares two; a POST of `restore=3` restores one."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return HistoryPage(self, request, self.key_of(object_id)).answer()

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """Deleted rows that can be restored."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        page = Paginator(deleted(self.model), _SHOWN).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Deleted"),
            "page": page,
            "may_restore": self.may_restore_deleted(request),
        }
        return render(request, "admin/panels/rows/deleted.html", context)

    def may_restore_deleted(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)


class HistoryPage:
    """The history of one row, whether it is still stored or deleted."""

    def __init__(self, admin: RowHistoryAdmin, request: HttpRequest, key: int) -> None:
        self.admin, self.request, self.key = admin, request, key

    def answer(self) -> HttpResponse:
        if self.row is None and not self.revisions.exists():
            raise Http404
        if self.request.method == "POST":
            return self._restore(self._numbered(self.request.POST.get("restore", "")))
        if self.request.GET.get("new"):
            return self._compare()
        page = Paginator(self.revisions, _SHOWN).get_page(self.request.GET.get("page"))
        return self._page("history.html", {"page": page})

    @cached_property
    def row(self) -> Any:
        """The stored row, after recording its state if necessary. The lock ends with that."""
        with transaction.atomic():
            rows = row_history.lock(self.admin.model, [self.key])
            for row in rows:
                row_history.ensure_recorded(row)
        return rows[0] if rows else None

    @property
    def revisions(self) -> Any:
        return row_history.revisions(self.admin.model, self.key)

    def _numbered(self, written: str) -> RowRevision:
        number = int(written) if written.isdecimal() and len(written) < 9 else 0  # noqa: PLR2004 - no row has as many
        found: RowRevision = get_object_or_404(self.revisions, number=number)
        return found

    def _compare(self) -> HttpResponse:
        new = self._numbered(self.request.GET.get("new", ""))
        chosen = self.request.GET.get("old") or str(max(new.number - 1, 1))
        old = self._numbered(chosen)
        if old.number > new.number:
            old, new = new, old
        changes = row_history.compare(self.admin.model, old.values, new.values)
        return self._page("compare.html", {"old": old, "new": new, "changes": changes})

    def _restore(self, revision: RowRevision) -> HttpResponse:
        if not self.admin.has_change_permission(self.request):
            raise PermissionDenied
        by = editor_of(self.request)
        try:
            if self.request.POST.get("deleted"):
                self._restore_deleted(revision)
            else:
                restore(revision, version=version_in(self.request), by=by)
        except (RestoreError, RowGoneError, RowConflictError) as error:
            messages.error(self.request, str(error) if isinstance(error, RestoreError) else message_of(error))
        except IntegrityError:
            messages.error(self.request, gettext("Someone else did this first. Nothing was changed."))
        else:
            messages.success(self.request, gettext("Version %(number)s restored") % {"number": revision.number})
        return HttpResponseRedirect(self._address)

    def _restore_deleted(self, revision: RowRevision) -> None:
        if not self.admin.may_restore_deleted(self.request):
            raise PermissionDenied
        restore_deleted(revision, by=editor_of(self.request))

    @property
    def _address(self) -> str:
        meta = self.admin.opts
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[self.key])

    def _page(self, name: str, context: dict[str, Any]) -> HttpResponse:
        last = self.revisions.first()
        is_deleted = self.row is None and last is not None and last.reason == Reason.DELETED
        may_change = self.admin.has_change_permission(self.request)
        shared = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "title": _("History"),
            "subtitle": str(self.row or last),
            "key": self.key,
            "original": self.row,
            "absolute_url": self.admin.get_view_on_site_url(self.row) if self.row else None,
            "last": last,
            "is_deleted": is_deleted,
            "may_restore": self.admin.may_restore_deleted(self.request) if is_deleted else self.row and may_change,
            "version": row_history.version_of(self.row) if self.row else "",
        }
        return render(self.request, f"admin/panels/rows/{name}", shared | context)


class RowRevisionAdmin(ReadOnlyAdmin):
    """Versions of the rows that the user may view, read-only. They are restored on the History pages."""

    list_display = ("name", "model", "number", "created_at", "by", "reason", "note")
    list_select_related = ("by",)
    list_filter = ("model", "reason")
    search_fields = ("name", "note")
    fields = ("model", "key", "number", "name", "reason", "note", "by", "created_at")
    ordering = ("-created_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        admins = self.admin_site._registry.items()
        seen = [row_history.label_of(model) for model, one in admins if one.has_view_permission(request)]
        return super().get_queryset(request).filter(model__in=seen)
