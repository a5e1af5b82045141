"""Signed versions: what a page was made from, so that saving it later overwrites nothing unseen.

A page carries the version of what it shows, signed with the site's secret key. A version that is missing, altered,
made for something else or never given out reads as None, and is treated as a conflict.
"""

from django.core import signing

_LONGEST = 500


def sign(subject: str, state: str) -> str:
    """The version of a subject in a state, to be put into a form."""
    return _signer(subject).sign(state)


def read(version: str, subject: str) -> str | None:
    """The state that a form was made from; None if this site never gave out such a version of the subject."""
    if len(version) > _LONGEST:
        return None
    try:
        return _signer(subject).unsign(version)
    except signing.BadSignature:
        return None


def _signer(subject: str) -> signing.Signer:
    return signing.Signer(salt=f"panels.editorial.versions:{subject}")
