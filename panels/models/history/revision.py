"""Revisions: earlier states of whole events."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event


class Revision(models.Model):
    """An earlier state of an event, with its panel, questions, answers, tags and corrections.

    `archive` is the event's transcript as JSON archive, compressed. `people` maps the archive's names to the keys of
    the speakers, so that a speaker who has been renamed is recognised. `version` is the last version with this state.
    """

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, editable=False, related_name="revisions", verbose_name=_("session")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    version = models.PositiveBigIntegerField(_("version"), editable=False)
    archive = models.BinaryField(_("archive"))
    people = models.JSONField(_("people"), default=dict, editable=False)
    public = models.BooleanField(
        _("public"), default=False, editable=False, help_text=_("Whether this version was public.")
    )
    why = models.CharField(_("change"), max_length=200, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a session")
        verbose_name_plural = _("versions of sessions")
        ordering: ClassVar = ["event", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "number"], name="revision_number_once_per_event")
        ]
        indexes: ClassVar = [
            models.Index(fields=["event", "version"], name="revision_by_version"),
            models.Index(fields=["-created_at"], name="revision_newest"),
            models.Index(fields=["by", "-created_at"], name="revision_newest_of_editor"),
        ]

    def __str__(self) -> str:
        return str(self.number)
