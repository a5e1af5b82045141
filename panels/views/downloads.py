"""The transcript as a file, in every format that Panels writes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from panels.exporting import transcript_of
from panels.formats.base import FormatError
from panels.formats.registry import FORMATS
from panels.reading import Session
from panels.views.addresses import find_event

WRITERS = {known.suffix.lstrip("."): known for known in FORMATS if known.write}


@require_safe
def download(_request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """404 for a format that there is not, and for one that cannot hold this transcript, as captions without times."""
    chosen = WRITERS.get(suffix)
    if chosen is None or chosen.write is None:
        raise Http404
    found = find_event(slug, "download", suffix=suffix)
    try:
        written = chosen.write(transcript_of(found))
    except FormatError as error:
        raise Http404(str(error)) from error
    # As an attachment, so that no browser shows the words outside of the pages' own policy.
    disposition = content_disposition_header(as_attachment=True, filename=f"{found.slug}.{suffix}") or "attachment"
    return HttpResponse(written, content_type=chosen.media_type, headers={"Content-Disposition": disposition})


def suffixes_for(session: Session) -> list[str]:
    """Of the formats in which the session can be taken away."""
    return [suffix for suffix, known in WRITERS.items() if session.has_times or not known.needs_times]
