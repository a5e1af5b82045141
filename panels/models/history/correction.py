"""Corrections: public notes on changes after publication."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panels.models.base import PreparedModel, next_place
from panels.models.event import Event
from panels.models.validators import validate_anchor


class CorrectionManager(models.Manager["Correction"]):
    def get_by_natural_key(self, event_slug: str, number: int) -> "Correction":
        return self.get(event__slug=event_slug, number=number)


class Correction(PreparedModel):
    """A dated public note on a published event, numbered within it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("session"))
    number = models.PositiveIntegerField(_("number"), blank=True, editable=False)
    date = models.DateField(_("date"), default=timezone.localdate)
    anchor = models.CharField(
        _("passage"),
        max_length=20,
        blank=True,
        validators=[validate_anchor],
        help_text=_("The anchor of the question or answer, such as q3-a2. Leave empty for the whole session."),
    )
    note = models.TextField(
        _("note"),
        help_text=_("What was changed and why, for readers. Markdown."),
    )

    objects: ClassVar[CorrectionManager] = CorrectionManager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering: ClassVar = ["event", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="correction_number_once_per_event",
                violation_error_message=_("Another correction of this session has this number."),
            ),
            models.CheckConstraint(name="correction_has_note", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.note}"

    def natural_key(self) -> tuple[str, int]:
        return (self.event.slug, self.number)

    natural_key.dependencies = ["panels.event"]  # type: ignore[attr-defined]

    def prepare(self) -> None:
        if self.number is None:
            self.number = next_place(Correction.objects.filter(event=self.event_id), "number")
