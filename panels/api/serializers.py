"""Stored objects to schemas."""

from collections.abc import Iterable
from typing import Any

from panels.api import schemas
from panels.api.links import Addresses
from panels.models import Correction, Event, Panelist, Question, Speaker
from panels.reading.sessions import AnswerView, CorrectionNote, QuestionView, TagLink


def event_reference(event: Event, at: Addresses) -> schemas.EventReference:
    return schemas.EventReference(**_event(event, at))


def event_listed(event: Event, at: Addresses) -> schemas.EventListed:
    """An event read with `queries.whole`."""
    return schemas.EventListed(**_event_listed(event, at))


def event(found: Event, transcript: schemas.TranscriptSchema, at: Addresses) -> schemas.EventSchema:
    """An event read with `queries.whole`, with the beginning of its transcript."""
    return schemas.EventSchema(**_event_listed(found, at), transcript=transcript)


def question_in_event(question_view: QuestionView, of: Event, at: Addresses) -> schemas.QuestionInEvent:
    return schemas.QuestionInEvent(**_question(question_view, of, at), answers=_answers(question_view, of, at))


def question_listed(question_view: QuestionView, of: Event, at: Addresses) -> schemas.QuestionListed:
    """A question read with `queries.questions`."""
    counted: Any = question_view.question
    fields = _question(question_view, of, at)
    return schemas.QuestionListed(**fields, event=event_reference(of, at), answer_count=counted.answer_count)


def question(question_view: QuestionView, of: Event, at: Addresses) -> schemas.QuestionSchema:
    fields = _question(question_view, of, at)
    return schemas.QuestionSchema(**fields, answers=_answers(question_view, of, at), event=event_reference(of, at))


def answer(answer_view: AnswerView, to: Question, of: Event, at: Addresses) -> schemas.AnswerSchema:
    reference = schemas.QuestionReference(**at.question(to, of), anchor=to.anchor, number=to.number, text=to.text)
    return schemas.AnswerSchema(**_answer(answer_view, of, at), event=event_reference(of, at), question=reference)


def speaker_reference(speaker: Speaker, at: Addresses) -> schemas.SpeakerReference:
    return schemas.SpeakerReference(**_speaker(speaker, at))


def speaker_listed(speaker: Any, at: Addresses) -> schemas.SpeakerListed:
    """A speaker read `with_counts`."""
    return schemas.SpeakerListed(**_speaker_listed(speaker, at))


def speaker(found: Any, offices: Iterable[Panelist], at: Addresses) -> schemas.SpeakerSchema:
    """A speaker read `with_counts`, and the offices, each with its event."""
    offices_held = tuple(schemas.OfficeHeld(**_office(one), event=event_reference(one.event, at)) for one in offices)
    return schemas.SpeakerSchema(
        **_speaker_listed(found, at),
        family_name=found.family_name or None,
        biography=found.biography or None,
        offices=offices_held,
        feed_url=at.feed(found),
    )


def tag(found: Any, at: Addresses) -> schemas.TagSchema:
    """A tag read `with_counts`."""
    return schemas.TagSchema(
        **at.tag(found.slug),
        slug=found.slug,
        name=found.name,
        event_count=found.event_count,
        passage_count=found.passage_count,
        feed_url=at.feed(found),
    )


def correction(stored: Correction | None, event: Event, at: Addresses) -> schemas.CorrectionSchema | None:
    """A correction read without its former wording, to which it does not link."""
    if stored is None:
        return None
    note = CorrectionNote(stored.number, stored.date, stored.anchor, stored.note, has_former_wording=False)
    return _corrections([note], event, at)[0]


def _event(event: Event, at: Addresses) -> dict[str, Any]:
    return {
        **at.event(event),
        "slug": event.slug,
        "title": event.title,
        "date": event.date,
        "language": event.language,
        "version": event.version.number,
    }


