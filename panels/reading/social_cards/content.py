"""The contents of the image of a passage or a session."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from panels.models import Answer, Event, Panelist, Speaker
from panels.reading.attribution import inferred, unattributed
from panels.reading.languages import interface_language_for
from panels.reading.sessions import PassageView, Session
from panels.transcript.text import excerpt_of, initials_of

_LONGEST = 340


@dataclass(frozen=True, slots=True)
class Card:
    """The contents of an image. `speaker` is the number that chooses the speaker's colour; None if unattributed."""

    lead: str
    text: str
    by: str
    office: str
    source: str
    site: str
    language: str
    speaker: int | None = None
    mark: str = ""

    @property
    def alternative(self) -> str:
        """The image's alternative text."""
        return ". ".join(part for part in (self.lead, self.text, self.by, self.source) if part)


def card_of_session(session: Session) -> Card:
    event = session.event
    panel = [one.speaker.name_in(event.language) for one in session.panelists if one.role == Panelist.Role.PANELIST]
    with translation.override(interface_language_for(event.language)):
        by = pgettext("between names", ", ").join(panel)
        return Card(
            lead=excerpt_of(event.programme or event.publisher, length=120),
            text=excerpt_of(event.title, length=_LONGEST),
            by=excerpt_of(by, length=120),
            office="",
            source=_day(event),
            site=settings.SITE_NAME,
            language=event.language,
        )


def card_of_passage(passage: PassageView) -> Card:
    with translation.override(interface_language_for(passage.session.event.language)):
        return _of_answer(passage, passage.answer_view.answer) if passage.answer_view else _of_question(passage)


def _of_answer(passage: PassageView, answer: Answer) -> Card:
    panelist = passage.answer_view.panelist if passage.answer_view else None
    is_inferred = answer.attribution == Answer.Attribution.INFERRED
    return _card(
        passage,
        lead=excerpt_of(passage.question_view.question.text, length=160),
        text=excerpt_of(answer.text, length=_LONGEST) or "…",
        speaker=answer.speaker,
        nameless=unattributed(),
        office=inferred() if is_inferred else panelist.office if panelist else "",
    )


def _of_question(passage: PassageView) -> Card:
    question_view = passage.question_view
    return _card(
        passage,
        lead=_("Question %(number)s") % {"number": question_view.question.number},
        text=excerpt_of(question_view.question.text, length=_LONGEST) or _("Before the first question"),
        speaker=question_view.question.asked_by,
        nameless="",
        office=question_view.asker.office if question_view.asker else "",
    )


def _card(passage: PassageView, *, lead: str, text: str, speaker: Speaker | None, nameless: str, office: str) -> Card:
    event = passage.session.event
    name = speaker.name_in(event.language) if speaker else ""
    day = _day(event)
    title = excerpt_of(event.title, length=70)
    return Card(
        lead=lead,
        text=text,
        by=name or nameless,
        office=office,
        source=f"{day} · {title}" if day else title,
        site=settings.SITE_NAME,
        language=event.language,
        speaker=speaker.pk if speaker else None,
        mark=initials_of(name) if speaker else "",
    )


def _day(event: Event) -> str:
    return date_format(event.date) if event.date else ""
