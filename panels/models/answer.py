"""Answers, each with how its speaker is known."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from panels.models.base import PreparedModel, next_place
from panels.models.event import Event
from panels.models.question import Question
from panels.models.retired_anchor import next_anchor
from panels.models.speaker import Speaker
from panels.models.validators import validate_answer_anchor
from panels.transcript.text import excerpt_of

if TYPE_CHECKING:
    from panels.models.tag import Tag


class AnswerQuerySet(models.QuerySet["Answer"]):
    def get_by_natural_key(self, event_slug: str, anchor: str) -> "Answer":
        return self.get(event__slug=event_slug, anchor=anchor)

    def published(self) -> "AnswerQuerySet":
        """The answers of public events."""
        return self.filter(Exists(Event.objects.published().filter(pk=OuterRef("event"))))

    def about(self, tag: "Tag") -> "AnswerQuerySet":
        """The answers with a tag on themselves, their question or their event."""
        return self.filter(
            Exists(tag.tagged_answers.filter(content_object=OuterRef("pk")))
            | Exists(tag.tagged_questions.filter(content_object=OuterRef("question")))
            | Exists(tag.tagged_events.filter(content_object=OuterRef("event")))
        )

    def unattributed(self) -> "AnswerQuerySet":
        return self.filter(attribution=Answer.Attribution.UNKNOWN)


class Answer(PreparedModel):  # type: ignore[django-manager-missing] # taggit has no types
    """An answer of one speaker to a question.

    `event` is the question's event, stored here as well so that the database can enforce unique anchors within it; a
    trigger refuses any other.
    """

    class Attribution(models.TextChoices):
        STATED = "stated", _("stated")
        INFERRED = "inferred", _("inferred")
        UNKNOWN = "unknown", _("unknown")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers", verbose_name=_("question"))
    event = models.ForeignKey(
        Event,
        on_delete=models.CASCADE,
        related_name="answers",
        editable=False,
        serialize=False,
        verbose_name=_("session"),
    )
    position = models.PositiveIntegerField(
        _("position"),
        blank=True,
        help_text=_("Position under its question, starting at 1. Leave empty to add at the end."),
    )
    anchor = models.CharField(
        _("anchor"), max_length=20, blank=True, editable=False, validators=[validate_answer_anchor]
    )
    speaker = models.ForeignKey(
        Speaker,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("speaker"),
        help_text=_("Leave empty if the speaker is not known."),
    )
    attribution = models.CharField(
        _("attribution"),
        max_length=10,
        choices=Attribution.choices,
        default=Attribution.STATED,
        help_text=_(
            "Stated: named in the source. Inferred: named by editors, with evidence. Unknown: not "
            "named. Readers see the last two."
        ),
    )
    evidence = models.TextField(
        _("evidence"),
        blank=True,
        help_text=_("What points to the speaker, or why nothing does. Shown to readers. Markdown."),
    )
    text = models.TextField(_("answer"), blank=True, help_text=_("Word for word. Markdown."))
    media_time = models.FloatField(
        _("time in the recording"), null=True, blank=True, help_text=_("In seconds from the start.")
    )
    tags = TaggableManager(
        verbose_name=_("tags"),
        through="panels.TaggedAnswer",
        blank=True,
        related_name="answers",
        help_text="",
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering: ClassVar = ["question", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "anchor"],
                name="answer_anchor_once_per_event",
                violation_error_message=_("Another answer of this session has this anchor."),
            ),
            models.UniqueConstraint(
                fields=["question", "position"],
                name="answer_position_once_per_question",
                violation_error_message=_("Another answer to this question has this position."),
            ),
            models.CheckConstraint(name="answer_has_anchor", condition=~Q(anchor="")),
            models.CheckConstraint(
                name="answer_position_from_1",
                condition=Q(position__gte=1),
                violation_error_message=_("Positions start with 1."),
            ),
            models.CheckConstraint(
                name="answer_attribution_is_known",
                condition=Q(attribution__in=["stated", "inferred", "unknown"]),
                violation_error_message=_("Attribution must be stated, inferred or unknown."),
            ),
            models.CheckConstraint(
                name="answer_unknown_has_no_speaker",
                condition=Q(attribution="unknown", speaker__isnull=True)
                | Q(attribution__in=["stated", "inferred"], speaker__isnull=False),
                violation_error_message=_(
                    "An answer has a speaker exactly when its attribution is stated or inferred. Choose a "
                    "speaker, or set the attribution to unknown."
                ),
            ),
            models.CheckConstraint(
                name="answer_inferred_has_evidence",
                condition=~Q(attribution="inferred", evidence=""),
                violation_error_message=_(
                    "An inferred attribution needs evidence. Describe what points to the speaker."
                ),
            ),
            models.CheckConstraint(
                name="answer_media_time_not_negative",
                condition=Q(media_time__isnull=True) | Q(media_time__gte=0),
                violation_error_message=_("A time in the recording cannot be negative."),
            ),
        ]
        indexes: ClassVar = [
            models.Index("event", condition=Q(attribution="unknown"), name="answer_unattributed"),
        ]

    def __str__(self) -> str:
        return f"{self.anchor}: {excerpt_of(self.text, length=80)}"

    def natural_key(self) -> tuple[str, str]:
        return (self.question.event.slug, self.anchor)

    natural_key.dependencies = ["panels.question", "panels.speaker"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return reverse("passage", args=[self.event.slug, self.anchor])

    def prepare(self) -> None:
        self.event_id = self.question.event_id
        if not self.anchor:
            siblings = Answer.objects.filter(event=self.event_id, anchor__startswith=f"{self.question.anchor}-a")
            self.anchor = next_anchor(self.event_id, f"{self.question.anchor}-a", siblings)
        if self.position is None:
            self.position = next_place(Answer.objects.filter(question=self.question_id), "position")
