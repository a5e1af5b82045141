"""The list of answers. Each is edited in its session."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panels.admin.passages.tagging import TaggingAdmin
from panels.admin.shared.base import link
from panels.admin.shared.filters import PassageYearFilter, SpeakerFilter, TagFilter
from panels.models import Answer
from panels.transcript.text import excerpt_of


class AnswerAdmin(TaggingAdmin):
    list_display = ("words", "speaker", "attribution", "anchor", "event_link")
    list_filter = ("attribution", "event__status", PassageYearFilter, SpeakerFilter, TagFilter)
    list_select_related = ("speaker", "event", "question")
    search_fields = ("text", "speaker__name", "speaker__original_name", "event__title")
    search_help_text = _("Answer text, speaker or session")
    ordering = ("-event__sort_date", "event__slug", "question__number", "position")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "event__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("answer"), ordering="text")
    def words(self, answer: Answer) -> str:
        return excerpt_of(answer.text, length=120) or answer.anchor

    @admin.display(description=_("session"), ordering="event__title")
    def event_link(self, answer: Answer) -> SafeString:
        return link(
            reverse("admin:panels_event_change", args=[answer.event_id]),
            excerpt_of(answer.event.title, length=60),
        )
