"""Intakes: texts on their way in, and what became of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event
from panels.text import excerpt_of


class Intake(models.Model):
    """A text as it was given, what a reader understood of it, and what an editor has settled since.

    It outlives closed windows and restarts, and stays when the event is stored: what the reader did not
    understand can still be looked up. `understood` is a transcript as JSON archive, `steps` are those of
    `panels.editing`, `answers` what else was settled: title, date, who is who.
    """

    name = models.CharField(_("file"), max_length=255, blank=True, editable=False)
    source = models.BinaryField(_("source"))
    format = models.CharField(_("format"), max_length=40, editable=False)
    understood = models.TextField(_("understood"), editable=False)
    steps = models.JSONField(_("steps"), default=list, editable=False)
    answers = models.JSONField(_("settled"), default=dict, editable=False)
    event = models.ForeignKey(
        Event,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="intakes",
        verbose_name=_("event"),
        help_text=_("Whose text it is; before it is stored, the event that it shall be laid onto."),
    )
    stored_at = models.DateTimeField(_("stored"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("brought by"),
    )
    created_at = models.DateTimeField(_("brought"), auto_now_add=True)
    changed_at = models.DateTimeField(_("last worked on"), auto_now=True)

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering: ClassVar = ["-changed_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["created_by", "-changed_at"], condition=models.Q(stored_at=None), name="intake_unfinished"
            )
        ]

    def __str__(self) -> str:
        title = self.answers.get("title") if isinstance(self.answers, dict) else ""
        return excerpt_of(str(title or self.name or self.pk), length=200)
