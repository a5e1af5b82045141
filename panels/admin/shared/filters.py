"""Filters for lists of any length: each reads a bounded number of rows and has a bounded number of choices."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from panels.models import Answer, Event, Speaker, Tag

_OFFERED = 40
_COUNTED = 2000  # of the newest rows
_YEAR = re.compile(r"[1-9][0-9]{0,3}")


class StatusFilter(admin.SimpleListFilter):
    """Sessions in trash are shown only if they are chosen."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Event.Status.choices)

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() in Event.Status.values:
            return queryset.filter(status=self.value())
        return queryset.exclude(status=Event.Status.BINNED)


class YearFilter(admin.SimpleListFilter):
    title = _("year")
    parameter_name = "year"
    path = "date"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(year), str(year)) for year in islice(_years(), _OFFERED)), ("none", str(_("undated")))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        value = self.value()
        if value == "none":
            return queryset.filter(**{f"{self.path}__isnull": True})
        if value and _YEAR.fullmatch(value):
            return queryset.filter(**{f"{self.path}__year": int(value)})
        return queryset


class PassageYearFilter(YearFilter):
    path = "event__date"


class SpeakerFilter(admin.SimpleListFilter):
    """The speakers with the most answers among the newest; others are found by search."""

    title = _("speaker")
    parameter_name = "speaker"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        given = Answer.objects.filter(speaker__session=None).exclude(speaker=None).order_by("-pk")
        most = _most_frequent(given.values_list("speaker", flat=True)[:_COUNTED])
        speakers = Speaker.objects.identified().filter(Q(pk__in=most) | Q(slug=request.GET.get("speaker", "")))
        return sorted(((speaker.slug, str(speaker)) for speaker in speakers), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if not self.value():
            return queryset
        speaker = Speaker.objects.filter(slug=self.value())
        if queryset.model is Event:
            return queryset.filter(
                Q(pk__in=speaker.values("panelists__event")) | Q(pk__in=speaker.values("answers__event"))
            )
        return queryset.filter(speaker__in=speaker)


class TagFilter(admin.SimpleListFilter):
    """The tags used most recently; others are found by search."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        given = model_admin.model.tags.through.objects.order_by("-pk")
        most = _most_frequent(given.values_list("tag", flat=True)[:_COUNTED])
        tags = Tag.objects.filter(Q(pk__in=most) | Q(slug=request.GET.get("tag", "")))
        return sorted(((tag.slug, tag.name) for tag in tags), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(tagged__tag__slug=self.value()) if self.value() else queryset


class UnattributedFilter(admin.SimpleListFilter):
    title = _("unattributed answers")
    parameter_name = "unattributed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("some")), ("no", _("none"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        unattributed = Answer.objects.unattributed().values("event")
        if self.value() == "yes":
            return queryset.filter(pk__in=unattributed)
        if self.value() == "no":
            return queryset.exclude(pk__in=unattributed)
        return queryset


def _years() -> Iterator[int]:
    """The years of events, newest first, found with the index on dates."""
    dated = Event.objects.filter(date__isnull=False).order_by("-sort_date").values_list("date", flat=True)
    newest = dated.first()
    while newest is not None:
        yield newest.year
        newest = dated.filter(sort_date__lt=dt.date(newest.year, 1, 1)).first()


def _most_frequent(keys: Iterable[int]) -> list[int]:
    return [key for key, _count in Counter(keys).most_common(_OFFERED)]
