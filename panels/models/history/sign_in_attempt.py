"""Sign-in attempts: the account, the origin, the method, and the result."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInAttempt(models.Model):
    """A sign-in attempt. The typed name is stored only as a keyed hash: people type passwords into the wrong field.

    A password with a second factor makes two: one for each step.
    """

    class Outcome(models.TextChoices):
        SUCCEEDED = "succeeded", _("succeeded")
        FAILED = "failed", _("failed")
        REFUSED = "refused", _("refused, too many attempts")
        NO_ROLE = "no_role", _("refused, no role")

    class Method(models.TextChoices):
        PASSWORD = "password", _("password")
        CODE = "code", _("code")
        PASSKEY = "passkey", _("passkey")
        SINGLE_SIGN_ON = "sso", _("single sign-on")

    at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)
    account_hash = models.CharField(max_length=64, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("account"),
    )
    network = models.CharField(_("IP address"), max_length=50, editable=False)
    method = models.CharField(
        _("method"), max_length=10, choices=Method.choices, default=Method.PASSWORD, db_default=Method.PASSWORD
    )
    outcome = models.CharField(_("result"), max_length=10, choices=Outcome.choices, default=Outcome.FAILED)

    class Meta:
        verbose_name = _("sign-in attempt")
        verbose_name_plural = _("sign-in attempts")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["account_hash", "network", "-at"], name="sign_in_of_account")]

    def __str__(self) -> str:
        return f"{self.account or '?'}, {self.network}: {self.get_outcome_display()}"
