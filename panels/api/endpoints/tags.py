"""Tags."""

from django.http import HttpRequest, HttpResponseBase
from ninja import Query

from panels.api import shapes, telling
from panels.api.addresses import addresses_for
from panels.api.answering import answer, beside, linked
from panels.api.cursors import BY_NAME, slice_of
from panels.api.filters import Slice
from panels.api.lists import Tags
from panels.api.registry import get
from panels.models import Tag
from panels.views.addresses import find_tag


@get("/tags/", "tags", Tags, tag="Ways in", refuses=(400, 404), is_list=True)
def tags(request: HttpRequest, page: Query[Slice]) -> HttpResponseBase:
    """Tags on anything that is published, by name."""
    at = addresses_for(request)
    found = slice_of(Tag.objects.published().with_counts(), BY_NAME, cursor=page.cursor, limit=page.limit)
    links = beside(request, found)
    return linked(answer(request, Tags(items=tuple(telling.tag(one, at) for one in found.rows), **links)), links)


@get("/tags/{slug}/", "tag", shapes.Tag, tag="Ways in", refuses=(404,))
def tag(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One tag.

    What is under it is in the lists of events, questions and answers: `?tag=`.
    """
    found = find_tag(slug, "api:tag")
    return answer(request, telling.tag(Tag.objects.with_counts().get(pk=found.pk), addresses_for(request)))
