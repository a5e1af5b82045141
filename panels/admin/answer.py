"""Answers on the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panels.admin.base import link
from panels.admin.filters import PassageYearFilter, SpeakerFilter, TagFilter
from panels.admin.tagging import TaggingAdmin
from panels.importing import Change
from panels.models import Answer
from panels.text import excerpt_of


class AnswerAdmin(TaggingAdmin):
    shows_event = False
    list_display = ("words", "speaker", "attribution", "anchor", "event_link")
    list_filter = ("attribution", "event__status", PassageYearFilter, SpeakerFilter, TagFilter)
    list_select_related = ("speaker", "event", "question")
    search_fields = ("text", "speaker__name", "speaker__original_name", "event__title")
    search_help_text = _("Words of the answer, speaker or event")
    autocomplete_fields = ("question", "speaker")
    ordering = ("-event__sort_date", "event__slug", "question__number", "position")

    def shows(self, obj: Answer, change: Change) -> bool:
        return change.anchor == obj.anchor

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "event__id__exact" or super().lookup_allowed(lookup, value, request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("event_link", "question_link", "anchor") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        where = ("event_link", "question_link", "anchor") if obj else ("question",)
        return (*where, ("speaker", "attribution"), "evidence", "text", "media_time", "tags")

    @admin.display(description=_("answer"), ordering="text")
    def words(self, answer: Answer) -> str:
        return excerpt_of(answer.text, length=120) or answer.anchor

    @admin.display(description=_("event"), ordering="event__title")
    def event_link(self, answer: Answer) -> SafeString:
        return link(
            reverse("admin:panels_event_change", args=[answer.event_id]),
            excerpt_of(answer.event.title, length=60),
        )

    @admin.display(description=_("question"))
    def question_link(self, answer: Answer) -> SafeString:
        return link(reverse("admin:panels_question_change", args=[answer.question_id]), str(answer.question))

    def view_on_site(self, answer: Answer) -> str | None:
        return answer.get_absolute_url() if answer.event.is_public else None
