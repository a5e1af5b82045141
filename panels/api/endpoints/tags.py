"""Tags."""

from django.http import HttpRequest, HttpResponseBase
from ninja import Query

from panels.api import schemas, serializers
from panels.api.filters import PageParams
from panels.api.links import site_urls
from panels.api.list_pages import Tags
from panels.api.pagination import BY_NAME, slice_of
from panels.api.registry import get
from panels.api.responses import answer, linked, page_links
from panels.models import Tag
from panels.reading.discovery.use_counts import with_use
from panels.web.lookups import find_tag


@get("/tags/", "tags", Tags, tag="Speakers, tags and search", refuses=(400, 404), is_list=True)
def tags(request: HttpRequest, page: Query[PageParams]) -> HttpResponseBase:
    """Tags on published events, questions and answers, by name."""
    urls = site_urls(request)
    found = slice_of(Tag.objects.published(), BY_NAME, cursor=page.cursor, limit=page.limit)
    links = page_links(request, found)
    schema = Tags(items=tuple(serializers.tag(one, urls) for one in with_use(found.rows)), **links)
    return linked(answer(request, schema), links)


@get("/tags/{slug}/", "tag", schemas.TagSchema, tag="Speakers, tags and search", refuses=(404,))
def tag(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One tag.

    For content with this tag, filter the lists of events, questions and answers: `?tag=`.
    """
    found = find_tag(slug, "api:tag")
    return answer(request, serializers.tag(Tag.objects.with_counts().get(pk=found.pk), site_urls(request)))
