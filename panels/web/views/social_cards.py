"""Preview images for social media."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from panels.models import Event
from panels.operation.site_url import absolute_url
from panels.reading.sessions import PassageView, Session, load_session
from panels.reading.social_cards import HEIGHT, WIDTH, Card, card_of_passage, card_of_session, draw, has_faces
from panels.web.caching import entity_tag, fresh, last_modified
from panels.web.lookups import find_event, find_passage
from panels.web.sharing import shared_with_sites

# Increased when the drawing changes, so that no cached image looks outdated.
_DRAWN = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's metadata about its image."""

    url: str
    alternative: str
    width: int = WIDTH
    height: int = HEIGHT


def of_session(request: HttpRequest, session: Session) -> Picture | None:
    url = reverse("picture-event", args=[session.event.slug])
    return _picture(request, url, card_of_session(session))


def of_passage(request: HttpRequest, passage: PassageView) -> Picture | None:
    url = reverse("picture-passage", args=[passage.session.event.slug, passage.words.anchor])
    return _picture(request, url, card_of_passage(passage))


@shared_with_sites
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = find_event(slug, "picture-event")
    session = load_session(found, found.questions.none())
    return _answer(request, found, card_of_session(session), "")


@shared_with_sites
@require_safe
def passage(request: HttpRequest, slug: str, anchor: str) -> HttpResponseBase:
    found = find_event(slug, "picture-passage", anchor=anchor)
    return _answer(request, found, card_of_passage(find_passage(found, anchor, "picture-passage")), anchor)


def _picture(request: HttpRequest, url: str, card: Card) -> Picture | None:
    """The image; None on a machine without fonts, where nothing can be drawn."""
    return Picture(absolute_url(request, url), card.alternative) if has_faces() else None


def _answer(request: HttpRequest, event: Event, card: Card, anchor: str) -> HttpResponseBase:
    if not has_faces():
        raise Http404
    tag, modified = entity_tag(event.version, f"picture{_DRAWN}-{anchor}"), last_modified(event.version)
    known = get_conditional_response(request, etag=tag, last_modified=modified)
    if known is not None:
        return fresh(known, tag, modified)
    # The key is the content: the same text is drawn once, and different text never shares an image.
    key = f"picture-{_DRAWN}-{sha256(repr(card).encode()).hexdigest()}"
    drawn = cache.get_or_set(key, lambda: draw(card))
    return fresh(HttpResponse(drawn, content_type="image/png"), tag, modified)