def _event_listed(event: Any, at: Addresses) -> dict[str, Any]:
    return {
        **_event(event, at),
        "programme": event.programme or None,
        "introduction": event.introduction or None,
        "source": _source(event),
        "licence": event.licence or None,
        "recording_url": event.recording_url or None,
        "translation": _translation(event),
        "published_at": event.published_at,
        "changed_at": event.version.changed_at,
        "question_count": event.question_count,
        "answer_count": event.answer_count,
        "unattributed_count": event.unattributed_count,
        "panelists": tuple(
            schemas.PanelistSchema(**_office(one), speaker=speaker_reference(one.speaker, at))
            for one in event.panelists.all()
        ),
        "tags": _tags((TagLink(one.tag.name, one.tag.slug) for one in event.tagged.all()), at),
        "corrections": _corrections((_note(one) for one in event.corrections.all()), event, at),
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


def _question(question_view: QuestionView, event: Event, at: Addresses) -> dict[str, Any]:
    question = question_view.question
    return {
        **at.question(question, event),
        **_passage(question_view, event, at),
        "anchor": question.anchor,
        "text": question.text,
        "media_time": question.media_time,
        "number": question.number,
        "is_follow_up": question.is_follow_up,
        "asked_by": speaker_reference(question.asked_by, at) if question.asked_by else None,
        "office": schemas.OfficeSchema(**_office(question_view.asker)) if question_view.asker else None,
    }


def _answers(question_view: QuestionView, event: Event, at: Addresses) -> tuple[schemas.AnswerInQuestion, ...]:
    return tuple(schemas.AnswerInQuestion(**_answer(answer_view, event, at)) for answer_view in question_view.answers)


def _answer(answer_view: AnswerView, event: Event, at: Addresses) -> dict[str, Any]:
    answer = answer_view.answer
    return {
        **at.answer(answer, event),
        **_passage(answer_view, event, at),
        "anchor": answer.anchor,
        "text": answer.text,
        "media_time": answer.media_time,
        "position": answer.position,
        "attribution": answer.attribution,
        "evidence": answer.evidence or None,
        "speaker": speaker_reference(answer.speaker, at) if answer.speaker else None,
        "office": schemas.OfficeSchema(**_office(answer_view.panelist)) if answer_view.panelist else None,
    }


def _passage(passage: QuestionView | AnswerView, event: Event, at: Addresses) -> dict[str, Any]:
    return {
        "language": event.language,
        "tags": _tags(passage.tags, at),
        "corrections": _corrections(passage.corrections, event, at),
        "version": event.version.number,
    }


def _office(panelist: Panelist) -> dict[str, Any]:
    return {
        "role": panelist.role,
        "title": panelist.title or None,
        "organisation": panelist.organisation or None,
    }


def _speaker(speaker: Speaker, at: Addresses) -> dict[str, Any]:
    page: Any = at.speaker(speaker) if speaker.is_identified else {"url": None, "api_url": None}
    return {
        **page,
        "slug": speaker.slug if speaker.is_identified else None,
        "name": speaker.name,
        "original_name": speaker.original_name or None,
        "kind": speaker.kind,
    }


def _speaker_listed(speaker: Any, at: Addresses) -> dict[str, Any]:
    counts = {"event_count": speaker.event_count, "answer_count": speaker.answer_count}
    return _speaker(speaker, at) | counts


def _tags(tags: Iterable[TagLink], at: Addresses) -> tuple[schemas.TagReference, ...]:
    return tuple(schemas.TagReference(**at.tag(one.slug), slug=one.slug, name=one.name) for one in tags)


def _note(correction: Any) -> CorrectionNote:
    return CorrectionNote(
        correction.number,
        correction.date,
        correction.anchor,
        correction.note,
        has_former_wording=correction.has_former_wording,
    )


def _corrections(notes: Iterable[CorrectionNote], event: Event, at: Addresses) -> tuple[schemas.CorrectionSchema, ...]:
    return tuple(
        schemas.CorrectionSchema(
            number=note.number,
            date=note.date,
            anchor=note.anchor or None,
            note=note.note,
            earlier_url=at.earlier(event, note.anchor) if note.has_former_wording else None,
        )
        for note in notes
    )
