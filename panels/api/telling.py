"""From what is stored to what is told."""

from collections.abc import Iterable
from typing import Any

from panels.api import shapes
from panels.api.addresses import Addresses
from panels.models import Correction, Event, Panelist, Question, Speaker
from panels.reading import Asked, CorrectionNote, Said, TagLink


def event_reference(event: Event, at: Addresses) -> shapes.EventReference:
    return shapes.EventReference(**_event(event, at))


def event_listed(event: Event, at: Addresses) -> shapes.EventListed:
    """An event read by `rows.whole`."""
    return shapes.EventListed(**_event_listed(event, at))


def event(found: Event, transcript: shapes.Transcript, at: Addresses) -> shapes.Event:
    """An event read by `rows.whole`, with the beginning of its transcript."""
    return shapes.Event(**_event_listed(found, at), transcript=transcript)


def question_in_event(asked: Asked, of: Event, at: Addresses) -> shapes.QuestionInEvent:
    return shapes.QuestionInEvent(**_question(asked, of, at), answers=_answers(asked, of, at))


def question_listed(asked: Asked, of: Event, at: Addresses) -> shapes.QuestionListed:
    """A question read by `rows.questions`."""
    counted: Any = asked.question
    told = _question(asked, of, at)
    return shapes.QuestionListed(**told, event=event_reference(of, at), answer_count=counted.answer_count)


def question(asked: Asked, of: Event, at: Addresses) -> shapes.Question:
    told = _question(asked, of, at)
    return shapes.Question(**told, answers=_answers(asked, of, at), event=event_reference(of, at))


def answer(said: Said, to: Question, of: Event, at: Addresses) -> shapes.Answer:
    asked = shapes.QuestionReference(**at.question(to, of), anchor=to.anchor, number=to.number, text=to.text)
    return shapes.Answer(**_answer(said, of, at), event=event_reference(of, at), question=asked)


def speaker_reference(speaker: Speaker, at: Addresses) -> shapes.SpeakerReference:
    return shapes.SpeakerReference(**_speaker(speaker, at))


def speaker_listed(speaker: Any, at: Addresses) -> shapes.SpeakerListed:
    """A speaker read `with_counts`."""
    return shapes.SpeakerListed(**_speaker_listed(speaker, at))


def speaker(found: Any, offices: Iterable[Panelist], at: Addresses) -> shapes.Speaker:
    """A speaker read `with_counts`, and the offices, each with its event."""
    held = tuple(shapes.OfficeHeld(**_office(one), event=event_reference(one.event, at)) for one in offices)
    return shapes.Speaker(
        **_speaker_listed(found, at),
        family_name=found.family_name or None,
        biography=found.biography or None,
        offices=held,
        feed_url=at.feed(found),
    )


def tag(found: Any, at: Addresses) -> shapes.Tag:
    """A tag read `with_counts`."""
    return shapes.Tag(
        **at.tag(found.slug),
        slug=found.slug,
        name=found.name,
        event_count=found.event_count,
        passage_count=found.passage_count,
        feed_url=at.feed(found),
    )


def correction(stored: Correction | None, event: Event, at: Addresses) -> shapes.Correction | None:
    """One that was not read with what it concerns; nothing is said of an earlier wording."""
    if stored is None:
        return None
    note = CorrectionNote(stored.number, stored.date, stored.anchor, stored.note, is_kept=False)
    return _corrections([note], event, at)[0]


def _event(event: Event, at: Addresses) -> dict[str, Any]:
    return {
        **at.event(event),
        "slug": event.slug,
        "title": event.title,
        "date": event.date,
        "language": event.language,
        "edition": event.edition.number,
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
        "changed_at": event.edition.changed_at,
        "question_count": event.question_count,
        "answer_count": event.answer_count,
        "unattributed_count": event.unattributed_count,
        "panelists": tuple(
            shapes.Panelist(**_office(one), speaker=speaker_reference(one.speaker, at)) for one in event.panelists.all()
        ),
        "tags": _tags((TagLink(one.tag.name, one.tag.slug) for one in event.tagged.all()), at),
        "corrections": _corrections((_note(one) for one in event.corrections.all()), event, at),
    }


def _source(event: Event) -> shapes.Source:
    return shapes.Source(
        publisher=event.publisher or None,
        title=event.source_title or None,
        url=event.source_url or None,
        note=event.source_note or None,
    )


def _translation(event: Event) -> shapes.Translation | None:
    if event.translation == Event.Translation.NONE:
        return None
    return shapes.Translation(made_by=event.translation, translated_from=event.translated_from or None)  # type: ignore[arg-type]


def _question(asked: Asked, event: Event, at: Addresses) -> dict[str, Any]:
    question = asked.question
    return {
        **at.question(question, event),
        **_passage(asked, event, at),
        "anchor": question.anchor,
        "text": question.text,
        "media_time": question.media_time,
        "number": question.number,
        "is_follow_up": question.is_follow_up,
        "asked_by": speaker_reference(question.asked_by, at) if question.asked_by else None,
        "office": shapes.Office(**_office(asked.asker)) if asked.asker else None,
    }


def _answers(asked: Asked, event: Event, at: Addresses) -> tuple[shapes.AnswerInQuestion, ...]:
    return tuple(shapes.AnswerInQuestion(**_answer(said, event, at)) for said in asked.answers)


def _answer(said: Said, event: Event, at: Addresses) -> dict[str, Any]:
    answer = said.answer
    return {
        **at.answer(answer, event),
        **_passage(said, event, at),
        "anchor": answer.anchor,
        "text": answer.text,
        "media_time": answer.media_time,
        "position": answer.position,
        "attribution": answer.attribution,
        "evidence": answer.evidence or None,
        "speaker": speaker_reference(answer.speaker, at) if answer.speaker else None,
        "office": shapes.Office(**_office(said.panelist)) if said.panelist else None,
    }


def _passage(passage: Asked | Said, event: Event, at: Addresses) -> dict[str, Any]:
    return {
        "language": event.language,
        "tags": _tags(passage.tags, at),
        "corrections": _corrections(passage.corrections, event, at),
        "edition": event.edition.number,
    }


def _office(panelist: Panelist) -> dict[str, Any]:
    return {
        "role": panelist.role,
        "title": panelist.title or None,
        "organisation": panelist.organisation or None,
    }


def _speaker(speaker: Speaker, at: Addresses) -> dict[str, Any]:
    return {
        **at.speaker(speaker),
        "slug": speaker.slug,
        "name": speaker.name,
        "original_name": speaker.original_name or None,
        "kind": speaker.kind,
    }


def _speaker_listed(speaker: Any, at: Addresses) -> dict[str, Any]:
    counts = {"event_count": speaker.event_count, "answer_count": speaker.answer_count}
    return _speaker(speaker, at) | counts


def _tags(tags: Iterable[TagLink], at: Addresses) -> tuple[shapes.TagReference, ...]:
    return tuple(shapes.TagReference(**at.tag(one.slug), slug=one.slug, name=one.name) for one in tags)


def _note(correction: Any) -> CorrectionNote:
    kept = correction.is_kept
    return CorrectionNote(correction.number, correction.date, correction.anchor, correction.note, kept)


def _corrections(notes: Iterable[CorrectionNote], event: Event, at: Addresses) -> tuple[shapes.Correction, ...]:
    return tuple(
        shapes.Correction(
            number=note.number,
            date=note.date,
            anchor=note.anchor or None,
            note=note.note,
            earlier_url=at.earlier(event, note.anchor) if note.is_kept else None,
        )
        for note in notes
    )
