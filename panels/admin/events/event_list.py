"""The list of events in the admin."""

from django.contrib.admin.views.main import ChangeList
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from panels.admin.shared.base import PanelsAdmin


def session_list(admin: PanelsAdmin, request: HttpRequest) -> type[ChangeList]:
    """A list whose titles link to the session editor, or to the details for users who may only view."""

    class SessionList(ChangeList):
        def url_for_result(self, result: Model) -> str:
            if self.is_popup or not admin.has_change_permission(request, result):
                return str(super().url_for_result(result))
            return reverse("admin:panels_event_editor", args=[result.pk])

    return SessionList
