"""The version of an event: a number that the database raises with every change."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event


class VersionManager(models.Manager["Version"]):
    def get_by_natural_key(self, event_slug: str) -> "Version":
        return self.get(event__slug=event_slug)


class Version(models.Model):
    """A number that increases whenever anything on an event's own pages changes, however it was written.

    Triggers increase it (`version_triggers`), in the transaction that changes the text: a cached page or an open form
    is current if the version is still the same. Numbers may be skipped; they never decrease. It has a table of its own
    so that no save of an event can write an old number.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, related_name="version", editable=False, verbose_name=_("session")
    )
    number = models.PositiveBigIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("last changed"), editable=False)

    objects: ClassVar[VersionManager] = VersionManager()

    class Meta:
        verbose_name = _("current version")
        verbose_name_plural = _("current versions")

    def __str__(self) -> str:
        return str(self.number)

    def natural_key(self) -> tuple[str]:
        return self.event.natural_key()

    natural_key.dependencies = ["panels.event"]  # type: ignore[attr-defined]
