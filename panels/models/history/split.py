"""Splits of a speaker who was several people, recorded so that each can be undone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Split(models.Model):
    """Sessions of a source that were given to a target. Both are plain numbers, because either may be deleted later.

    `moved` is what it takes to undo it: which rows of which tables were given away, which were left out because the
    target had the like, and what the source was called before. `panels.editorial.speakers_and_tags.split` writes and
    reads it.

    With the target `LABELS`, each session got a label of its own; see `panels.editorial.speakers_and_tags.labels`.
    """

    LABELS = 0

    source_key = models.PositiveBigIntegerField(_("ID of the speaker"))
    source_name = models.CharField(_("speaker"), max_length=300)
    target_key = models.PositiveBigIntegerField(_("ID of the other speaker"))
    target_name = models.CharField(_("split off"), max_length=300)
    moved = models.JSONField(_("moved records"))
    split_at = models.DateTimeField(_("split on"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("split of a speaker")
        verbose_name_plural = _("splits of speakers")
        ordering: ClassVar = ["-split_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="split_into_two", condition=~models.Q(source_key=models.F("target_key"))),
        ]

    def __str__(self) -> str:
        return f"{self.source_name} → {self.target}"

    @property
    def is_into_labels(self) -> bool:
        return self.target_key == Split.LABELS

    @property
    def target(self) -> str:
        """Whom the sessions were given to, in words."""
        if not self.is_into_labels:
            return self.target_name
        count = len(self.moved["labels"])
        return ngettext("label in %(count)d session", "labels in %(count)d sessions", count) % {"count": count}
