"""Login sessions in the database, for a database that cannot always be written to."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError


class SessionStore(db.SessionStore):
    """Django's own, except that a write which the database refuses is not taken for a deleted session.

    Django answers 400 to a session that was deleted meanwhile; a full disk is an outage, and answered as one.
    """

    def save(self, must_create: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        try:
            super().save(must_create=must_create)
        except UpdateError as error:
            refusal = error.__context__
            if isinstance(refusal, OperationalError):
                raise refusal from refusal.__cause__  # which says what kind of outage it is
            raise
