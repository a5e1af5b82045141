"""The current state of the site, read without a Django request."""

import time
from threading import Lock, local

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from panels.editorial.publishing import try_to_publish_due
from panels.models.database import site_version
from panels.models.database.site_version import SiteState


class Freshness:
    """Reads the site version, after publishing scheduled sessions."""

    RETRY = 10.0  # seconds after a failed publication

    def __init__(self) -> None:
        self._publishing = Lock()
        self._not_before = 0.0
        self._connections = local()

    def now(self) -> SiteState | None:
        """The current state; None while the database is unavailable, when no cached page counts as fresh."""
        connection = self._of_thread()
        state = _asked_at_once(connection)
        if state is not None and not state.is_due:
            return state
        try:
            connection.close_if_unusable_or_obsolete()
            state = site_version.read(connection)
            if state and state.is_due and self._publish():
                state = site_version.read(connection)
        except Error:
            return None
        finally:
            connection.close_if_unusable_or_obsolete()
        return state

    def _of_thread(self) -> BaseDatabaseWrapper:
        """Django's connection of this thread, found faster than Django does."""
        found: BaseDatabaseWrapper | None = getattr(self._connections, "default", None)
        if found is None:
            found = self._connections.default = connections[DEFAULT_DB_ALIAS]
        return found

    def _publish(self) -> bool:
        """Publish scheduled sessions, unless another thread does; pages are served even if that fails."""
        if time.monotonic() < self._not_before or not self._publishing.acquire(blocking=False):
            return False
        try:
            is_done = try_to_publish_due()
        finally:
            self._publishing.release()
        if not is_done:
            self._not_before = time.monotonic() + self.RETRY
        return is_done


def _asked_at_once(connection: BaseDatabaseWrapper) -> SiteState | None:
    """The state over a usable open connection; None if Django must open or check it first."""
    if connection.connection is None or connection.errors_occurred:
        return None
    if connection.close_at is not None and time.monotonic() >= connection.close_at:
        return None
    if connection.vendor == "sqlite" and not connection.is_usable():
        return None  # the database file has been replaced
    try:
        return site_version.read_raw(connection)
    except Exception:
        connection.errors_occurred = True
        return None
