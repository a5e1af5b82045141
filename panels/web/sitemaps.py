"""What search engines are told of, in as many queries whatever there is."""

import datetime as dt
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet

from panels.models import Event, Speaker, Tag, Version


class EventSitemap(Sitemap):  # type: ignore[type-arg]
    """Events, each with when its record last changed: its version knows, however it was changed."""

    limit = 5000

    def items(self) -> "QuerySet[Event]":
        return Event.objects.published().newest_first().select_related("version").only("slug", "version__changed_at")

    def lastmod(self, item: Event) -> dt.datetime:
        return item.version.changed_at

    def get_latest_lastmod(self) -> Any:
        """For the index, which would read every event otherwise."""
        published = Version.objects.filter(event__in=Event.objects.published())
        return published.aggregate(latest=Max("changed_at"))["latest"]


class SpeakerSitemap(Sitemap):  # type: ignore[type-arg]
    """Speakers, without dates: when a page of theirs last changed hangs on every answer, and a wrong date is worse."""

    limit = 5000

    def items(self) -> "QuerySet[Speaker]":
        return Speaker.objects.published().by_name().only("slug")


class TagSitemap(Sitemap):  # type: ignore[type-arg]
    """Tags; of their dates, the same is so."""

    limit = 5000

    def items(self) -> "QuerySet[Tag]":
        return Tag.objects.published().by_name().only("slug")


SITEMAPS = {"events": EventSitemap, "speakers": SpeakerSitemap, "tags": TagSitemap}
