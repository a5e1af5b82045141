"""What goes with an event until it is published: when it shall be, who may look before, what is said among editors."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panels.models.event import Event


class Schedule(models.Model):
    """When an event shall be published, and who said so; it goes when the event's status changes."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="schedule", verbose_name=_("event"))
    at = models.DateTimeField(_("publish at"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("scheduled publication")
        verbose_name_plural = _("scheduled publications")

    def __str__(self) -> str:
        return f"{self.event}: {self.at}"


def _token() -> str:
    return secrets.token_urlsafe(24)


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self) -> "PreviewLinkQuerySet":
        """Those that lead somewhere now: to a draft, or to what it became. What is withdrawn is seen by no link."""
        taken_back = (Event.Status.WITHDRAWN, Event.Status.BINNED)
        return self.exclude(event__status__in=taken_back).filter(revoked_at=None, expires_at__gt=timezone.now())


class PreviewLink(models.Model):
    """An address that shows one event, published or not, to whoever has it, until it expires or is revoked."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="preview_links", verbose_name=_("event"))
    token = models.CharField(max_length=64, unique=True, default=_token, editable=False)
    reader = models.CharField(_("for whom"), max_length=200, blank=True)
    expires_at = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
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
    def address(self) -> str:
        """Not `get_absolute_url`: the admin leads whoever may sign in to that."""
        return reverse("preview", args=[self.token])


class Comment(models.Model):
    """What one editor says to the others about a passage, or with no anchor about the event. Readers never see it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="comments", verbose_name=_("event"))
    anchor = models.CharField(_("concerns"), max_length=20, blank=True)
    text = models.TextField(_("comment"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering: ClassVar = ["event", "created_at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(name="comment_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text
