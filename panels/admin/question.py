"""Questions on the desk, each with its answers."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panels.admin.base import PanelsStackedInline, link
from panels.admin.filters import PassageYearFilter, TagFilter
from panels.admin.ordering import OrderedForm, OrderedFormSet
from panels.admin.recorded import InlineOfAnEvent
from panels.admin.tagging import TaggingAdmin
from panels.importing import Change
from panels.models import Answer, Question
from panels.models.base import count_of
from panels.text import excerpt_of


class PlacedAnswers(OrderedFormSet):
    place = "position"


class AnswerInline(InlineOfAnEvent, PanelsStackedInline):
    model = Answer
    form = OrderedForm
    formset = PlacedAnswers
    fk_name = "question"
    fields = (("position", "speaker", "attribution"), "text", ("evidence", "media_time"))
    autocomplete_fields = ("speaker",)
    show_change_link = True
    verbose_name_plural = _("Answers in order: tags are on each answer's own page")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Answer]":
        return super().get_queryset(request).select_related("speaker", "question", "event").order_by("position")

    def view_on_site(self, answer: Answer) -> str | None:
        return answer.get_absolute_url() if answer.event.is_public else None


class QuestionAdmin(TaggingAdmin):
    shows_event = False
    list_display = ("words", "number", "event_link", "asked_by", "answers")
    list_display_links = ("words",)
    list_filter = ("event__status", PassageYearFilter, "is_follow_up", TagFilter)
    list_select_related = ("event", "asked_by")
    search_fields = ("text", "event__title", "asked_by__name")
    search_help_text = _("Words of the question, event or asker")
    autocomplete_fields = ("event", "asked_by")
    ordering = ("-event__sort_date", "event__slug", "number")
    inlines = (AnswerInline,)

    def shows(self, obj: Question, change: Change) -> bool:
        return obj.anchor in {change.anchor, change.asked}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(answer_count=count_of(Question, "answers"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A question stays in its event: its address names it."""
        return ("event_link", "number") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("event", "is_follow_up", "text", "asked_by", "media_time", "tags")
        return (("event_link", "number"), "text", ("asked_by", "is_follow_up", "media_time"), "tags")

    @admin.display(description=_("question"), ordering="text")
    def words(self, question: Question) -> str:
        return excerpt_of(question.text, length=120) or question.anchor

    @admin.display(description=_("event"), ordering="event__title")
    def event_link(self, question: Question) -> SafeString:
        return link(
            reverse("admin:panels_event_change", args=[question.event_id]),
            excerpt_of(question.event.title, length=60),
        )

    @admin.display(description=_("answers"), ordering="answer_count")
    def answers(self, question: Any) -> int:
        return int(question.answer_count)

    def view_on_site(self, question: Question) -> str | None:
        return question.get_absolute_url() if question.event.is_public else None
