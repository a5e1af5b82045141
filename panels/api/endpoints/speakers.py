"""Speakers."""

from django.http import HttpRequest, HttpResponseBase
from ninja import Query

from panels.api import schemas, serializers
from panels.api.filters import PageParams
from panels.api.links import site_urls
from panels.api.list_pages import Speakers
from panels.api.pagination import BY_NAME, slice_of
from panels.api.registry import get
from panels.api.responses import answer, linked, page_links
from panels.models import Event, Panelist, Speaker
from panels.reading.discovery.use_counts import with_appearances
from panels.web.lookups import find_speaker

_LATEST = 100


@get("/speakers/", "speakers", Speakers, tag="Speakers, tags and search", refuses=(400, 404), is_list=True)
def speakers(request: HttpRequest, page: Query[PageParams]) -> HttpResponseBase:
    """Speakers who take part in, answer or ask in a published event, by family name."""
    urls = site_urls(request)
    found = slice_of(Speaker.objects.published(), BY_NAME, cursor=page.cursor, limit=page.limit)
    links = page_links(request, found)
    schema = Speakers(
        items=tuple(serializers.speaker_listed(one, urls) for one in with_appearances(found.rows)), **links
    )
    return linked(answer(request, schema), links)


@get("/speakers/{slug}/", "speaker", schemas.SpeakerSchema, tag="Speakers, tags and search", refuses=(404, 410))
def speaker(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One speaker, with the offices held at each event.

    Their answers are in the list of answers: `/answers/?speaker=`. A former slug redirects. One that several people
    shared before they were split is gone, and the problem's `detail` has their slugs.
    """
    found = find_speaker(slug, "api:speaker")
    offices = (
        Panelist.objects.filter(speaker=found, event__in=Event.objects.published())
        .select_related("event__version")
        .order_by("-event__sort_date", "event__slug")[:_LATEST]
    )
    counted = Speaker.objects.with_counts().get(pk=found.pk)
    return answer(request, serializers.speaker(counted, offices, site_urls(request)))
