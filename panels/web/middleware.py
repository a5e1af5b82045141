"""Publication at a set time, without another program to run: whoever asks for a page sees to it."""

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from panels.editorial.publishing import publish_due

logger = logging.getLogger(__name__)

EVERY = 10.0  # seconds between two looks of one process


class PublishDueMiddleware:
    """Publishes what is due before it answers. Where nobody asks for pages, `manage.py publish_due` does it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._next = time.monotonic() + EVERY

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY
            self._look()
        return self.get_response(request)

    def _look(self) -> None:
        """A page is answered even where publishing something else fails; the next look tries it again."""
        try:
            publish_due()
        except DatabaseError:
            logger.exception("Could not publish what is due")
