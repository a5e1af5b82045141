"""Build citations from stored rows."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from panels.models import Answer, Event, Panelist, Question, Speaker
from panels.reading.attribution import unattributed
from panels.reading.citations.citation import Citation, CitedKind, Name
from panels.reading.languages import interface_language_for, language_name
from panels.reading.sessions import PassageView, Session
from panels.transcript.text import excerpt_of, split_chinese_name

_TITLE_LENGTH = 160


def cite_session(session: Session, *, url: str, accessed: dt.date) -> Citation:
    """Cite a whole session, by its panelists (without moderators). `url` is its absolute URL."""
    event = session.event
    panel = (panelist.speaker for panelist in session.panelists if panelist.role == Panelist.Role.PANELIST)
    with translation.override(interface_language_for(event.language)):
        return Citation(
            kind=CitedKind.SESSION,
            key=_key(event),
            title=event.title,
            authors=tuple(_name(speaker, event.language) for speaker in panel),
            nameless=_("Speakers not named in the source"),
            container=event.programme,
            date=event.date,
            publisher=event.publisher or settings.SITE_NAME,
            site=settings.SITE_NAME,
            language=event.language,
            url=url,
            anchor="",
            version=event.version.number,
            accessed=accessed,
            notes=tuple(_of_event(event)),
        )


def cite_passage(passage: PassageView, *, url: str, accessed: dt.date) -> Citation:
    """Cite one question, by its asker, or one answer, by its speaker. `url` is its absolute URL."""
    session = cite_session(passage.session, url=url, accessed=accessed)
    with translation.override(interface_language_for(session.language)):
        if passage.answer_view is None:
            return _cite_question(session, passage.question_view.question)
        return _cite_answer(session, passage.question_view.question, passage.answer_view.answer)


def _cite_question(session: Citation, question: Question) -> Citation:
    asker = question.asked_by
    return replace(
        session,
        kind=CitedKind.QUESTION,
        key=f"{session.key}-{question.anchor}",
        title=excerpt_of(question.text, length=_TITLE_LENGTH) or _("Before the first question"),
        authors=(_name(asker, session.language),) if asker else (),
        nameless=_("Asker not named in the source"),
        container=session.title,
        anchor=question.anchor,
    )


def _cite_answer(session: Citation, question: Question, answer: Answer) -> Citation:
    excerpt = excerpt_of(question.text, length=_TITLE_LENGTH)
    own_words = excerpt_of(answer.text, length=_TITLE_LENGTH) or _("Before the first question")
    return replace(
        session,
        kind=CitedKind.ANSWER,
        key=f"{session.key}-{answer.anchor}",
        title=_("Answer to: %(question)s") % {"question": excerpt} if excerpt else own_words,
        authors=(_name(answer.speaker, session.language),) if answer.speaker else (),
        nameless=unattributed(),
        container=session.title,
        anchor=answer.anchor,
        notes=(*_of_answer(answer), *session.notes),
    )


def _of_answer(answer: Answer) -> Iterator[str]:
    if answer.attribution == Answer.Attribution.INFERRED:
        yield _("Speaker inferred by the editors; not named in the source")


def _of_event(event: Event) -> Iterator[str]:
    if event.translation == Event.Translation.NONE:
        return
    machine = event.translation == Event.Translation.MACHINE
    if event.translated_from:
        words = _("Machine translation from %(language)s") if machine else _("Translated from %(language)s")
        yield words % {"language": language_name(event.translated_from)}
    else:
        yield _("Machine translation") if machine else _("Translated")


def _name(speaker: Speaker, language: str) -> Name:
    """The name as text in the language writes it, split into its parts where these are known."""
    written = speaker.name_in(language)
    other = speaker.original_name if speaker.original_name != written else ""
    if speaker.kind == Speaker.Kind.ORGANISATION or not speaker.is_identified:
        return Name(written, original=other)
    if parts := split_chinese_name(written):
        return Name(written, *parts, original=other)
    family = speaker.family_name
    if not family or family not in written:
        return Name(written, original=other)
    before, _found, after = written.partition(family)
    return Name(written, family, " ".join(f"{before} {after}".split()), original=other)


def _key(event: Event) -> str:
    """The key of the entry in a bibliography: ASCII, the only characters that BibTeX accepts there."""
    return event.slug if event.slug.isascii() else f"event-{event.pk}"
