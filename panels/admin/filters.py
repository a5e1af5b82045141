"""Filters for lists of any length: each offers a bounded choice, read by one query."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from panels.models import Answer, Event, Speaker, Tag

_OFFERED = 40
_YEAR = re.compile(r"[1-9][0-9]{0,3}")


class StatusFilter(admin.SimpleListFilter):
    """What is in the bin is shown only to who asks for it."""

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
        years = Event.objects.filter(date__isnull=False).values_list("date__year", flat=True)
        found = years.distinct().order_by("-date__year")[:_OFFERED]
        return [*((str(year), str(year)) for year in found), ("none", str(_("undated")))]

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
    """The speakers with the most answers; for others, search by name."""

    title = _("speaker")
    parameter_name = "speaker"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        chosen = Case(When(slug=request.GET.get("speaker", ""), then=1), default=0)
        speakers = Speaker.objects.identified().annotate(chosen=chosen, uses=Count("answers"))
        most = speakers.order_by("-chosen", "-uses", "sort_key")[:_OFFERED]
        return sorted(((speaker.slug, str(speaker)) for speaker in most), key=lambda pair: pair[1])

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
    """The tags in most use; for others, search by name."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        relation = {"event": "tagged_events", "question": "tagged_questions", "answer": "tagged_answers"}
        name = relation[model_admin.model._meta.model_name]
        most = Tag.objects.annotate(uses=Count(name)).filter(uses__gt=0).order_by("-uses", "sort_key")[:_OFFERED]
        return sorted(((tag.slug, tag.name) for tag in most), key=lambda pair: pair[1])

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
