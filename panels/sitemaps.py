"""What search engines are told of."""

import datetime as dt

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet

from panels.models import Event, Speaker, Tag


class EventSitemap(Sitemap):  # type: ignore[type-arg]
    limit = 5000

    def items(self) -> "QuerySet[Event]":
        return Event.objects.published().newest_first().annotate(corrected=Max("corrections__date"))

    def lastmod(self, item: Event) -> dt.date | None:
        published = item.published_at.date() if item.published_at else None
        corrected: dt.date | None = item.corrected  # type: ignore[attr-defined]
        return max((day for day in (published, corrected) if day), default=None)


class SpeakerSitemap(Sitemap):  # type: ignore[type-arg]
    limit = 5000

    def items(self) -> "QuerySet[Speaker]":
        return Speaker.objects.published().by_name()


class TagSitemap(Sitemap):  # type: ignore[type-arg]
    limit = 5000

    def items(self) -> "QuerySet[Tag]":
        return Tag.objects.published().by_name()


SITEMAPS = {"events": EventSitemap, "speakers": SpeakerSitemap, "tags": TagSitemap}
