"""Editing sessions: who has an event open, and their unsaved changes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event


class EditingSession(models.Model):
    """One editor's session on one event.

    `unsaved` is their unsaved input by form: the anchor of a passage, or another name for forms without one. It
    survives closed windows, expired log-ins and server restarts.
    """

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="editing_sessions", verbose_name=_("session")
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="editing_sessions", verbose_name=_("editor")
    )
    opened_at = models.DateTimeField(_("opened"))
    seen_at = models.DateTimeField(_("last active"))
    unsaved = models.JSONField(_("unsaved changes"), default=dict)

    class Meta:
        verbose_name = _("open editor")
        verbose_name_plural = _("open editors")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "editor"], name="editing_session_once_per_editor_and_event")
        ]

    def __str__(self) -> str:
        return f"{self.editor}: {self.event}"
