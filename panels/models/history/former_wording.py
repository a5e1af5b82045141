"""Former wordings: the public text of a passage before it was changed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event
from panels.models.history.correction import Correction


class FormerWording(models.Model):
    """The text of a passage of a published event until a change, and its named speaker ("" if unattributed).

    `correction` is the public note on the change; None if the change was marked as not affecting the meaning.
    """

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="former_wordings", verbose_name=_("session")
    )
    anchor = models.CharField(_("anchor"), max_length=20)
    text = models.TextField(_("text"))
    speaker = models.CharField(_("speaker"), max_length=200, blank=True)
    until = models.DateTimeField(_("until"), default=timezone.now)
    correction = models.ForeignKey(
        Correction,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="former_wordings",
        verbose_name=_("correction"),
    )

    class Meta:
        verbose_name = _("earlier wording")
        verbose_name_plural = _("earlier wordings")
        ordering: ClassVar = ["event", "anchor", "-until", "-pk"]
        indexes: ClassVar = [models.Index(fields=["event", "anchor"], name="former_wording_of_passage")]

    def __str__(self) -> str:
        return f"{self.anchor}: {self.text}"
