"""Panelists: a speaker at one event, with the office of that day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panels.models.base import PreparedModel, next_place
from panels.models.event import Event
from panels.models.speaker import Speaker


class PanelistManager(models.Manager["Panelist"]):
    def get_by_natural_key(self, event_slug: str, speaker_slug: str) -> "Panelist":
        return self.get(event__slug=event_slug, speaker__slug=speaker_slug)


class Panelist(PreparedModel):
    """A speaker at one event: role, job title and organisation as of that day, in the source's order."""

    class Role(models.TextChoices):
        MODERATOR = "moderator", _("moderator")
        PANELIST = "panelist", _("panelist")
        HOST = "host", _("host")
        AUDIENCE = "audience", _("audience")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="panelists", verbose_name=_("session"))
    speaker = models.ForeignKey(Speaker, on_delete=models.RESTRICT, related_name="panelists", verbose_name=_("speaker"))
    position = models.PositiveIntegerField(
        _("position"),
        blank=True,
        help_text=_("In the order of the source, starting at 1. Leave empty to add at the end."),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.PANELIST)
    title = models.CharField(_("job title"), max_length=300, blank=True, help_text=_("At the time of the session."))
    organisation = models.CharField(
        _("organisation"), max_length=300, blank=True, help_text=_("At the time of the session.")
    )

    objects: ClassVar[PanelistManager] = PanelistManager()

    class Meta:
        verbose_name = _("panelist")
        verbose_name_plural = _("panelists")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "speaker"],
                name="panelist_once_per_event",
                violation_error_message=_("This speaker is already a panelist."),
            ),
            models.CheckConstraint(
                name="panelist_role_is_known",
                condition=Q(role__in=["moderator", "panelist", "host", "audience"]),
                violation_error_message=_("Role must be moderator, panelist, host or audience."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.speaker)

    def natural_key(self) -> tuple[str, str]:
        return (self.event.slug, self.speaker.slug)

    natural_key.dependencies = ["panels.event", "panels.speaker"]  # type: ignore[attr-defined]

    def prepare(self) -> None:
        if self.position is None:
            self.position = next_place(Panelist.objects.filter(event=self.event_id), "position")

    @property
    def office(self) -> str:
        """The job title and organisation of that day, as far as known."""
        return ", ".join(part for part in (self.title, self.organisation) if part)
