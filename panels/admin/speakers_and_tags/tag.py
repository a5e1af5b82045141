"""Tags in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from panels.admin.speakers_and_tags.merge import MergeableAdmin
from panels.models import Tag
from panels.models.base import count_of


class TagAdmin(MergeableAdmin):
    list_display = ("name", "slug", "events_tagged", "questions_tagged", "answers_tagged")
    search_fields = ("name", "slug")
    search_help_text = _("Name or slug")
    fields = ("name", "slug")
    ordering = ("sort_key", "slug")

    def get_queryset(self, request: HttpRequest) -> Any:
        tags: Any = super().get_queryset(request)
        return tags.annotate(
            on_events=count_of(Tag, "tagged_events"),
            on_questions=count_of(Tag, "tagged_questions"),
            on_answers=count_of(Tag, "tagged_answers"),
        )

    @admin.display(description=_("sessions"), ordering="on_events")
    def events_tagged(self, tag: Any) -> int:
        return int(tag.on_events)

    @admin.display(description=_("questions"), ordering="on_questions")
    def questions_tagged(self, tag: Any) -> int:
        return int(tag.on_questions)

    @admin.display(description=_("answers"), ordering="on_answers")
    def answers_tagged(self, tag: Any) -> int:
        return int(tag.on_answers)

    def view_on_site(self, tag: Tag) -> str | None:
        return tag.get_absolute_url() if Tag.objects.published().filter(pk=tag.pk).exists() else None
