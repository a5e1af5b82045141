"""The site's own address: `SITE_URL`, or the host that was asked where that is not set.

Whatever lasts (identifiers in feeds, canonical links, citations, exports, sitemaps, links in the API) is made here, so
that it is the same whichever host, proxy or address of the machine somebody happened to ask.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri


def absolute_url(request: HttpRequest, path: str) -> str:
    """A path of this site, which begins with a slash, as a whole address."""
    if settings.SITE_URL:
        return f"{settings.SITE_URL}{iri_to_uri(path)}"
    return request.build_absolute_uri(path)


def site_root(request: HttpRequest) -> str:
    """Scheme and host, without a slash at the end."""
    return absolute_url(request, "/").rstrip("/")


def site_hosts(request: HttpRequest) -> set[str]:
    """The hosts by which readers know the site: the one that was asked, and that of `SITE_URL`."""
    return {request.get_host(), urlsplit(site_root(request)).netloc}


def read_site_url(value: str) -> str:
    """The value of `SITE_URL`, without a slash at its end. Raises ValueError where it is no address of a site."""
    parts = urlsplit(value)
    is_site = parts.scheme in {"http", "https"} and parts.hostname and parts.path in {"", "/"}
    if not is_site or parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"SITE_URL is {value}; it must be a URL such as https://panels.example.org, without a path.")
    _ = parts.port  # raises ValueError for what is no port
    return f"{parts.scheme}://{parts.netloc.lower()}"
