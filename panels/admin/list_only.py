"""Lists of what is part of an event, and edited there: rows and the URLs of former forms lead to the event's page."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from panels.admin.base import PanelsAdmin
from panels.admin.versioned_admin import EventPermissionMixin
from panels.models import Answer, Event, Question


class ListOnlyAdmin(EventPermissionMixin, PanelsAdmin):
    """A list with search, filters and actions. What it lists is added, edited and deleted on a page of its event."""

    is_read_only = True

    def editing_url(self, request: HttpRequest, obj: Any) -> str:
        """Where a row is edited: unless a subclass says otherwise, in the event's details."""
        return reverse("admin:panels_event_change", args=[obj.event_id])

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without what belongs to an event in the bin."""
        return super().get_queryset(request).exclude(event__status=Event.Status.BINNED)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        admin = self

        class EventPartList(ChangeList):
            def url_for_result(self, result: Model) -> str:
                return admin.editing_url(request, result)

        return EventPartList

    def get_urls(self) -> list[Any]:
        model = self.opts.model_name
        lead, changelist = self.admin_site.admin_view(self.lead), self.admin_site.admin_view(self.changelist_view)
        return [
            path("", changelist, name=f"panels_{model}_changelist"),
            path("<int:pk>/change/", lead, name=f"panels_{model}_change"),
            path("<int:pk>/history/", lead, name=f"panels_{model}_history"),
            path("<int:pk>/", lead),
        ]

    def lead(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead from a former form's URL. What such a form still sends is refused: nothing would be saved."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        obj = get_object_or_404(self.get_queryset(request).select_related("event"), pk=pk)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        return HttpResponseRedirect(self.editing_url(request, obj))


class PassageListAdmin(ListOnlyAdmin):
    """Of questions and answers, which are edited in the session."""

    def editing_url(self, request: HttpRequest, obj: Question | Answer) -> str:
        """Users who may only view are redirected to where the passage can be read."""
        if self.has_change_permission(request, obj):
            return f"{reverse('admin:panels_event_editor', args=[obj.event_id])}?edit={obj.anchor}#{obj.anchor}"
        if obj.event.is_public:
            return obj.get_absolute_url()
        return f"{reverse('admin:panels_event_preview', args=[obj.event_id])}?at={obj.anchor}#{obj.anchor}"
