"""Row revisions: earlier states of rows outside events, such as speakers and tags."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RowRevision(models.Model):
    """An earlier state of a row. `panels.editorial.history.row_history` writes and reads it.

    `model` and `key` are used instead of a reference, because the history of a deleted speaker or tag is kept.
    `values` are the editable fields; `digest` identifies them. `uses` are the references to the row when it was
    deleted, so that restoring it restores them too.
    """

    class Reason(models.TextChoices):
        CREATED = "created", _("created")
        CHANGED = "changed", _("changed")
        MERGED = "merged", _("merged")
        UNMERGED = "unmerged", _("merge undone")
        SPLIT = "split", _("split")
        UNSPLIT = "unsplit", _("split undone")
        RESTORED = "restored", _("restored")
        IMPORTED = "imported", _("imported")
        DELETED = "deleted", _("deleted")
        FOUND = "found", _("first recorded")
        OUTSIDE = "outside", _("changed outside the admin")

    model = models.CharField(_("kind"), max_length=100, editable=False)
    key = models.PositiveBigIntegerField(_("key"), editable=False)
    number = models.PositiveIntegerField(_("version"), editable=False)
    name = models.CharField(_("name"), max_length=300, editable=False)
    values = models.JSONField(_("values"), editable=False)
    digest = models.CharField(max_length=64, editable=False)
    uses = models.JSONField(default=dict, editable=False)
    reason = models.CharField(_("change"), max_length=20, choices=Reason.choices, editable=False)
    note = models.CharField(_("note"), max_length=400, blank=True, editable=False)
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
        verbose_name = _("version of a speaker, tag or account")
        verbose_name_plural = _("versions of speakers, tags and accounts")
        ordering: ClassVar = ["model", "key", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["model", "key", "number"], name="row_revision_number_once"),
            models.CheckConstraint(
                name="row_revision_reason_is_known",
                condition=models.Q(
                    reason__in=[
                        "created", "changed", "merged", "unmerged", "restored", "imported", "deleted", "found",
                        "outside", "split", "unsplit",
                    ]
                ),
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["model", "reason", "-created_at"], name="row_revision_by_reason")]

    def __str__(self) -> str:
        return f"{self.name}, {self.number}"
