"""The list of questions. Each is edited in its session, with its answers."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panels.admin.passages.tagging import TaggingAdmin
from panels.admin.shared.base import link
from panels.admin.shared.filters import PassageYearFilter, TagFilter
from panels.models import Question
from panels.models.base import count_of
from panels.transcript.text import excerpt_of


class QuestionAdmin(TaggingAdmin):
    list_display = ("words", "number", "event_link", "asked_by", "answers")
    list_display_links = ("words",)
    list_filter = ("event__status", PassageYearFilter, "is_follow_up", TagFilter)
    list_select_related = ("event", "asked_by")
    search_fields = ("text", "event__title", "asked_by__name")
    search_help_text = _("Question text, session or asker")
    ordering = ("-event__sort_date", "event__slug", "number")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(answer_count=count_of(Question, "answers"))

    @admin.display(description=_("question"), ordering="text")
    def words(self, question: Question) -> str:
        return excerpt_of(question.text, length=120) or question.anchor

    @admin.display(description=_("session"), ordering="event__title")
    def event_link(self, question: Question) -> SafeString:
        return link(
            reverse("admin:panels_event_change", args=[question.event_id]),
            excerpt_of(question.event.title, length=60),
        )

    @admin.display(description=_("answers"), ordering="answer_count")
    def answers(self, question: Any) -> int:
        return int(question.answer_count)
