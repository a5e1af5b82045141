"""Serialize stored objects as the classes in `schemas`."""

from collections.abc import Iterable
from typing import Any

from panels.api import schemas
from panels.api.links import SiteUrls
from panels.models import Correction, Event, Panelist, Question, Speaker
from panels.reading.sessions import AnswerView, CorrectionNote, QuestionView, TagLink
from panels.transcript import EVENT_FIELDS

_SAME_NAMED = [name for name in EVENT_FIELDS if name in schemas.EventListed.model_fields]
"""The fields of an event that the API shows under the same name; an empty one is null."""


def event_reference(event: Event, urls: SiteUrls) -> schemas.EventReference:
    return schemas.EventReference(**_event(event, urls))


def event_listed(event: Event, urls: SiteUrls) -> schemas.EventListed:
    """An event read with `queries.with_details`."""
    return schemas.EventListed(**_event_listed(event, urls))


def event(found: Event, transcript: schemas.TranscriptSchema, urls: SiteUrls) -> schemas.EventSchema:
    """An event read with `queries.with_details`, with the beginning of its transcript."""
    return schemas.EventSchema(**_event_listed(found, urls), transcript=transcript)


def question_in_event(question_view: QuestionView, of: Event, urls: SiteUrls) -> schemas.QuestionInEvent:
    return schemas.QuestionInEvent(**_question(question_view, of, urls), answers=_answers(question_view, of, urls))


def question_listed(question_view: QuestionView, of: Event, urls: SiteUrls) -> schemas.QuestionListed:
    """A question read with `queries.questions`."""
    counted: Any = question_view.question
    fields = _question(question_view, of, urls)
    return schemas.QuestionListed(**fields, event=event_reference(of, urls), answer_count=counted.answer_count)


def question(question_view: QuestionView, of: Event, urls: SiteUrls) -> schemas.QuestionSchema:
    fields = _question(question_view, of, urls)
    return schemas.QuestionSchema(**fields, answers=_answers(question_view, of, urls), event=event_reference(of, urls))


def answer(answer_view: AnswerView, to: Question, of: Event, urls: SiteUrls) -> schemas.AnswerSchema:
    reference = schemas.QuestionReference(**urls.question(to, of), anchor=to.anchor, number=to.number, text=to.text)
    return schemas.AnswerSchema(**_answer(answer_view, of, urls), event=event_reference(of, urls), question=reference)


def speaker_reference(speaker: Speaker, urls: SiteUrls) -> schemas.SpeakerReference:
    return schemas.SpeakerReference(**_speaker(speaker, urls))


def speaker_listed(speaker: Any, urls: SiteUrls) -> schemas.SpeakerListed:
    """A speaker with the counts of `with_counts` or `with_appearances`."""
    return schemas.SpeakerListed(**_speaker_listed(speaker, urls))


def speaker(found: Any, offices: Iterable[Panelist], urls: SiteUrls) -> schemas.SpeakerSchema:
    """A speaker read `with_counts`, and the offices, each with its event."""
    offices_held = tuple(schemas.OfficeHeld(**_office(one), event=event_reference(one.event, urls)) for one in offices)
    return schemas.SpeakerSchema(
        **_speaker_listed(found, urls),
        family_name=found.family_name or None,
        biography=found.biography or None,
        offices=offices_held,
        feed_url=urls.feed(found),
    )


def tag(found: Any, urls: SiteUrls) -> schemas.TagSchema:
    """A tag with the counts of `with_counts` or `with_use`."""
    return schemas.TagSchema(
        **urls.tag(found.slug),
        slug=found.slug,
        name=found.name,
        event_count=found.event_count,
        passage_count=found.passage_count,
        feed_url=urls.feed(found),
    )


def correction(stored: Correction | None, event: Event, urls: SiteUrls) -> schemas.CorrectionSchema | None:
    """A correction read without its former wording, to which it does not link."""
    if stored is None:
        return None
    note = CorrectionNote(stored.number, stored.date, stored.anchor, stored.note, has_former_wording=False)
    return _corrections([note], event, urls)[0]


def _event(event: Event, urls: SiteUrls) -> dict[str, Any]:
    return {
        **urls.event(event),
        "slug": event.slug,
        "title": event.title,
        "date": event.date,
        "language": event.language,
        "version": event.version.number,
    }


