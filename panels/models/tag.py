"""Tags on events, questions and answers: taggit's, with readable slugs and natural keys."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from panels.models.base import FormerSlug, SluggedModel, SortKeyField, count_of
from panels.models.event import Event
from panels.transcript.text import slug_of, sort_key_of


class TagQuerySet(models.QuerySet["Tag"]):
    def get_by_natural_key(self, slug: str) -> "Tag":
        return self.get(slug=slug)

    def published(self) -> "TagQuerySet":
        """The tags on anything public."""
        public = Event.objects.published()
        # Checked per tag, as for speakers.
        places = ("tagged__tag", "questions__tagged__tag", "answers__tagged__tag")
        events, questions, answers = (Exists(public.filter(**{place: OuterRef("pk")})) for place in places)
        return self.filter(events | questions | answers)

    def with_counts(self) -> "TagQuerySet":
        """Add `event_count` and `passage_count` (questions and answers) of public rows.

        This counts row by row. Lists use `panels.reading.discovery.use_counts`.
        """
        public = Event.objects.published()
        return self.annotate(
            event_count=count_of(Tag, "tagged_events", Q(tagged_events__content_object__in=public)),
            passage_count=count_of(Tag, "tagged_questions", Q(tagged_questions__content_object__event__in=public))
            + count_of(Tag, "tagged_answers", Q(tagged_answers__content_object__event__in=public)),
        )

    def by_name(self) -> "TagQuerySet":
        return self.order_by("sort_key", "slug")


class Tag(SluggedModel, TagBase):  # type: ignore[misc, django-manager-missing] # taggit has no types
    """A subject that events, questions and answers share. Chinese tags have pinyin slugs."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    sort_key = SortKeyField(max_length=320, editable=False, serialize=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints: ClassVar = [
            models.CheckConstraint(name="tag_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="tag_has_slug", condition=~Q(slug="")),
            models.CheckConstraint(name="tag_has_sort_key", condition=~Q(sort_key="")),
        ]
        indexes: ClassVar = [models.Index("sort_key", "slug", name="tag_by_name")]

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])

    def prepare(self) -> None:
        super().prepare()
        self.set_sort_key()

    def set_sort_key(self) -> None:
        self.sort_key = sort_key_of(self.name, person=False)[:320]

    def slug_from_words(self) -> str:
        return slug_of(self.name)


class FormerTagSlug(FormerSlug):
    target = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="former_slugs", verbose_name=_("redirects to")
    )

    class Meta:
        verbose_name = _("former tag URL")
        verbose_name_plural = _("former tag URLs")


class TaggedEventManager(models.Manager["TaggedEvent"]):
    def get_by_natural_key(self, event_slug: str, tag_slug: str) -> "TaggedEvent":
        return self.get(content_object__slug=event_slug, tag__slug=tag_slug)


class TaggedPassageManager(models.Manager[Any]):
    def get_by_natural_key(self, event_slug: str, anchor: str, tag_slug: str) -> Any:
        return self.get(content_object__event__slug=event_slug, content_object__anchor=anchor, tag__slug=tag_slug)


class TaggedEvent(ItemBase):  # type: ignore[misc]
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_events", verbose_name=_("tag"))
    content_object = models.ForeignKey("panels.Event", on_delete=models.CASCADE, related_name="tagged")

    objects: ClassVar[TaggedEventManager] = TaggedEventManager()

    class Meta:
        verbose_name = _("tag of a session")
        verbose_name_plural = _("tags of sessions")
        constraints: ClassVar = [models.UniqueConstraint(fields=["content_object", "tag"], name="event_tagged_once")]

    def natural_key(self) -> tuple[str, ...]:
        return (*self.content_object.natural_key(), *self.tag.natural_key())

    natural_key.dependencies = ["panels.event", "panels.tag"]  # type: ignore[attr-defined]


class TaggedQuestion(ItemBase):  # type: ignore[misc]
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_questions", verbose_name=_("tag"))
    content_object = models.ForeignKey("panels.Question", on_delete=models.CASCADE, related_name="tagged")

    objects: ClassVar[TaggedPassageManager] = TaggedPassageManager()

    class Meta:
        verbose_name = _("tag of a question")
        verbose_name_plural = _("tags of questions")
        constraints: ClassVar = [models.UniqueConstraint(fields=["content_object", "tag"], name="question_tagged_once")]

    def natural_key(self) -> tuple[str, ...]:
        return (*self.content_object.natural_key(), *self.tag.natural_key())

    natural_key.dependencies = ["panels.question", "panels.tag"]  # type: ignore[attr-defined]


class TaggedAnswer(ItemBase):  # type: ignore[misc]
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_answers", verbose_name=_("tag"))
    content_object = models.ForeignKey("panels.Answer", on_delete=models.CASCADE, related_name="tagged")

    objects: ClassVar[TaggedPassageManager] = TaggedPassageManager()

    class Meta:
        verbose_name = _("tag of an answer")
        verbose_name_plural = _("tags of answers")
        constraints: ClassVar = [models.UniqueConstraint(fields=["content_object", "tag"], name="answer_tagged_once")]

    def natural_key(self) -> tuple[str, ...]:
        return (*self.content_object.natural_key(), *self.tag.natural_key())

    natural_key.dependencies = ["panels.answer", "panels.tag"]  # type: ignore[attr-defined]
