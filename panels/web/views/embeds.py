"""A passage as a card on other sites, and its discovery through oEmbed (https://oembed.com/)."""

from typing import Any
from urllib.parse import unquote, urlsplit

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from panels.formats.parsing.xmltree import legal
from panels.models import Event
from panels.reading.citations import Citation
from panels.reading.sessions import PassageView
from panels.site_url import absolute_url, site_hosts
from panels.web.lookups import GoneError, MovedError, find_event, find_passage, find_present_anchor
from panels.web.sharing import shared_with_sites
from panels.web.views.citations import citation_of_passage

WIDTH = 600
HEIGHT = 320
_PARSED = {"json", "xml"}


@shared_with_sites
@require_safe
@xframe_options_exempt
@csp_replace(  # type: ignore[arg-type] # its types know no view with an argument
    {
        "frame-ancestors": ["*"],
        "form-action": ["'none'"],
        "script-src": ["'none'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def card(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """The only page that other sites may frame. It has no scripts and no forms."""
    passage = find_passage(find_event(slug, "embed", anchor=anchor), anchor, "embed")
    citation = citation_of_passage(request, passage)
    return render(
        request, "panels/embeds/embed.html", {"passage": passage, "session": passage.session, "citation": citation}
    )


@shared_with_sites
@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """The embed for `url`: 404 unless it is the URL of a passage, 501 for a format other than JSON and XML."""
    form = request.GET.get("format", "json")
    if form not in _PARSED:
        return HttpResponse("format is json or xml", status=501, content_type="text/plain")
    passage = _passage_at(request, request.GET.get("url", ""))
    described = _described(request, passage, citation_of_passage(request, passage))
    if form == "json":
        return JsonResponse(described, headers={"Access-Control-Allow-Origin": "*"})
    written = render_to_string("panels/embeds/oembed.xml", {"described": described})
    return HttpResponse(legal(written), content_type="text/xml; charset=utf-8")


def _passage_at(request: HttpRequest, url: str) -> PassageView:
    """The passage with a URL of this site: its own, or its anchor in a transcript."""
    try:
        parts = urlsplit(url)
        found = resolve(f"{unquote(parts.path).rstrip('/')}/")
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    if parts.scheme not in {"http", "https"} or parts.netloc not in site_hosts(request):
        raise Http404
    anchor = found.kwargs.get("anchor") or parts.fragment.partition(":~:")[0]
    if found.url_name not in {"event", "passage", "embed"} or not anchor:
        raise Http404
    try:
        event = _event_at(found.kwargs["slug"])
        return find_passage(event, find_present_anchor(event, anchor))
    except GoneError as gone:
        raise Http404 from gone


def _event_at(slug: str) -> Event:
    """The event at a present or former slug. Raises Gone or Http404."""
    try:
        return find_event(slug)
    except MovedError as moved:
        return find_event(resolve(moved.path).kwargs["slug"])


def _described(request: HttpRequest, passage: PassageView, citation: Citation) -> dict[str, Any]:
    """The passage as an oEmbed 1.0 response of type "rich"."""
    slug = passage.session.event.slug
    address = absolute_url(request, reverse("embed", args=[slug, passage.words.anchor]))
    width = _at_most(request.GET.get("maxwidth", ""), WIDTH)
    height = _at_most(request.GET.get("maxheight", ""), HEIGHT)
    frame = {"address": address, "title": citation.title, "width": width, "height": height}
    authors = ", ".join(name.written for name in citation.authors)
    return {
        "version": "1.0",
        "type": "rich",
        "title": citation.title,
        **({"author_name": authors} if authors else {}),
        "provider_name": citation.site,
        "provider_url": absolute_url(request, "/"),
        "width": width,
        "height": height,
        "html": render_to_string("panels/embeds/_embed_frame.html", frame).strip(),
    }


def _at_most(wanted: str, usual: int) -> int:
    """The size that the requesting site has space for, up to the usual one."""
    if not (wanted.isascii() and wanted.isdigit()):
        return usual
    return max(1, min(usual, int(wanted[:9])))
