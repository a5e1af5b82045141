"""Merges of two speakers or two tags, recorded so that each can be undone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Merge(models.Model):
    """A merge of a source into a target. Both are plain numbers, because the source's row is deleted.

    `moved` holds the data to undo it: the deleted row, which rows of which tables were moved to the target, which were
    deleted as duplicates, and which fields were filled in. `panels.editorial.speakers_and_tags.merge` writes and reads
    it.
    """

    class Kind(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        TAG = "tag", _("tag")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    source_key = models.PositiveBigIntegerField(_("ID of the merged record"))
    source_name = models.CharField(_("merged record"), max_length=200)
    target_key = models.PositiveBigIntegerField(_("ID of the remaining record"))
    target_name = models.CharField(_("remaining record"), max_length=200)
    moved = models.JSONField(_("moved records"))
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering: ClassVar = ["-merged_at", "-pk"]
        indexes: ClassVar = [models.Index("kind", "source_key", name="merge_by_source")]
        constraints: ClassVar = [
            models.CheckConstraint(name="merge_kind_is_known", condition=Q(kind__in=["speaker", "tag"])),
            models.CheckConstraint(name="merge_of_two", condition=~Q(source_key=models.F("target_key"))),
        ]

    def __str__(self) -> str:
        return f"{self.source_name} → {self.target_name}"
