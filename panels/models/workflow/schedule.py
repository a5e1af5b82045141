"""Schedules of publication."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event


class Schedule(models.Model):
    """The time at which an event will be published, and who set it; deleted when the event's status changes."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="schedule", verbose_name=_("session"))
    publish_at = models.DateTimeField(_("publish at"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("scheduled publication")
        verbose_name_plural = _("scheduled publications")

    def __str__(self) -> str:
        return f"{self.event}: {self.publish_at}"
