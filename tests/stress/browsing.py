"""A browser without a window: asks a server, fills in the forms that it shows, and keeps account of the answers."""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPRedirectHandler, Request, build_opener

from lxml import html

PATIENCE = 120  # seconds for an answer: twice as long as a writer waits for the others


@dataclass
class Account:
    """What became of all requests and saves. Every thread writes into the same one."""

    answers: Counter[str] = field(default_factory=Counter)
    acknowledged: list[tuple[str, int, str]] = field(default_factory=list)
    """Of each save its form, the key of what was saved, and the word that was written."""
    refused: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By form, how often for which reason."""
    faults: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """A redirect is the answer: it says that the save was done."""


@dataclass(frozen=True)
class BrowsedPage:
    """An answer; of a redirect, `location` is where it leads."""

    status: int
    text: str
    location: str = ""

    def form_with(self, name: str) -> dict[str, str] | None:
        """What a browser would send of the form that has a field of that name; None if there is none."""
        for form in html.fromstring(self.text).forms if self.text else ():
            if name in form.fields:
                values = ((key, value) for key, value in form.form_values() if value is not None)
                # A browser leaves out the first line end of a text area.
                return {key: value.removeprefix("\r").removeprefix("\n") for key, value in values}
        return None


class Browser:
    """One person's browser, signed in if there is a cookie."""

    def __init__(self, site: str, account: Account, cookie: str = "") -> None:
        self.site, self.account, self.cookie = site, account, cookie
        self.opener = build_opener(_Stay)

    def get(self, path: str) -> BrowsedPage:
        return self._ask(Request(urljoin(self.site, path), headers=self._headers()))

    def post(self, path: str, fields: Mapping[str, Any]) -> BrowsedPage:
        sent = urlencode({**fields, "csrfmiddlewaretoken": "c" * 32}).encode()
        return self._ask(Request(urljoin(self.site, path), sent, self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie} if self.cookie else {}

    def _ask(self, request: Request) -> BrowsedPage:
        start = time.monotonic()
        try:
            with self.opener.open(request, timeout=PATIENCE) as response:
                page = BrowsedPage(response.status, response.read().decode())
        except HTTPError as answer:
            page = BrowsedPage(answer.code, answer.read().decode(), answer.headers.get("Location", ""))
        except OSError as error:  # which a time that has run out is, too
            page = BrowsedPage(0, "")
            self._note(f"no answer from {request.full_url}: {error}")
        with self.account.lock:
            self.account.took.append(time.monotonic() - start)
            self.account.answers[str(page.status)] += 1
        if page.status >= 500:
            self._note(f"{page.status} for {request.full_url}")
        return page

    def _note(self, fault: str) -> None:
        with self.account.lock:
            self.account.faults.append(fault)
