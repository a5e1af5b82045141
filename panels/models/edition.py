"""Editions: which state of an event's record one looks at, counted by the database."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event


class EditionManager(models.Manager["Edition"]):
    def get_by_natural_key(self, event_slug: str) -> "Edition":
        return self.get(event__slug=event_slug)


class Edition(models.Model):
    """A number that grows whenever anything on an event's own pages changes, by whatever way it was written.

    Triggers keep it (`edition_triggers`), in the transaction that changes the words: who kept a page or a form
    of edition n needs only to ask whether it is still n. Numbers may be left out; they never go back. It stands
    in a table of its own so that no save of an event can write an old number.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, related_name="edition", editable=False, verbose_name=_("event")
    )
    number = models.PositiveBigIntegerField(_("edition"), default=1, editable=False)
    changed_at = models.DateTimeField(_("last changed"), editable=False)

    objects: ClassVar[EditionManager] = EditionManager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return str(self.number)

    def natural_key(self) -> tuple[str]:
        return self.event.natural_key()

    natural_key.dependencies = ["panels.event"]  # type: ignore[attr-defined]
