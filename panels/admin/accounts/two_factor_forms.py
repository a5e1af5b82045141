"""Forms for codes of an authenticator app and recovery codes. Wrong ones are counted as wrong passwords are."""

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

from panels.admin.accounts.sign_in import WaitError, begin
from panels.editorial import sign_in
from panels.editorial.sign_in import Method

_LAST_STEP = "last_step"


class _CountedCodes:
    wait = 0
    """Seconds that are still to wait; 0 unless the attempt was refused."""

    user: Any
    authenticator: Any

    def clean_code(self) -> str:
        try:
            attempt = begin(context.request, self.user.get_username(), Method.CODE)
        except WaitError as error:
            self.wait = error.wait
            raise
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            _use_up(self.authenticator, code)
        sign_in.succeed(attempt, self.user)
        return code


class CodeForm(_CountedCodes, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class ConfirmCodeForm(_CountedCodes, ReauthenticateForm):  # type: ignore[misc]
    """A code of somebody who is signed in already."""


@transaction.atomic
def _use_up(app: Authenticator, code: str) -> None:
    """Refuse a code that is not newer than the last one that was used (RFC 6238, 5.2).

    The database knows it: django-allauth notes it in the cache, which each process of a server may have for itself.
    """
    stored = Authenticator.objects.select_for_update().get(pk=app.pk)
    secret = decrypt(stored.data["secret"])
    for step in yield_hotp_counters_from_time():
        is_it = compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
        if is_it and step > stored.data.get(_LAST_STEP, 0):
            stored.data[_LAST_STEP] = step
            stored.save(update_fields=["data"])
            return
    raise get_adapter().validation_error("incorrect_code")
