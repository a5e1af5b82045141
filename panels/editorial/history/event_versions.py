"""The version of an event that a page was made from, as a signed token.

The version is read together with the text. A form sends the token back, and it is valid only for the event it was
issued for: a version that is missing, typed by hand or copied from another event never counts as one that an editor
saw.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from panels.editorial.history import event_history
from panels.models import Event, Revision, Version
from panels.models.database.snapshot import snapshot

# A salt is not a path: it stays when a module moves, so that forms in open browsers remain valid.
_SIGNER = Signer(salt="panels.editorial.versions")
_TOKEN = re.compile(r"(\d{1,18})\.(\d{1,18})(?:\.([0-9a-f]+))?", re.ASCII)


def number_of(event: Event) -> int:
    """The number of the event's current version, read now."""
    return Version.objects.values_list("number", flat=True).get(event=event.pk)


def token_of(event: Event, number: int | None, fingerprint: str = "") -> str:
    """The token for version `number` of an event; empty without a number.

    `fingerprint` stands for other values that a form shows; see `fingerprint_in`.
    """
    if number is None:
        return ""
    return _SIGNER.sign(f"{event.pk}.{number}.{fingerprint}" if fingerprint else f"{event.pk}.{number}")


def number_in(event: Event, token: str) -> int | None:
    """The version number in a token, None if the token was not issued for this event."""
    found = _read(event, token)
    return int(found[2]) if found else None


def fingerprint_in(event: Event, token: str) -> str:
    """The fingerprint in a token, empty if it has none or was not issued for this event."""
    found = _read(event, token)
    return (found[3] if found else None) or ""


def _read(event: Event, token: str) -> re.Match[str] | None:
    try:
        found = _TOKEN.fullmatch(_SIGNER.unsign(token))
    except BadSignature:
        return None
    return found if found and int(found[1]) == event.pk else None


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as a page shows it, and the number of that version."""

    event: Event
    number: int

    @property
    def token(self) -> str:
        return token_of(self.event, self.number)


@contextmanager
def snapshot_of(event: Event) -> Iterator[Shown]:
    """Run the block on one state of the database, and return the event, read again, with its version.

    The version is recorded in the event's history, so that a later save can be compared with it. The block cannot
    write. Raises Event.DoesNotExist if the event was deleted.
    """
    while True:
        event_history.ensure_recorded(event)
        with snapshot():
            stored = Event.objects.select_related("version").get(pk=event.pk)
            number = stored.version.number
            # Something that bypasses the editors' forms (SQL, `loaddata`) may write between the two: record that, too.
            if Revision.objects.filter(event=event.pk, version=number).exists():
                yield Shown(stored, number)
                return
