"""What is part of a session: every save on the desk is recorded in the event's history."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse

from panels import history
from panels.admin.base import PanelsAdmin
from panels.models import Event


class RecordedAdmin(PanelsAdmin):
    """Keeps the state that a save or a deletion finds, and records the one that it leaves."""

    def event_of(self, obj: Any) -> Event:
        event: Event = obj if isinstance(obj, Event) else obj.event
        return event

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            found = self.get_object(request, object_id) if object_id else None
            if found is not None:
                history.keep(self.event_of(found))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._record(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._record(request, obj)
        return super().log_change(request, obj, message)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            event = self.event_of(obj)
            history.keep(event)
            super().delete_model(request, obj)
            self._record(request, event)

    def delete_queryset(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> None:
        with transaction.atomic():
            events = {event.pk: event for event in map(self.event_of, queryset)}
            for event in events.values():
                history.keep(event)
            super().delete_queryset(request, queryset)
            for event in events.values():
                self._record(request, event)

    def _record(self, request: HttpRequest, obj: Any) -> None:
        """An event that is gone has no history."""
        event = self.event_of(obj)
        if event.pk is not None and Event.objects.filter(pk=event.pk).exists():
            assert isinstance(request.user, AbstractBaseUser)  # noqa: S101 - the admin lets nobody else in
            history.record(event, by=request.user)
