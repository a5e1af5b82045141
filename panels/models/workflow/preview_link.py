"""Preview links."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event


def _token() -> str:
    return secrets.token_urlsafe(24)


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def active(self) -> "PreviewLinkQuerySet":
        """The links that work now: to a draft, or to the event it became. Withdrawn events have none."""
        taken_back = (Event.Status.WITHDRAWN, Event.Status.BINNED)
        return self.exclude(event__status__in=taken_back).filter(revoked_at=None, expires_at__gt=timezone.now())


class PreviewLink(models.Model):
    """A URL that shows one event, published or not, to anyone who has it, until it expires or is revoked."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="preview_links", verbose_name=_("session"))
    token = models.CharField(max_length=64, unique=True, default=_token, editable=False)
    reader = models.CharField(_("recipient"), max_length=200, blank=True)
    expires_at = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering: ClassVar = ["event", "-created_at", "-pk"]

    def __str__(self) -> str:
        return self.reader or f"{self.event}, {self.created_at:%Y-%m-%d}"

    @property
    def url(self) -> str:
        """Not `get_absolute_url`, because the admin would link to it."""
        return reverse("preview", args=[self.token])
