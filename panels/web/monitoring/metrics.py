"""Metrics for a monitoring system: responses of this server, and the state of the site.

Imported only if `METRICS_TOKEN` is set. Without `METRICS_DIR` each process counts for itself; with it the processes
share their counts in files there, and each reports those of all. No metric is about a person or an address.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count

if settings.METRICS_DIR:  # prometheus_client looks for it while it is imported
    Path(settings.METRICS_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = settings.METRICS_DIR

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from panels.models import Event
from panels.models.database.readiness import missing
from panels.operation.backups import newest_backup

CONTENT_TYPE = CONTENT_TYPE_LATEST
Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[..., Any]
Application: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_counts = CollectorRegistry()
_REQUESTS = Counter("panels_requests", "Requests that were answered.", ["method", "status"], registry=_counts)
_SECONDS = Histogram("panels_request_seconds", "Seconds until an answer began.", ["method"], registry=_counts)
_MADE = Counter("panels_requests_to_django", "Requests that were not answered from cached pages.", registry=_counts)


class CountRequests:
    """The outermost WSGI application: counts all responses by method and status."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = environ["REQUEST_METHOD"]
        method, started, statuses = asked if asked in _METHODS else "other", time.perf_counter(), ["500"]

        def start(status: str, *rest: Any) -> Any:
            statuses.append(status.partition(" ")[0])
            return start_response(status, *rest)

        try:
            return self.application(environ, start)
        finally:
            _REQUESTS.labels(method, statuses[-1]).inc()
            _SECONDS.labels(method).observe(time.perf_counter() - started)


class CountPagesMade:
    """The WSGI application around Django: counts responses that do not come from the page cache."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        _MADE.inc()
        return self.application(environ, start_response)


def exposition() -> bytes:
    """All metrics in the OpenMetrics format."""
    registry = CollectorRegistry()
    if settings.METRICS_DIR:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_counts)
    registry.register(_Site())
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return text


class _Site(Collector):
    """The current state of the site, read from the database when the metrics are collected."""

    def collect(self) -> Iterator[Metric]:
        try:
            ready, events = not missing(connection), dict(_event_counts())
        except DatabaseError:
            ready, events = False, {}
        yield GaugeMetricFamily("panels_ready", "1 if /readyz says so, 0 otherwise.", value=float(ready))
        by_status = GaugeMetricFamily("panels_events", "Sessions by status.", labels=["status"])
        for status, count in events.items():
            by_status.add_metric([status], count)
        yield by_status
        if backup := newest_backup():
            said = "When the newest backup in BACKUP_DIR was made, in seconds since 1970."
            yield GaugeMetricFamily("panels_last_backup_timestamp_seconds", said, value=backup.made_at.timestamp())


def _event_counts() -> Iterator[tuple[str, int]]:
    counted = dict(Event.objects.order_by().values_list("status").annotate(count=Count("pk")))
    for status in Event.Status:
        yield status.value, counted.get(status.value, 0)
