"""Events. `Event.objects.published()` is the only definition of what readers see."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from panels.models.base import FormerSlug, SluggedModel, count_of
from panels.models.validators import validate_language, validate_web_url
from panels.transcript.text import slug_of

UNDATED = dt.date.min


def _web_url_or_empty(field: str) -> models.CheckConstraint:
    """A constraint that a field holds a web URL or nothing.

    Pages link to it, so it must not run code, even if it was not written through a form.
    """
    is_web = Q(**{f"{field}__istartswith": "http://"}) | Q(**{f"{field}__istartswith": "https://"})
    return models.CheckConstraint(
        name=f"event_{field}_is_web",
        condition=Q(**{field: ""}) | is_web,
        violation_error_message=_("Enter an address that starts with http:// or https://."),
    )


class EventQuerySet(models.QuerySet["Event"]):
    def get_by_natural_key(self, slug: str) -> "Event":
        return self.get(slug=slug)

    def published(self) -> "EventQuerySet":
        """The events that readers see. Every page, list, feed and count starts here; this alone defines "published".

        To filter passages, use it with `Exists`: given a list of all public events with `IN`, SQLite reads the passages
        of each of them.
        """
        return self.filter(status=Event.Status.PUBLISHED)

    def withdrawn(self) -> "EventQuerySet":
        """The events that readers could once see: their URLs answer 410."""
        withdrawn, binned = Event.Status.WITHDRAWN, Event.Status.BINNED
        return self.filter(Q(status=withdrawn) | Q(status=binned, published_at__isnull=False))

    def each_session_once(self) -> "EventQuerySet":
        """Each session once: without translations of events that are also public, which have the same content."""
        return self.exclude(Exists(Event.objects.published().filter(pk=OuterRef("translation_of"))))

    def not_trashed(self) -> "EventQuerySet":
        """All events except those in the bin."""
        return self.exclude(status=Event.Status.BINNED)

    def newest_first(self) -> "EventQuerySet":
        """By the day of the event; undated ones last, equal days by slug, on every database alike."""
        return self.order_by("-sort_date", "slug")

    def with_counts(self) -> "EventQuerySet":
        """Add `question_count`, `asked_count`, `answer_count` and `unattributed_count`, each by a subquery of its own.

        `asked_count` leaves out questions without text, which hold what is said before the first question, or without
        any.
        """
        return self.annotate(
            question_count=count_of(Event, "questions"),
            asked_count=count_of(Event, "questions", Q(questions__text__gt="")),
            answer_count=count_of(Event, "answers"),
            unattributed_count=count_of(Event, "answers", Q(answers__attribution="unknown")),
        )

    def with_panel(self) -> "EventQuerySet":
        """Prefetch the panelists with their speakers, in order."""
        return self.prefetch_related("panelists__speaker")

    def with_speaker(self, speaker: SluggedModel) -> "EventQuerySet":
        """The events in which a speaker takes part, answers or asks."""
        return self._where("panelists__speaker", "answers__speaker", "questions__asked_by", one=speaker)

    def tagged_anywhere(self, tag: SluggedModel) -> "EventQuerySet":
        """The events with a tag on themselves, a question or an answer."""
        return self._where("tagged__tag", "questions__tagged__tag", "answers__tagged__tag", one=tag)

    def _where(self, *paths: str, one: SluggedModel) -> "EventQuerySet":
        """The events that match any of several relations; by subqueries, so that none is repeated."""
        found = Q()
        for path in paths:
            found |= Q(pk__in=Event.objects.filter(**{path: one}).values("pk"))
        return self.filter(found)


class Event(SluggedModel):  # type: ignore[django-manager-missing] # taggit has no types
    """One panel session, on a date, in a language, from a source."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        BINNED = "binned", _("in trash")

    class Translation(models.TextChoices):
        NONE = "", _("original, not a translation")
        HUMAN = "human", _("translated by hand")
        MACHINE = "machine", _("translated by machine")

    title = models.CharField(_("title"), max_length=300, help_text=_("As written in the source."))
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(
        _("reason for withdrawal"), blank=True, default="", db_default="", editable=False
    )
    date = models.DateField(_("date"), null=True, blank=True, help_text=_("The day it took place, if known."))
    # NULLs sort differently on SQLite and PostgreSQL, and an index cannot fix that on both.
    sort_date = models.GeneratedField(
        expression=Coalesce("date", models.Value(UNDATED)),
        output_field=models.DateField(),
        db_persist=True,
        serialize=False,
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        default="en",
        validators=[validate_language],
        help_text=_("Language of the transcript, as a language tag (BCP 47): en, zh-Hans, ar …"),
    )
    programme = models.CharField(
        _("programme"), max_length=200, blank=True, help_text=_("The series the session belongs to.")
    )
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("Text before the first question. Markdown.")
    )
    pull_quote = models.CharField(
        _("pull quote"),
        max_length=400,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "A sentence from a question or an answer, word for word. The home page shows it with its speaker when this "
            "session leads."
        ),
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True, help_text=_("Who published the source."))
    source_title = models.CharField(
        _("source title"), max_length=300, blank=True, help_text=_("If different from the session title.")
    )
    source_url = models.URLField(_("source URL"), max_length=500, blank=True, validators=[validate_web_url])
    source_note = models.TextField(
        _("note on the source"),
        blank=True,
        help_text=_("What readers should know about the source: what is missing, unclear or removed. Markdown."),
    )
    licence = models.CharField(
        _("licence"), max_length=300, blank=True, help_text=_("Terms under which the text may be used.")
    )
    recording_url = models.URLField(_("recording"), max_length=500, blank=True, validators=[validate_web_url])
    translation = models.CharField(
        _("translation"), max_length=10, choices=Translation.choices, default=Translation.NONE, blank=True
    )
    translated_from = models.CharField(
        _("translated from"),
        max_length=35,
        blank=True,
        validators=[validate_language],
        help_text=_("The language of the original, as a language tag."),
    )
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
        help_text=_("The original session, if it is also in Panels."),
    )
    tags = TaggableManager(
        verbose_name=_("tags"), through="panels.TaggedEvent", blank=True, related_name="events", help_text=""
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        permissions: ClassVar = [
            ("change_reviewed_event", "Can change sessions in review or published"),
            ("publish_event", "Can publish and withdraw sessions"),
            ("purge_event", "Can delete sessions permanently"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="event_has_title", condition=~Q(title="")),
            models.CheckConstraint(name="event_has_slug", condition=~Q(slug="")),
            models.CheckConstraint(
                name="event_status_is_known",
                condition=Q(status__in=["draft", "in_review", "published", "withdrawn", "binned"]),
                violation_error_message=_("Status must be draft, in_review, published, withdrawn or binned."),
            ),
            models.CheckConstraint(
                name="event_once_public_has_publication_time",
                condition=Q(status__in=["draft", "in_review", "binned"]) | Q(published_at__isnull=False),
                violation_error_message=_("A published or withdrawn session has a time of publication."),
            ),
            models.CheckConstraint(
                name="event_translation_says_how",
                condition=Q(translation__in=["human", "machine"])
                | Q(translation="", translation_of__isnull=True, translated_from=""),
                violation_error_message=_("A translation must say how it was made: human or machine."),
            ),
            models.CheckConstraint(
                name="event_is_not_its_own_translation",
                condition=Q(translation_of__isnull=True) | ~Q(translation_of=F("id")),
                violation_error_message=_("A session cannot be its own translation."),
            ),
            _web_url_or_empty("source_url"),
            _web_url_or_empty("recording_url"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-sort_date", "slug"], condition=Q(status="published"), name="event_published_newest"),
            models.Index(fields=["-sort_date", "slug"], name="event_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    def slug_from_words(self) -> str:
        return slug_of(self.title)

    @property
    def is_public(self) -> bool:
        return self.status == Event.Status.PUBLISHED


class FormerEventSlug(FormerSlug):
    target = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="former_slugs", verbose_name=_("redirects to")
    )

    class Meta:
        verbose_name = _("former session URL")
        verbose_name_plural = _("former session URLs")
