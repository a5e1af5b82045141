"""Signed versions of what a page was made from, so that saving the page does not overwrite unseen changes.

A page carries the version of what it shows, signed with the site's secret key. A version that is missing, altered, or
made for something else reads as None, and is treated as a conflict.
"""

from django.core import signing

_LONGEST = 500


def sign(subject: str, state: str) -> str:
    """The signed version of a subject in a state, for a form."""
    return _signer(subject).sign(state)


def read(version: str, subject: str) -> str | None:
    """The state that a form was made from; None if the version is not valid for the subject."""
    if len(version) > _LONGEST:
        return None
    try:
        return _signer(subject).unsign(version)
    except signing.BadSignature:
        return None


def _signer(subject: str) -> signing.Signer:
    return signing.Signer(salt=f"panels.editorial.versions:{subject}")
