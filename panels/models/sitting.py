"""Sittings: who is at work on an event, and what they typed and have not saved."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event


class Sitting(models.Model):
    """One editor at one event.

    `unsaved` is what they typed and have not saved, by form: the anchor of a passage, or another name for what has
    none. It outlives closed windows, lost log-ins and restarts of the server.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sittings", verbose_name=_("event"))
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sittings", verbose_name=_("editor")
    )
    opened_at = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last seen"))
    unsaved = models.JSONField(_("not saved"), default=dict)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "editor"], name="sitting_once_per_editor_and_event")
        ]

    def __str__(self) -> str:
        return f"{self.editor}: {self.event}"
