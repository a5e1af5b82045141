"""Conditional caching: a response is valid until the event's version changes, never for a fixed time.

A version is read with its event, in one query, before the text. So the text may be newer than the version that it is
sent with, and is then fetched again; it is never older.
"""

import datetime as dt
from typing import TypeVar

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.http import http_date, quote_etag

from panels.models import Version

Response = TypeVar("Response", bound=HttpResponseBase)

# HTTP dates have no fractions: within this time of a change they cannot distinguish it from another.
_SETTLED = dt.timedelta(seconds=2)


def entity_tag(version: Version, variant: str) -> str:
    """The entity tag of a response: the event, its version, and the variant that is sent."""
    return quote_etag(f"{version.event_id}-{version.number}-{variant}")


def last_modified(version: Version) -> int | None:
    """When the record last changed, in seconds since 1970; None if that is too recent to tell two changes apart."""
    if timezone.now() - version.changed_at < _SETTLED:
        return None
    return int(version.changed_at.timestamp())


def fresh(response: Response, tag: str, modified: int | None) -> Response:
    """The response, cacheable but with revalidation before each use."""
    response.headers["ETag"] = tag
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = "no-cache"
    return response
