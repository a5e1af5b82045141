"""Content codings: negotiation (RFC 9110, 12.5.3) and compression."""

import gzip
from functools import lru_cache

import brotli

IDENTITY = ""
PREFERRED = ("br", "gzip")
"""In order of size, the smallest result first; of equal weights the first is used."""

SMALLEST = 200
"""Bytes below which compression saves nothing; the same as in GZipMiddleware."""

_COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


def is_compressible(media_type: str, body: bytes) -> bool:
    return len(body) >= SMALLEST and (media_type.startswith(_COMPRESSIBLE) or "json" in media_type)


@lru_cache(maxsize=512)
def choose(accepted: str) -> str:
    """The coding for an Accept-Encoding header. If none is acceptable, the page is sent uncompressed."""
    weights = dict(_weighed(part) for part in accepted.lower().split(",") if part.strip())
    anything = weights.get("*", 0.0)
    best = max(PREFERRED, key=lambda coding: weights.get(coding, anything))
    weight = weights.get(best, anything)
    return best if weight and weight >= weights.get("identity", 0.0) else IDENTITY


def compress(body: bytes, coding: str) -> bytes:
    if coding == "br":
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=5)  # type: ignore[no-any-return]
    if coding == "gzip":
        return gzip.compress(body, compresslevel=6, mtime=0)
    return body


def _weighed(part: str) -> tuple[str, float]:
    coding, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        name, _equals, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return coding, min(max(float(value), 0.0), 1.0)
            except ValueError:
                return coding, 0.0
    return coding, 1.0
