"""Lists of objects that are edited on the page of their event: rows, and URLs of former forms, lead there."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from panels.admin.shared.base import PanelsAdmin
from panels.admin.shared.versioned_admin import EventPermissionMixin
from panels.models import Answer, Event, Question


class ListOnlyAdmin(EventPermissionMixin, PanelsAdmin):
    """A list with search, filters and actions. Its objects are added, edited and deleted on a page of their event."""

    is_read_only = True

    def editing_url(self, request: HttpRequest, obj: Any) -> str:
        """The URL where a row is edited: the event's details, unless a subclass overrides it."""
        return reverse("admin:panels_event_change", args=[obj.event_id])

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leaves out everything in an event in trash."""
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
        """Redirect from a former form's URL. A form that is still sent there is refused, as nothing would be saved."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        obj = get_object_or_404(self.get_queryset(request).select_related("event"), pk=pk)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        return HttpResponseRedirect(self.editing_url(request, obj))


class PassageListAdmin(ListOnlyAdmin):
    """A list of questions or answers, which are edited in the session editor."""

    def editing_url(self, request: HttpRequest, obj: Question | Answer) -> str:
        """Users who may only view are sent to where the passage can be read."""
        if self.has_change_permission(request, obj):
            return f"{reverse('admin:panels_event_editor', args=[obj.event_id])}?edit={obj.anchor}#{obj.anchor}"
        if obj.event.is_public:
            return obj.get_absolute_url()
        return f"{reverse('admin:panels_event_preview', args=[obj.event_id])}?at={obj.anchor}#{obj.anchor}"