def _event_listed(event: Any, urls: SiteUrls) -> dict[str, Any]:
    return {
        **{name: getattr(event, name) or None for name in _SAME_NAMED},
        **_event(event, urls),
        "source": _source(event),
        "translation": _translation(event),
        "published_at": event.published_at,
        "changed_at": event.version.changed_at,
        "question_count": event.question_count,
        "answer_count": event.answer_count,
        "unattributed_count": event.unattributed_count,
        "panelists": tuple(
            schemas.PanelistSchema(**_office(one), speaker=speaker_reference(one.speaker, urls))
            for one in event.panelists.all()
        ),
        "tags": _tags((TagLink(one.tag.name, one.tag.slug) for one in event.tagged.all()), urls),
        "corrections": _corrections((_note(one) for one in event.corrections.all()), event, urls),
    }


def _source(event: Event) -> schemas.SourceSchema:
    return schemas.SourceSchema(
        publisher=event.publisher or None,
        title=event.source_title or None,
        url=event.source_url or None,
        note=event.source_note or None,
    )


def _translation(event: Event) -> schemas.TranslationSchema | None:
    if event.translation == Event.Translation.NONE:
        return None
    return schemas.TranslationSchema(made_by=event.translation, translated_from=event.translated_from or None)  # type: ignore[arg-type]


def _question(question_view: QuestionView, event: Event, urls: SiteUrls) -> dict[str, Any]:
    question = question_view.question
    return {
        **urls.question(question, event),
        **_passage(question_view, event, urls),
        "anchor": question.anchor,
        "text": question.text,
        "media_time": question.media_time,
        "number": question.number,
        "is_follow_up": question.is_follow_up,
        "asked_by": speaker_reference(question.asked_by, urls) if question.asked_by else None,
        "office": schemas.OfficeSchema(**_office(question_view.asker)) if question_view.asker else None,
    }


def _answers(question_view: QuestionView, event: Event, urls: SiteUrls) -> tuple[schemas.AnswerInQuestion, ...]:
    return tuple(schemas.AnswerInQuestion(**_answer(answer_view, event, urls)) for answer_view in question_view.answers)


def _answer(answer_view: AnswerView, event: Event, urls: SiteUrls) -> dict[str, Any]:
    answer = answer_view.answer
    return {
        **urls.answer(answer, event),
        **_passage(answer_view, event, urls),
        "anchor": answer.anchor,
        "text": answer.text,
        "media_time": answer.media_time,
        "position": answer.position,
        "attribution": answer.attribution,
        "evidence": answer.evidence or None,
        "speaker": speaker_reference(answer.speaker, urls) if answer.speaker else None,
        "office": schemas.OfficeSchema(**_office(answer_view.panelist)) if answer_view.panelist else None,
    }


def _passage(passage: QuestionView | AnswerView, event: Event, urls: SiteUrls) -> dict[str, Any]:
    return {
        "language": event.language,
        "tags": _tags(passage.tags, urls),
        "corrections": _corrections(passage.corrections, event, urls),
        "version": event.version.number,
    }


def _office(panelist: Panelist) -> dict[str, Any]:
    return {
        "role": panelist.role,
        "title": panelist.title or None,
        "organisation": panelist.organisation or None,
    }


def _speaker(speaker: Speaker, urls: SiteUrls) -> dict[str, Any]:
    page: Any = urls.speaker(speaker) if speaker.is_identified else {"url": None, "api_url": None}
    return {
        **page,
        "slug": speaker.slug if speaker.is_identified else None,
        "name": speaker.name,
        "original_name": speaker.original_name or None,
        "note": speaker.note or None,
        "kind": speaker.kind,
    }


def _speaker_listed(speaker: Any, urls: SiteUrls) -> dict[str, Any]:
    counts = {"event_count": speaker.event_count, "answer_count": speaker.answer_count}
    return _speaker(speaker, urls) | counts


def _tags(tags: Iterable[TagLink], urls: SiteUrls) -> tuple[schemas.TagReference, ...]:
    return tuple(schemas.TagReference(**urls.tag(one.slug), slug=one.slug, name=one.name) for one in tags)


def _note(correction: Any) -> CorrectionNote:
    return CorrectionNote(
        correction.number,
        correction.date,
        correction.anchor,
        correction.note,
        has_former_wording=correction.has_former_wording,
    )


def _corrections(notes: Iterable[CorrectionNote], event: Event, urls: SiteUrls) -> tuple[schemas.CorrectionSchema, ...]:
    return tuple(
        schemas.CorrectionSchema(
            number=note.number,
            date=note.date,
            anchor=note.anchor or None,
            note=note.note,
            earlier_url=urls.earlier(event, note.anchor) if note.has_former_wording else None,
        )
        for note in notes
    )
