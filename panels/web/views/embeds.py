"""A passage or a session as a card on other sites, and its discovery through oEmbed (https://oembed.com/)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.html import escape
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from panels.formats.parsing.xmltree import legal
from panels.models import Event
from panels.operation.site_url import absolute_url, site_hosts
from panels.reading.citations import Citation
from panels.reading.sessions import load_session
from panels.web.lookups import GoneError, MovedError, find_event, find_passage, find_present_anchor
from panels.web.sharing import shared_with_sites
from panels.web.views.citations import citation_of_passage, citation_of_session

WIDTH = 600
HEIGHT = 320
_FRAME = (
    '<iframe src="{0}" title="{1}" width="{2}" height="{3}" style="border: 0; width: 100%; max-width: {2}px" '
    'sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy"></iframe>'
)
_PARSED = {"json", "xml"}


@dataclass(frozen=True)
class Embed:
    """A card for another site, with the size of its frame in CSS pixels."""

    citation: Citation
    path: str
    url: str
    width: int = WIDTH
    height: int = HEIGHT

    def get_absolute_url(self) -> str:
        return self.path

    @property
    def html(self) -> str:
        """The element to paste into the other site. It is as wide as its place there, up to its width."""
        return _FRAME.format(escape(self.url), escape(self.citation.title), self.width, self.height)


def embed_of(request: HttpRequest, citation: Citation, slug: str, anchor: str = "") -> Embed:
    """The card of a passage or, without an anchor, of the whole session."""
    path = reverse("embed", args=[slug, anchor]) if anchor else reverse("embed-event", args=[slug])
    return Embed(citation, path, absolute_url(request, path))


def oembed_url(request: HttpRequest, url: str) -> str:
    """Where the card of a page is described, for the page's head; with `&format=xml` as XML."""
    return absolute_url(request, f"{reverse('oembed')}?{urlencode({'url': url})}")


def _framed_anywhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A view whose page other sites may frame. Nothing runs in it, and it sends no form."""
    policy = {
        "frame-ancestors": ["*"],
        "form-action": ["'none'"],
        "script-src": ["'none'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
    framed: Any = csp_replace(policy)(view)
    return shared_with_sites(require_safe(xframe_options_exempt(framed)))


@_framed_anywhere
def card(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    passage = find_passage(find_event(slug, "embed", anchor=anchor), anchor, "embed")
    context = {"passage": passage, "session": passage.session, "citation": citation_of_passage(request, passage)}
    return render(request, "panels/embeds/passage_card.html", context)


@_framed_anywhere
def event_card(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_event(slug, "embed-event")
    event = Event.objects.published().with_counts().with_panel().get(pk=found.pk)
    context = {"event": event, "citation": citation_of_session(request, load_session(found, found.questions.none()))}
    return render(request, "panels/embeds/event_card.html", context)


@shared_with_sites
@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """The embed for `url`: 404 unless it is that of a session or passage, 501 for a format other than JSON and XML."""
    form = request.GET.get("format", "json")
    if form not in _PARSED:
        return HttpResponse("format is json or xml", status=501, content_type="text/plain")
    described = _described(request, _embed_at(request, request.GET.get("url", "")))
    if form == "json":
        return JsonResponse(described, headers={"Access-Control-Allow-Origin": "*"})
    written = render_to_string("panels/embeds/oembed.xml", {"described": described})
    return HttpResponse(legal(written), content_type="text/xml; charset=utf-8")


def _embed_at(request: HttpRequest, url: str) -> Embed:
    """The card for a URL of this site: a session, a passage, or an anchor in a transcript."""
    try:
        parts = urlsplit(url)
        found = resolve(f"{unquote(parts.path).rstrip('/')}/")
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    if parts.scheme not in {"http", "https"} or parts.netloc not in site_hosts(request):
        raise Http404
    if found.url_name not in {"event", "passage", "embed", "embed-event"}:
        raise Http404
    anchor = found.kwargs.get("anchor") or parts.fragment.partition(":~:")[0]
    try:
        event = _event_at(found.kwargs["slug"])
        if not anchor:
            session = load_session(event, event.questions.none())
            return embed_of(request, citation_of_session(request, session), event.slug)
        passage = find_passage(event, find_present_anchor(event, anchor))
    except GoneError as gone:
        raise Http404 from gone
    return embed_of(request, citation_of_passage(request, passage), event.slug, passage.words.anchor)


def _event_at(slug: str) -> Event:
    """The event at a present or former slug. Raises Gone or Http404."""
    try:
        return find_event(slug)
    except MovedError as moved:
        return find_event(resolve(moved.path).kwargs["slug"])


def _described(request: HttpRequest, embed: Embed) -> dict[str, Any]:
    """The card as an oEmbed 1.0 response of type "rich"."""
    width = _at_most(request.GET.get("maxwidth", ""), WIDTH)
    height = _at_most(request.GET.get("maxheight", ""), HEIGHT)
    authors = ", ".join(name.written for name in embed.citation.authors)
    return {
        "version": "1.0",
        "type": "rich",
        "title": embed.citation.title,
        **({"author_name": authors} if authors else {}),
        "provider_name": embed.citation.site,
        "provider_url": absolute_url(request, "/"),
        "width": width,
        "height": height,
        "html": replace(embed, width=width, height=height).html,
    }


def _at_most(wanted: str, usual: int) -> int:
    """The size that the requesting site has space for, up to the usual one."""
    if not (wanted.isascii() and wanted.isdigit()):
        return usual
    return max(1, min(usual, int(wanted[:9])))
