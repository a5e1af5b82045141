"""Import drafts: source texts, the transcripts parsed from them, and the editors' decisions before saving."""

import json
import re
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event
from panels.transcript.text import excerpt_of

# The title near the beginning of the transcript that was read, which is JSON.
_TITLE = re.compile(r'^ "title": ("(?:[^"\\\n]|\\.)*+")', re.MULTILINE)
_BEGINNING = 1_500


class ImportDraftQuerySet(models.QuerySet["ImportDraft"]):
    def for_lists(self) -> "ImportDraftQuerySet":
        """Without the source and the transcript, but with its beginning, in which the title is."""
        return self.defer("source", "parsed", "steps").annotate(beginning=Substr("parsed", 1, _BEGINNING))


class ImportDraft(models.Model):
    """A source text, the transcript that was parsed from it, and an editor's decisions.

    It survives closed windows and restarts, and is kept after the event is saved, so that unread parts of the source
    can still be looked up. `parsed` is a transcript as JSON archive, `steps` are those of
    `panels.editorial.transcript_edits`, `decisions` are all others: title, date, the identities of speakers.
    """

    name = models.CharField(_("file"), max_length=255, blank=True, editable=False)
    source = models.BinaryField(_("source"))
    encoding = models.CharField(_("encoding"), max_length=40, blank=True, editable=False)
    format = models.CharField(_("format"), max_length=40, editable=False)
    parsed = models.TextField(_("transcript read"), editable=False)
    steps = models.JSONField(_("steps"), default=list, editable=False)
    decisions = models.JSONField(_("decisions"), default=dict, editable=False)
    event = models.ForeignKey(
        Event,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="import_drafts",
        verbose_name=_("session"),
        help_text=_("The session saved from this text, or the session to update."),
    )
    stored_at = models.DateTimeField(_("saved"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("imported by"),
    )
    created_at = models.DateTimeField(_("imported"), auto_now_add=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering: ClassVar = ["-changed_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["created_by", "-changed_at"], condition=models.Q(stored_at=None), name="import_draft_unfinished"
            )
        ]

    def __str__(self) -> str:
        title = self.decisions.get("title") if isinstance(self.decisions, dict) else ""
        found = _TITLE.search(getattr(self, "beginning", ""))
        return excerpt_of(str(title or (json.loads(found[1]) if found else "") or self.name or self.pk), length=200)
