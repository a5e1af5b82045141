"""Questions, numbered in their event."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from panels.models.base import PreparedModel, next_place
from panels.models.event import Event
from panels.models.retired_anchor import next_anchor
from panels.models.speaker import Speaker
from panels.models.validators import validate_question_anchor
from panels.transcript.text import excerpt_of

if TYPE_CHECKING:
    from panels.models.tag import Tag


class QuestionQuerySet(models.QuerySet["Question"]):
    def get_by_natural_key(self, event_slug: str, anchor: str) -> "Question":
        return self.get(event__slug=event_slug, anchor=anchor)

    def published(self) -> "QuestionQuerySet":
        """The questions of public events."""
        return self.filter(Exists(Event.objects.published().filter(pk=OuterRef("event"))))

    def about(self, tag: "Tag") -> "QuestionQuerySet":
        """The questions with a tag on themselves or their event."""
        return self.filter(
            Exists(tag.tagged_questions.filter(content_object=OuterRef("pk")))
            | Exists(tag.tagged_events.filter(content_object=OuterRef("event")))
        )


class Question(PreparedModel):  # type: ignore[django-manager-missing] # taggit has no types
    """A question. Its number is its current position; its anchor is permanent."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions", verbose_name=_("session"))
    number = models.PositiveIntegerField(
        _("number"), blank=True, help_text=_("Position in the session, starting at 1. Leave empty to add at the end.")
    )
    anchor = models.CharField(
        _("anchor"), max_length=20, blank=True, editable=False, validators=[validate_question_anchor]
    )
    text = models.TextField(
        _("question"),
        blank=True,
        help_text=_("The question. Markdown. Leave empty for remarks before the first question."),
    )
    asked_by = models.ForeignKey(
        Speaker,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="questions_asked",
        verbose_name=_("asked by"),
        help_text=_("If named in the source."),
    )
    is_follow_up = models.BooleanField(
        _("follow-up"), default=False, help_text=_("Follow-up to the previous question.")
    )
    media_time = models.FloatField(
        _("time in the recording"), null=True, blank=True, help_text=_("In seconds from the start.")
    )
    tags = TaggableManager(
        verbose_name=_("tags"),
        through="panels.TaggedQuestion",
        blank=True,
        related_name="questions",
        help_text="",
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering: ClassVar = ["event", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="question_number_once_per_event",
                violation_error_message=_("Another question of this session has this number."),
            ),
            models.UniqueConstraint(
                fields=["event", "anchor"],
                name="question_anchor_once_per_event",
                violation_error_message=_("Another question of this session has this anchor."),
            ),
            models.CheckConstraint(name="question_has_anchor", condition=~Q(anchor="")),
            models.CheckConstraint(
                name="question_number_from_1",
                condition=Q(number__gte=1),
                violation_error_message=_("Numbers start with 1."),
            ),
            models.CheckConstraint(
                name="question_media_time_not_negative",
                condition=Q(media_time__isnull=True) | Q(media_time__gte=0),
                violation_error_message=_("A time in the recording cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {excerpt_of(self.text, length=80)}"

    def natural_key(self) -> tuple[str, str]:
        return (self.event.slug, self.anchor)

    natural_key.dependencies = ["panels.event"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return reverse("passage", args=[self.event.slug, self.anchor])

    def prepare(self) -> None:
        siblings = Question.objects.filter(event=self.event_id)
        if not self.anchor:
            self.anchor = next_anchor(self.event_id, "q", siblings)
        if self.number is None:
            self.number = next_place(siblings, "number")
