"""A cached page: its bytes in every requested coding, with the headers of each."""

from dataclasses import dataclass, field
from hashlib import blake2b
from http import HTTPStatus
from typing import TypeAlias

from panels.web.page_cache import encodings

Headers: TypeAlias = list[tuple[str, str]]

_VARYING = frozenset({"accept-encoding", "accept-language", "cookie"})
# Each response has its own.
_OWN = frozenset({"content-length", "etag", "x-request-id"})
# A 304 leaves out the headers that describe its absent content (RFC 9110, 15.4.5).
_OF_CONTENT = frozenset(
    {"content-length", "content-type", "content-encoding", "content-language", "content-disposition"}
)
_OVERHEAD = 2_000  # approximate bytes of a page besides its content


@dataclass(frozen=True, slots=True)
class EncodedPage:
    """A page in one coding."""

    etag: str
    headers: Headers
    body: bytes

    @property
    def headers_without_content(self) -> Headers:
        return [(name, value) for name, value in self.headers if name.lower() not in _OF_CONTENT]


@dataclass(slots=True)
class CachedPage:
    """The page at one URL in one version of the site. `day` is part of it, because citations contain the date."""

    version: str
    day: str
    headers: Headers
    body: bytes
    has_own_etag: bool
    etag: str
    is_compressible: bool
    forms: dict[str, EncodedPage] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return _OVERHEAD + len(self.body) + sum(len(form.body) for coding, form in self.forms.items() if coding)

    def form(self, coding: str) -> tuple[EncodedPage, bool]:
        """The page in a coding, and whether it had to be encoded."""
        if not self.is_compressible:
            coding = encodings.IDENTITY
        found = self.forms.get(coding)
        if found:
            return found, False
        made = self.forms[coding] = self._form(coding)
        return made, True

    def _form(self, coding: str) -> EncodedPage:
        body = encodings.compress(self.body, coding)
        etag = self.etag
        if coding and self.has_own_etag:
            etag = f"W/{etag.removeprefix('W/')}"  # the same content, but not the same bytes
        elif coding:
            etag = f'{etag[:-1]}-{coding}"'
        headers = [*self.headers, ("ETag", etag), ("Content-Length", str(len(body)))]
        if coding:
            headers.append(("Content-Encoding", coding))
        return EncodedPage(etag, headers, body)


def is_keepable(status: int, headers: Headers) -> bool:
    """Whether a response may be shared: complete, public, and varying only by what is in the key."""
    if status != HTTPStatus.OK:
        return False
    named = {name.lower(): value.lower() for name, value in headers}
    if "set-cookie" in named or "content-encoding" in named or "content-length" not in named:
        return False
    control = {directive.strip() for directive in named.get("cache-control", "").split(",")}
    if control & {"private", "no-store"}:
        return False
    return {name.strip() for name in named.get("vary", "").split(",") if name.strip()} <= _VARYING


def page_of(headers: Headers, body: bytes, *, version: str, day: str) -> CachedPage:
    """The page of a response. Its entity tag is the response's own or, without one, made from its bytes."""
    named = {name.lower(): value for name, value in headers}
    compressible = encodings.is_compressible(named.get("content-type", ""), body)
    stored = [(name, value) for name, value in headers if name.lower() not in _OWN]
    if "cache-control" not in named:
        stored.append(("Cache-Control", "no-cache"))  # may be cached, must be revalidated
    if compressible:
        stored = _varying_with_coding(stored)
    own = named.get("etag", "")
    etag = own or f'"{blake2b(body, digest_size=16).hexdigest()}"'
    return CachedPage(version, day, stored, body, has_own_etag=bool(own), etag=etag, is_compressible=compressible)


def _varying_with_coding(headers: Headers) -> Headers:
    vary = next((value for name, value in headers if name.lower() == "vary"), "")
    if "accept-encoding" in vary.lower():
        return headers
    others = [(name, value) for name, value in headers if name.lower() != "vary"]
    return [*others, ("Vary", f"{vary}, Accept-Encoding" if vary else "Accept-Encoding")]
