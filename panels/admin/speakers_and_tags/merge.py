"""Speakers and tags kept tidy: likely duplicates listed, two merged after a look at what moves, and undone again."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.row_history import RowHistoryAdmin
from panels.admin.shared.base import editor_of
from panels.admin.shared.read_only import ReadOnlyAdmin
from panels.admin.shared.versioned_rows import again_if_beaten, message_of, version_in
from panels.editorial.history import row_history
from panels.editorial.history.row_history import RowConflictError, RowGoneError
from panels.editorial.speakers_and_tags.duplicates import likely_duplicates
from panels.editorial.speakers_and_tags.merge import MergeError, merge, plan_merge, undo
from panels.models import Merge, Speaker

_LISTED = 200
_AT_ONCE = 20


class MergeableAdmin(RowHistoryAdmin):
    """For speakers and tags. A user who may delete one may merge it into another."""

    keeps_deleted = True
    change_list_template = "admin/panels/merging/change_list.html"
    actions = ("delete_selected", "merge_selected")

    def get_urls(self) -> list[Any]:
        model = self.opts.model_name
        duplicates = self.admin_site.admin_view(partial(duplicates_view, self))
        merging = self.admin_site.admin_view(partial(merge_view, self))
        return [
            path("duplicates/", duplicates, name=f"panels_{model}_duplicates"),
            path("merge/", merging, name=f"panels_{model}_merge"),
            *super().get_urls(),
        ]

    @admin.action(description=_("Merge selected"), permissions=["delete"])
    def merge_selected(self, request: HttpRequest, chosen: "QuerySet[Any]") -> HttpResponse:
        ids = ",".join(str(pk) for pk in chosen.values_list("pk", flat=True)[:_AT_ONCE])
        return HttpResponseRedirect(f"{reverse(f'admin:panels_{self.opts.model_name}_merge')}?of={ids}")


class MergeAdmin(ReadOnlyAdmin):
    """The merges, each with a button that undoes it."""

    change_form_template = "admin/panels/merging/merge_done.html"
    list_display = ("__str__", "kind", "merged_at", "by", "undone_at")
    list_select_related = ("by",)
    list_filter = ("kind",)
    search_fields = ("source_name", "target_name")
    fields = ("kind", "source_name", "target_name", "merged_at", "by", "undone_at")

    def get_urls(self) -> list[Any]:
        undoing = self.admin_site.admin_view(undo_view)
        return [path("<int:pk>/undo/", undoing, name="panels_merge_undo"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        merge_record = kwargs.get("obj")
        context["may_undo"] = (
            merge_record is not None and merge_record.undone_at is None and _may(request, merge_record.kind)
        )
        return super().render_change_form(request, context, *args, **kwargs)


def duplicates_view(admin: MergeableAdmin, request: HttpRequest) -> HttpResponse:
    """Pairs that may be one."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    people = admin.model is Speaker
    rows = admin.model.objects.order_by("sort_key", "slug")
    rows = rows.identified() if people else rows
    named = ((one, [one.name, getattr(one, "original_name", "")]) for one in rows.iterator())
    pairs = likely_duplicates(named, people=people)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Likely duplicates"),
        "pairs": pairs[:_LISTED],
        "more": max(0, len(pairs) - _LISTED),
        "may_merge": admin.has_delete_permission(request),
    }
    return render(request, "admin/panels/merging/duplicates.html", context)


def merge_view(admin: MergeableAdmin, request: HttpRequest) -> HttpResponse:
    """`?of=3,5` shows what would move, `&into=5` into which; a POST of the same does it."""
    if not admin.has_delete_permission(request):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    chosen = list(admin.get_queryset(request).filter(pk__in=_numbers(asked.get("of", ""))).order_by("pk"))
    if len(chosen) < 2:  # noqa: PLR2004
        messages.warning(request, gettext("Select at least two to merge."))
        return HttpResponseRedirect(reverse(f"admin:panels_{admin.opts.model_name}_changelist"))
    kept = next((one for one in chosen if str(one.pk) == asked.get("into")), chosen[0])
    going = [one for one in chosen if one != kept]
    if request.method == "POST":
        return again_if_beaten(partial(_merge, admin, request, kept, going))
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Merge"),
        "chosen": chosen,
        "kept": kept,
        "of": _listed(chosen),
        "version": row_history.version_of(*chosen),
        "plans": [(one, plan_merge(one, kept)) for one in going],
    }
    return render(request, "admin/panels/merging/merge.html", context)


def _merge(admin: MergeableAdmin, request: HttpRequest, kept: Any, going: list[Any]) -> HttpResponse:
    """Merge all of them, or none if any has changed since the page was made."""
    try:
        with transaction.atomic():
            row_history.checked(admin.model, [one.pk for one in (kept, *going)], version_in(request))
            merges = [merge(one, kept, by=editor_of(request)) for one in going]
    except (RowConflictError, RowGoneError, MergeError) as error:
        messages.error(request, str(error) if isinstance(error, MergeError) else message_of(error))
        return HttpResponseRedirect(f"{request.path}?of={_listed([kept, *going])}&into={kept.pk}")
    for merge_record in merges:
        told = gettext("Merged: %(merge)s") % {"merge": merge_record}
        undoing = reverse("admin:panels_merge_change", args=[merge_record.pk])
        messages.success(request, format_html('{} <a href="{}">{}</a>', told, undoing, gettext("Undo merge")))
    return HttpResponseRedirect(reverse(f"admin:panels_{admin.opts.model_name}_change", args=[kept.pk]))


def undo_view(request: HttpRequest, pk: int) -> HttpResponse:
    merge_record = get_object_or_404(Merge, pk=pk)
    if not _may(request, merge_record.kind):
        raise PermissionDenied
    if request.method == "POST":
        try:
            back = undo(merge_record, by=editor_of(request))
        except MergeError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("Merge undone: “%(name)s” restored.") % {"name": back.name})
    return HttpResponseRedirect(reverse("admin:panels_merge_change", args=[pk]))


def _may(request: HttpRequest, kind: str) -> bool:
    return request.user.has_perm(f"panels.delete_{kind}")


def _listed(rows: list[Any]) -> str:
    return ",".join(str(one.pk) for one in rows)


def _numbers(written: str) -> list[int]:
    """Keys, as many as are merged at once."""
    return [int(one) for one in written.split(",") if one.isdecimal() and len(one) < 16][:_AT_ONCE]  # noqa: PLR2004
