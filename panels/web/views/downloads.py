"""The transcript as a file, in every format that Panels writes."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from panels.formats.base import Format, FormatError
from panels.formats.registry import FORMATS
from panels.models import Event
from panels.operation.site_url import absolute_url
from panels.reading.export import transcript_of
from panels.reading.sessions import Session
from panels.transcript import Transcript
from panels.web.caching import entity_tag, fresh, last_modified
from panels.web.lookups import find_event

WRITERS = {known.suffix.lstrip("."): known for known in FORMATS if known.write}


@require_safe
def download(request: HttpRequest, slug: str, suffix: str) -> HttpResponseBase:
    """The file. 404 for an unknown format, or one that cannot hold this transcript, such as captions without times."""
    chosen = WRITERS.get(suffix)
    if chosen is None:
        raise Http404
    found = find_event(slug, "download", suffix=suffix)
    tag, modified = entity_tag(found.version, suffix), last_modified(found.version)
    response = get_conditional_response(request, tag, modified) or _file(request, found, chosen)
    return fresh(response, tag, modified)


def _file(request: HttpRequest, event: Event, chosen: Format) -> HttpResponseBase:
    address = absolute_url(request, event.get_absolute_url())
    try:
        written = _written(chosen, transcript_of(event, address=address))
    except FormatError as error:
        raise Http404(str(error)) from error
    # As an attachment, so that no browser renders the text outside our pages' content security policy.
    name = f"{event.slug}{chosen.suffix}"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Link": f'<{address}>; rel="canonical"',
    }
    if isinstance(written, bytes):
        return HttpResponse(written, content_type=chosen.media_type, headers=headers)
    pieces = () if request.method == "HEAD" else written
    return StreamingHttpResponse(pieces, content_type=chosen.media_type, headers=headers)


def _written(chosen: Format, transcript: Transcript) -> Iterable[str] | bytes:
    """The file, streamed if the format is text."""
    if chosen.stream:
        return chosen.stream(transcript)
    assert chosen.write is not None  # noqa: S101 - it is one of WRITERS
    written = chosen.write(transcript)
    return written if isinstance(written, bytes) else (written,)


def suffixes_for(session: Session) -> list[str]:
    """The suffixes of the formats in which the session can be downloaded."""
    return [suffix for suffix, known in WRITERS.items() if session.has_times or not known.needs_times]
