"""Speakers: people and organisations across events, and labels of one event that identify nobody."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from panels.models.base import FormerSlug, SluggedModel, SortKeyField, count_of
from panels.models.event import Event
from panels.transcript.text import is_written_in, slug_of, slug_of_name, sort_key_of

NOTED = " · "
"""Stands between a speaker's name and their distinguishing note."""


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def get_by_natural_key(self, slug: str) -> "Speaker":
        return self.get(slug=slug)

    def identified(self) -> "SpeakerQuerySet":
        """The speakers who are known: not the labels of one session, as “Q”, “Ida” or “Speaker 1”.

        Everything that lists, counts, links or matches speakers across sessions starts from here.
        """
        return self.filter(session=None)

    def published(self) -> "SpeakerQuerySet":
        """The identified speakers who take part, answer or ask in a public event."""
        public = Event.objects.published()
        # Checked per speaker, not with one query over all answers: a page of a list needs few.
        roles = ("panelists__speaker", "answers__speaker", "questions__asked_by")
        panels, answers, questions = (Exists(public.filter(**{role: OuterRef("pk")})) for role in roles)
        return self.identified().filter(panels | answers | questions)

    def taking_part_in(self, event: Event) -> "SpeakerQuerySet":
        """The speakers on the panel of an event, and those who answer or ask in it."""
        return self.filter(
            Q(pk__in=event.panelists.values("speaker"))
            | Q(pk__in=event.answers.values("speaker"))
            | Q(pk__in=event.questions.values("asked_by"))
        )

    def with_counts(self) -> "SpeakerQuerySet":
        """Add `event_count` and `answer_count`: public panels and answers.

        This counts row by row. Lists use `panels.reading.discovery.use_counts`.
        """
        public = Event.objects.published()
        return self.annotate(
            event_count=count_of(Speaker, "panelists", Q(panelists__event__in=public)),
            answer_count=count_of(Speaker, "answers", Q(answers__event__in=public)),
        )

    def by_name(self) -> "SpeakerQuerySet":
        return self.order_by("sort_key", "slug")


class Speaker(SluggedModel):
    """A person or an organisation that speaks. Offices belong to `Panelist`, as of the day of an event.

    With a `session`, it is only a label of that session, which does not identify the speaker: the same label in another
    session may be somebody else. It has no page, is in no list or count, and takes part in no other session; a trigger
    enforces that.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")

    name = models.CharField(
        _("name"),
        max_length=200,
        help_text=_("As usually written. Initials, a single name or an organisation are fine."),
    )
    family_name = models.CharField(
        _("family name"),
        max_length=100,
        blank=True,
        help_text=_("As written in the name. Lists are sorted by it, or by the full name if empty."),
    )
    original_name = models.CharField(
        _("name in the original script"),
        max_length=200,
        blank=True,
        help_text=_("For example 张三 for Zhang San."),
    )
    note = models.CharField(
        _("distinguishing note"),
        max_length=80,
        blank=True,
        help_text=_("Tells speakers of the same name apart, and is shown beside the name: historian, Lisbon."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PERSON)
    biography = models.TextField(
        _("biography"),
        blank=True,
        help_text=_("Who this is. Job titles are kept with each session. Markdown."),
    )
    session = models.ForeignKey(
        Event,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="labels",
        verbose_name=_("label of the session"),
        help_text=_("Only for a label that does not identify anybody, such as initials."),
    )
    sort_key = SortKeyField(max_length=320, editable=False, serialize=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints: ClassVar = [
            models.CheckConstraint(name="speaker_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="speaker_has_slug", condition=~Q(slug="")),
            models.CheckConstraint(name="speaker_has_sort_key", condition=~Q(sort_key="")),
            models.CheckConstraint(name="speaker_kind_is_known", condition=Q(kind__in=["person", "organisation"])),
            models.UniqueConstraint(
                fields=["session", "name"],
                condition=Q(session__isnull=False),
                name="speaker_label_once_per_session",
                violation_error_message=_("This session already has this label."),
            ),
        ]
        indexes: ClassVar = [models.Index("sort_key", "slug", name="speaker_by_name")]

    def __str__(self) -> str:
        name = self.name
        if self.original_name and self.original_name != self.name:
            name = f"{name} ({self.original_name})"
        return f"{name}{NOTED}{self.note}" if self.note else name

    @property
    def is_identified(self) -> bool:
        """Whether this is a known speaker rather than a label of one session."""
        return self.session_id is None

    def name_in(self, language: str) -> str:
        """The name as text in a language writes it: in the original script if that is the language's."""
        return self.original_name if is_written_in(self.original_name, language) else self.name

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.slug])

    def prepare(self) -> None:
        super().prepare()
        self.sort_key = sort_key_of(self.name, self.family_name, person=self.kind == Speaker.Kind.PERSON)[:320]

    def slug_from_words(self) -> str:
        words = slug_of_name(self.name) if self.kind == Speaker.Kind.PERSON else slug_of(self.name)
        if self.note:
            words = slug_of(f"{words} {self.note}")
        return label_slug(self.session.slug, words) if self.session else words

    def clean(self) -> None:
        super().clean()
        if self.family_name and self.family_name not in self.name:
            raise ValidationError({"family_name": _("Enter the family name as written in the name.")})


def label_slug(event_slug: str, words: str) -> str:
    """The slug of a label: it never takes a slug from an identified speaker."""
    return f"{event_slug[:70].strip('-')}-{words[:28].strip('-') or 'speaker'}"


class FormerSpeakerSlug(FormerSlug):
    target = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="former_slugs", verbose_name=_("redirects to")
    )

    class Meta:
        verbose_name = _("former speaker URL")
        verbose_name_plural = _("former speaker URLs")


class SharedSpeakerSlug(models.Model):
    """A slug at which sessions of a speaker were shown before they were split off from another speaker.

    That slug is the other speaker's, now or formerly. Readers who follow it are shown everybody that it may have meant.
    """

    slug = models.CharField(_("slug"), max_length=100, db_index=True)
    target = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="shared_slugs", verbose_name=_("split off")
    )

    class Meta:
        verbose_name = _("shared speaker URL")
        verbose_name_plural = _("shared speaker URLs")
        constraints: ClassVar = [models.CheckConstraint(name="shared_speaker_slug_is_one", condition=~Q(slug=""))]

    def __str__(self) -> str:
        return self.slug
