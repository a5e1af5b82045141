"""Structured data of pages in schema.org's vocabulary, as JSON-LD.

A transcript is a `Conversation`, `recordedAt` an `Event` of that day: the page is a record of what was said and
not the panel itself, and so needs no venue or ticket. Its parts are `Question` and `Answer`, which both have
an `author` and a `parentItem`. Answers are `suggestedAnswer`: nobody accepted one as the right one. Only the
questions of a transcript are included, since the page already has the text.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from panels.models import Answer, Event, Panelist, Question, Speaker
from panels.reading.attribution import inferred
from panels.reading.sessions import AnswerView, CorrectionNote, PassageView, QuestionView, Session
from panels.transcript.text import excerpt_of, without_marks

Absolute = Callable[[str], str]
Node = dict[str, Any]

_CONTEXT = "https://schema.org"
_NAME_LENGTH = 160


def of_session(session: Session, absolute: Absolute) -> Node:
    """A whole transcript. `absolute` makes URLs absolute, as `request.build_absolute_uri` does."""
    event = session.event
    questions = [_question(question_view, event, absolute) for question_view in session.questions]
    return _node(
        "Conversation",
        {
            "@context": _CONTEXT,
            **_record(session, absolute),
            "abstract": excerpt_of(event.introduction, length=300),
            "keywords": [tag.name for tag in session.tags],
            "isBasedOn": _source(event),
            "license": event.licence if event.licence.startswith(("https://", "http://")) else "",
            "publisher": _node("Organization", {"name": settings.SITE_NAME, "url": absolute("/")}),
            "datePublished": event.published_at.isoformat() if event.published_at else "",
            "correction": _corrections(session.corrections),
            "hasPart": questions,
        },
    )


def of_passage(passage: PassageView, absolute: Absolute) -> Node:
    """One question with its answers, or one answer with its question."""
    session, question_view = passage.session, passage.question_view
    event = session.event
    within = {"@context": _CONTEXT, "inLanguage": event.language, "isPartOf": _part_of(session, absolute)}
    question = _question(question_view, event, absolute)
    if passage.answer_view is None:
        answers = [_answer(answer_view, event, absolute) for answer_view in question_view.answers]
        return (
            question | within | _node("Question", {"suggestedAnswer": answers, "text": _words(question_view.question)})
        )
    return _answer(passage.answer_view, event, absolute) | within | {"parentItem": question}


def of_speaker(speaker: Speaker, offices: Iterable[Panelist], absolute: Absolute) -> Node:
    """A speaker and their panels. Job titles are left out, because they were true only on the day."""
    panels = [_panel(office.event) | {"recordedIn": _conversation(office.event, absolute)} for office in offices]
    is_person = speaker.kind == Speaker.Kind.PERSON
    about = _person(speaker, "", absolute) | {
        "description": excerpt_of(speaker.biography, length=300),
        "disambiguatingDescription": speaker.note,
        ("performerIn" if is_person else "event"): panels,  # in the vocabulary, only people perform
    }
    page = {"url": absolute(speaker.get_absolute_url()), "mainEntity": _known(about)}
    return _node("ProfilePage", {"@context": _CONTEXT, **page})


def _record(session: Session, absolute: Absolute) -> Node:
    people = [_person(panelist.speaker, session.event.language, absolute) for panelist in session.panelists]
    panel = _panel(session.event) | ({"performer": people} if people else {})
    return _conversation(session.event, absolute) | {"inLanguage": session.event.language, "recordedAt": panel}


def _part_of(session: Session, absolute: Absolute) -> Node:
    return _conversation(session.event, absolute) | {"recordedAt": _panel(session.event)}


def _conversation(event: Event, absolute: Absolute) -> Node:
    address = absolute(event.get_absolute_url())
    return _node("Conversation", {"@id": address, "url": address, "name": event.title})


def _panel(event: Event) -> Node:
    return _node("Event", {"name": event.title, "startDate": event.date.isoformat() if event.date else ""})


def _source(event: Event) -> Node:
    publisher = _node("Organization", {"name": event.publisher}) if event.publisher else None
    source = _node("CreativeWork", {"name": event.source_title, "url": event.source_url, "publisher": publisher})
    return source if len(source) > 1 else {}


def _question(question_view: QuestionView, event: Event, absolute: Absolute) -> Node:
    question = question_view.question
    asker = question.asked_by
    return _node(
        "Question",
        {
            **_address(event, question, absolute),
            "name": excerpt_of(question.text, length=_NAME_LENGTH),
            "position": question.number,
            "author": _person(asker, event.language, absolute) if asker else None,
            "answerCount": len(question_view.answers),
            "correction": _corrections(question_view.corrections),
        },
    )


def _answer(answer_view: AnswerView, event: Event, absolute: Absolute) -> Node:
    answer = answer_view.answer
    is_inferred = answer.attribution == Answer.Attribution.INFERRED
    return _node(
        "Answer",
        {
            **_address(event, answer, absolute),
            "text": _words(answer),
            "position": answer.position,
            "author": _person(answer.speaker, event.language, absolute) if answer.speaker else None,
            "disambiguatingDescription": inferred() if is_inferred else "",
            "correction": _corrections(answer_view.corrections),
        },
    )


def _address(event: Event, passage: Question | Answer, absolute: Absolute) -> Node:
    address = absolute(f"{event.get_absolute_url()}{passage.anchor}/")
    return {"@id": address, "url": address}


def _words(passage: Question | Answer) -> str:
    return without_marks(passage.text).strip()


def _person(speaker: Speaker, language: str, absolute: Absolute) -> Node:
    name = speaker.name_in(language)
    kind = "Person" if speaker.kind == Speaker.Kind.PERSON else "Organization"
    others = {speaker.name, speaker.original_name} - {name, ""}
    if not speaker.is_identified:
        return _node(kind, {"name": name})
    address = absolute(speaker.get_absolute_url())
    return _node(kind, {"@id": address, "url": address, "name": name, "alternateName": sorted(others)})


def _corrections(corrections: Iterable[CorrectionNote]) -> list[Node]:
    return [
        _node("CorrectionComment", {"text": without_marks(one.note), "datePublished": one.date.isoformat()})
        for one in corrections
    ]


def _node(kind: str, properties: Node) -> Node:
    return {"@type": kind, **_known(properties)}


def _known(properties: Node) -> Node:
    """The properties without empty ones, so that nothing unknown is stated."""
    return {name: value for name, value in properties.items() if value not in ("", None, [], {})}
