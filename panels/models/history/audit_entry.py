"""The audit log: who changed the rights or a second factor of an account, and who published or withdrew what."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """What somebody did. Entries are only ever added: triggers refuse to change or delete one.

    Accounts and sessions are kept as keys and names, not as references, because an entry outlives both.
    `panels.editorial.audit` writes them.
    """

    class Action(models.TextChoices):
        ACCOUNT_CREATED = "account_created", _("account or group created")
        ACCOUNT_DELETED = "account_deleted", _("account or group deleted")
        RIGHTS_CHANGED = "rights_changed", _("rights changed")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        TWO_FACTOR_ADDED = "two_factor_added", _("second factor added")
        TWO_FACTOR_REMOVED = "two_factor_removed", _("second factor removed")
        CODES_MADE = "codes_made", _("recovery codes generated")
        PUBLISHED = "published", _("session published")
        WITHDRAWN = "withdrawn", _("session withdrawn")
        DELETED = "deleted", _("session permanently deleted")

    at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)
    by_key = models.PositiveBigIntegerField(null=True, editable=False)
    by_name = models.CharField(_("by"), max_length=150, blank=True, editable=False)
    action = models.CharField(_("action"), max_length=20, choices=Action.choices, editable=False)
    subject_key = models.PositiveBigIntegerField(editable=False)
    subject_name = models.CharField(_("what"), max_length=300, editable=False)
    details = models.TextField(_("details"), blank=True, editable=False)

    class Meta:
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log")
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.subject_name}"
