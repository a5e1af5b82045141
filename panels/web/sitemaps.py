"""Sitemaps for search engines, in a fixed number of queries."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from panels.models import Event, Speaker, Tag, Version
from panels.operation.site_url import absolute_url


class OwnSitemap(Sitemap):  # type: ignore[type-arg]
    """URLs that begin with `SITE_URL`, whatever the host of the request."""

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc or super().get_domain(site)

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme or super().get_protocol(protocol)


class EventSitemap(OwnSitemap):
    """Events, each with when its record last changed, taken from its version."""

    limit = 1000

    def items(self) -> "QuerySet[Event]":
        return Event.objects.published().newest_first().select_related("version").only("slug", "version__changed_at")

    def lastmod(self, item: Event) -> dt.datetime:
        return item.version.changed_at

    def get_latest_lastmod(self) -> Any:
        """The latest change, for the index, which would otherwise read every event."""
        published = Version.objects.filter(event__in=Event.objects.published())
        return published.aggregate(latest=Max("changed_at"))["latest"]


class SpeakerSitemap(OwnSitemap):
    """Speakers, without dates: their pages change with every answer of theirs, and a wrong date is worse than none."""

    limit = 1000

    def items(self) -> "QuerySet[Speaker]":
        return Speaker.objects.published().by_name().only("slug")


class TagSitemap(OwnSitemap):
    """Tags, without dates for the same reason."""

    limit = 1000

    def items(self) -> "QuerySet[Tag]":
        return Tag.objects.published().by_name().only("slug")


SITEMAPS: "dict[str, type[Sitemap[Any]] | Sitemap[Any]]" = {
    "events": EventSitemap,
    "speakers": SpeakerSitemap,
    "tags": TagSitemap,
}


def index(request: HttpRequest) -> TemplateResponse:
    """The sitemap index."""
    response: TemplateResponse = sitemap_views.index(request, SITEMAPS)
    assert response.context_data is not None  # noqa: S101 - Django's view gives one
    for sitemap in response.context_data["sitemaps"]:
        path = urlsplit(sitemap.location)._replace(scheme="", netloc="").geturl()
        sitemap.location = absolute_url(request, path)
    return response
