"""Conditional requests (RFC 9110, 13.2.2) for a page that is known by its entity tag."""

from http import HTTPStatus

from django.utils.http import parse_etags

from panels.web.page_cache.page_request import Environ


def status_for(environ: Environ, etag: str) -> HTTPStatus:
    """200, or 304 if the client has the page, or 412 if it requires another version.

    If-Modified-Since is ignored, because most pages have no date; the whole page is then a correct response.
    """
    if wanted := environ.get("HTTP_IF_MATCH"):
        tags = parse_etags(wanted)
        if "*" not in tags and (etag.startswith("W/") or etag not in tags):  # compared strongly
            return HTTPStatus.PRECONDITION_FAILED
    if known := environ.get("HTTP_IF_NONE_MATCH"):
        tags = parse_etags(known)
        if "*" in tags or etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in tags}:
            return HTTPStatus.NOT_MODIFIED
    return HTTPStatus.OK
