"""Mergers: two speakers, or two tags, that turned out to be one; kept, so that each can be undone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Merger(models.Model):
    """What became part of what. Numbers stand in place of references, because what is gone has no row.

    `moved` is what it takes to undo it: the row that is gone, which rows of which tables were led elsewhere, which were
    left out because what remains had the like, and what was filled in. `panels.merging` writes and reads it.
    """

    class Kind(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        TAG = "tag", _("tag")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    gone = models.PositiveBigIntegerField(_("key of what is gone"))
    gone_name = models.CharField(_("what is gone"), max_length=200)
    kept = models.PositiveBigIntegerField(_("key of what remains"))
    kept_name = models.CharField(_("what remains"), max_length=200)
    moved = models.JSONField(_("what moved"))
    at = models.DateTimeField(_("merged"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index("kind", "gone", name="merger_by_what_is_gone")]
        constraints: ClassVar = [
            models.CheckConstraint(name="merger_kind_is_known", condition=Q(kind__in=["speaker", "tag"])),
            models.CheckConstraint(name="merger_of_two", condition=~Q(gone=models.F("kept"))),
        ]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept_name}"
