"""Forms for codes of an authenticator app and recovery codes. Wrong ones are counted as wrong passwords are."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from panels.admin.accounts.sign_in import WaitError, begin
from panels.editorial import sign_in
from panels.editorial.sign_in import Method


class _CountedCodes:
    wait = 0
    """Seconds that are still to wait; 0 unless the attempt was refused."""

    user: Any

    def clean_code(self) -> str:
        try:
            attempt = begin(context.request, self.user.get_username(), Method.CODE)
        except WaitError as error:
            self.wait = error.wait
            raise
        code: str = super().clean_code()  # type: ignore[misc]
        sign_in.succeed(attempt, self.user)
        return code


class CodeForm(_CountedCodes, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class ConfirmCodeForm(_CountedCodes, ReauthenticateForm):  # type: ignore[misc]
    """A code of somebody who is signed in already."""
