"""Retired anchors, which are never used again, and the numbering of new ones."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event
from panels.transcript.anchors import Numbering


class RetiredAnchorManager(models.Manager["RetiredAnchor"]):
    def get_by_natural_key(self, event_slug: str, anchor: str) -> "RetiredAnchor":
        return self.get(event__slug=event_slug, anchor=anchor)


class RetiredAnchor(models.Model):
    """The anchor of a deleted question or answer. Triggers write it, however the row is deleted.

    `target` is the anchor of the passage that has its words now, as after a merge; empty if they are gone.
    """

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="retired_anchors", verbose_name=_("session")
    )
    anchor = models.CharField(_("anchor"), max_length=20)
    target = models.CharField(_("now at"), max_length=20, blank=True, default="", db_default="")

    objects: ClassVar[RetiredAnchorManager] = RetiredAnchorManager()

    class Meta:
        verbose_name = _("retired anchor")
        verbose_name_plural = _("retired anchors")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "anchor"], name="retired_anchor_once_per_event")
        ]

    def __str__(self) -> str:
        return self.anchor

    def natural_key(self) -> tuple[str, str]:
        return (self.event.slug, self.anchor)

    natural_key.dependencies = ["panels.event"]  # type: ignore[attr-defined]


def present_anchor(event_id: int, anchor: str) -> str:
    """The anchor at which the words of a deleted passage stand now, itself perhaps deleted; empty if they are gone."""
    targets = dict(RetiredAnchor.objects.filter(event=event_id).exclude(target="").values_list("anchor", "target"))
    seen: set[str] = set()
    while anchor in targets and anchor not in seen:
        seen.add(anchor)
        anchor = targets[anchor]
    return anchor if seen and anchor not in seen else ""


def next_anchor(event_id: int, prefix: str, live: "models.QuerySet[models.Model]") -> str:
    """`prefix` and one more than the highest number ever used in the event, by live or deleted passages.

    Locks the event's row until the transaction ends, so that two editors never get the same anchor.
    """
    Event.objects.select_for_update().values_list("pk").get(pk=event_id)
    retired = RetiredAnchor.objects.filter(event=event_id, anchor__startswith=prefix)
    given = [*live.values_list("anchor", flat=True), *retired.values_list("anchor", flat=True)]
    return Numbering(given).next(prefix)
