"""Speakers."""

from django.http import HttpRequest, HttpResponseBase
from ninja import Query

from panels.api import shapes, telling
from panels.api.addresses import addresses_for
from panels.api.answering import answer, beside, linked
from panels.api.cursors import BY_NAME, slice_of
from panels.api.filters import Slice
from panels.api.lists import Speakers
from panels.api.registry import get
from panels.models import Event, Panelist, Speaker
from panels.views.addresses import find_speaker

_LATEST = 100


@get("/speakers/", "speakers", Speakers, tag="Ways in", refuses=(400, 404), is_list=True)
def speakers(request: HttpRequest, page: Query[Slice]) -> HttpResponseBase:
    """Speakers who take part, answer or ask in a published event, by family name."""
    at = addresses_for(request)
    found = slice_of(Speaker.objects.published().with_counts(), BY_NAME, cursor=page.cursor, limit=page.limit)
    links = beside(request, found)
    told = Speakers(items=tuple(telling.speaker_listed(one, at) for one in found.rows), **links)
    return linked(answer(request, told), links)


@get("/speakers/{slug}/", "speaker", shapes.Speaker, tag="Ways in", refuses=(404,))
def speaker(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One speaker, with the offices held on the days of events.

    What they answered is in the list of answers: `/answers/?speaker=`.
    """
    found = find_speaker(slug, "api:speaker")
    offices = (
        Panelist.objects.filter(speaker=found, event__in=Event.objects.published())
        .select_related("event__edition")
        .order_by("-event__sort_date", "event__slug")[:_LATEST]
    )
    counted = Speaker.objects.with_counts().get(pk=found.pk)
    return answer(request, telling.speaker(counted, offices, addresses_for(request)))
