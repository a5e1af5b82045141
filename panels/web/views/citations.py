"""Citations as files for reference managers, and citation metadata of pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from panels.operation.site_url import absolute_url
from panels.reading.citations import FORMS, Citation, cite_passage, cite_session
from panels.reading.sessions import PassageView, Session, load_session
from panels.web.lookups import find_event, find_passage


@require_safe
def event(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    found = find_event(slug, "cite-event", suffix=suffix)
    return _file(citation_of_session(request, load_session(found, found.questions.none())), suffix)


@require_safe
def passage(request: HttpRequest, slug: str, anchor: str, suffix: str) -> HttpResponse:
    found = find_event(slug, "cite-passage", anchor=anchor, suffix=suffix)
    return _file(citation_of_passage(request, find_passage(found, anchor, "cite-passage", suffix=suffix)), suffix)


def citation_of_session(request: HttpRequest, session: Session) -> Citation:
    url = absolute_url(request, session.event.get_absolute_url())
    return cite_session(session, url=url, accessed=timezone.localdate())


def citation_of_passage(request: HttpRequest, passage: PassageView) -> Citation:
    url = absolute_url(request, passage.get_absolute_url())
    return cite_passage(passage, url=url, accessed=timezone.localdate())


def _file(citation: Citation, suffix: str) -> HttpResponse:
    form = FORMS.get(suffix)
    if form is None:
        raise Http404
    disposition = content_disposition_header(as_attachment=True, filename=f"{citation.key}.{suffix}") or "attachment"
    written = form.write(citation)
    return HttpResponse(written, content_type=form.MEDIA_TYPE, headers={"Content-Disposition": disposition})
