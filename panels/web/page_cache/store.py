"""Pages in memory, up to a limit, shared by all threads of a process."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from panels.web.page_cache.page import CachedPage
from panels.web.page_cache.page_request import Key

_LARGEST = 8
"""The maximum part of the memory for one page: larger ones would evict too many others."""


class PageStore:
    """The most recently used pages. Above the limit, the least recently used are evicted."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._pages: OrderedDict[Key, tuple[CachedPage, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> CachedPage | None:
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            self._pages.move_to_end(key)
            return found[0]

    def put(self, key: Key, page: CachedPage) -> None:
        """Store a page in place of the current one, or update its size after it has grown."""
        size = page.size + 2 * sum(map(len, key))
        with self._lock:
            self._forget(key)
            if size > self.limit // _LARGEST:
                return
            self._pages[key] = page, size
            self.size += size
            while self.size > self.limit:
                self._forget(next(iter(self._pages)))

    def __len__(self) -> int:
        return len(self._pages)

    def _forget(self, key: Key) -> None:
        _page, size = self._pages.pop(key, (None, 0))
        self.size -= size


class Turns:
    """Lets one thread make a page while the others that need it wait."""

    LONGEST_WAIT = 30.0  # seconds

    def __init__(self) -> None:
        self._making: dict[Key, Event] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, key: Key) -> Iterator[bool]:
        """True for the thread that makes it; False for others, after they have waited."""
        with self._lock:
            made = self._making.get(key)
            is_first = made is None
            if made is None:
                made = self._making[key] = Event()
        if not is_first:
            made.wait(self.LONGEST_WAIT)
            yield False
            return
        try:
            yield True
        finally:
            with self._lock:
                del self._making[key]
            made.set()
