"""A Transcript written into rows: as a new event, or as what a stored event is from now on.

Every row that is written obeys every rule of its model, also those that SQLite does not enforce. What writes
here runs in the caller's transaction.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, prefetch_related_objects

from panels.importing.people import Person
from panels.models import Answer, Correction, Event, Panelist, Question, RetiredAnchor, Speaker, Tag
from panels.text import excerpt_of
from panels.transcript import Attribution, Exchange, Transcript, Turn
from panels.transcript import Correction as Noted
from panels.transcript import Panelist as Listed

_ASIDE = 1_000_000  # added to numbers and positions while their rows change places

Row = Event | Speaker | Panelist | Question | Answer | Correction
Speakers = Mapping[str, Speaker]


class ImportRefusedError(ValueError):
    """A transcript cannot be stored; the message says which part of it and why, for people."""


class OutdatedError(ImportRefusedError):
    """The event is no longer what it was when the plan was made."""


def create(transcript: Transcript, people: Iterable[Person]) -> Event:
    """A new draft."""
    event = Event(slug=transcript.slug, **said_once(transcript))
    _save(event, "event")
    _write(event, transcript, _speakers(transcript, people))
    return event


def update(event: Event, transcript: Transcript, people: Iterable[Person], same: Collection[str] = ()) -> None:
    """Make the event what the transcript says: passages are known by their anchors, what it lacks is deleted.

    `same` are the anchors of those passages that are known to be stored as they are, but perhaps elsewhere.
    """
    if transcript.slug:
        _change(event, "event", slug=transcript.slug)
    _change(event, "event", **said_once(transcript))
    _write(event, transcript, _speakers(transcript, people), same)


def said_once(transcript: Transcript) -> dict[str, Any]:
    """Of the event's fields those that a transcript has."""
    return {
        "title": transcript.title,
        "date": transcript.date,
        "language": transcript.language or "en",
        "programme": transcript.programme,
        "publisher": transcript.publisher,
        "introduction": transcript.introduction,
        "source_url": transcript.source_url,
        "source_title": transcript.source_title,
        "source_note": transcript.source_note,
        "licence": transcript.licence,
        "recording_url": transcript.recording_url,
        "translation": transcript.translation.value,
        "translated_from": transcript.translated_from,
    }


def _speakers(transcript: Transcript, people: Iterable[Person]) -> Speakers:
    """By the names of the transcript; those who are new are stored."""
    known = {person.known.name: person.known for person in people if person.known}
    for person in people:
        if person.known is None and person.name not in known:
            speaker = _new_speaker(person.name, transcript)
            known[speaker.name] = speaker
            known.setdefault(speaker.original_name, speaker)  # the name by which others on the list may call them
    return known


def _new_speaker(name: str, transcript: Transcript) -> Speaker:
    listed = next((one for one in transcript.panelists if one.name == name), Listed(name=name))
    speaker = Speaker(name=name, family_name=listed.family_name, original_name=listed.original_name)
    _save(speaker, f"speaker {name}")
    return speaker


def _write(event: Event, transcript: Transcript, speakers: Speakers, same: Collection[str] = ()) -> None:
    _tag(event, transcript.tags, "event")
    _write_panel(event, transcript.panelists, speakers)
    _write_passages(event, transcript.exchanges, speakers, same)
    _write_corrections(event, transcript.corrections)


def _write_panel(event: Event, panel: Iterable[Listed], speakers: Speakers) -> None:
    """In the transcript's order; somebody whom it lists twice, by two names, sits there once."""
    seated = {panelist.speaker_id: panelist for panelist in event.panelists.all()}
    kept: set[int] = set()
    for listed in panel:
        speaker = speakers[listed.name]
        if speaker.pk in kept:
            continue
        kept.add(speaker.pk)
        panelist = seated.get(speaker.pk) or Panelist(event=event, speaker=speaker)
        _change(
            panelist,
            f"panelist {listed.name}",
            position=len(kept),
            role=listed.role.value,
            title=listed.title,
            organisation=listed.organisation,
        )
    event.panelists.exclude(speaker__in=kept).delete()


def _write_passages(
    event: Event, exchanges: tuple[Exchange, ...], speakers: Speakers, same: Collection[str] = ()
) -> None:
    questions = {one.anchor: one for one in event.questions.select_related("asked_by")}
    answers = {one.anchor: one for one in event.answers.select_related("speaker", "question")}
    for rows in (questions, answers):
        prefetch_related_objects([row for row in rows.values() if row.anchor not in same], "tagged__tag")
    _free_anchors(event, exchanges)
    _set_aside(exchanges, questions, answers)
    for number, exchange in enumerate(exchanges, start=1):
        question = _placed(exchange.question, questions, same, number=number)
        question = question or _write_question(event, number, exchange, questions, speakers)
        for place, turn in enumerate(exchange.answers, start=1):
            if not _placed(turn, answers, same, question=question, position=place):
                _write_answer(question, number, place, turn, answers, speakers)
    # Whatever the transcript still has was taken out of the two.
    Answer.objects.filter(pk__in=[answer.pk for answer in answers.values()]).delete()
    Question.objects.filter(pk__in=[question.pk for question in questions.values()]).delete()


def _placed(turn: Turn | None, stored: dict[str, Any], same: Collection[str], **place: Any) -> Any:
    """The row of one of the `same` passages, at its place and out of what is `stored`; None for any other passage."""
    anchor = (turn.anchor if turn else None) or ""
    row = stored.pop(anchor, None) if anchor in same else None
    if row is not None:
        _change(row, anchor, **place)
    return row


def _free_anchors(event: Event, exchanges: Iterable[Exchange]) -> None:
    """A passage that comes back, as when an earlier state is restored, gets its own anchor again."""
    wanted = [turn.anchor for exchange in exchanges for turn in _passages(exchange) if turn.anchor]
    retired = event.retired_anchors.values_list("anchor", flat=True)
    RetiredAnchor.objects.filter(event=event, anchor__in=set(retired) & set(wanted)).delete()


def _passages(exchange: Exchange) -> Iterator[Turn]:
    yield exchange.question or Turn(text="")
    yield from exchange.answers


def _set_aside(exchanges: Iterable[Exchange], questions: dict[str, Question], answers: dict[str, Answer]) -> None:
    """Free the places of all that goes elsewhere, so that no two rows ever want one place."""
    places: dict[str, tuple[str, int]] = {}
    for number, exchange in enumerate(exchanges, start=1):
        asked = (exchange.question.anchor if exchange.question else "") or ""
        places[asked] = ("", number)
        for place, turn in enumerate(exchange.answers, start=1):
            places[turn.anchor or ""] = (asked, place)
    moving = [one.pk for one in questions.values() if places.get(one.anchor) != ("", one.number)]
    Question.objects.filter(pk__in=moving).update(number=F("number") + _ASIDE)
    going = [one.pk for one in answers.values() if places.get(one.anchor) != (one.question.anchor, one.position)]
    Answer.objects.filter(pk__in=going).update(position=F("position") + _ASIDE)


def _write_question(
    event: Event, number: int, exchange: Exchange, stored: dict[str, Question], speakers: Speakers
) -> Question:
    turn = exchange.question or Turn(text="")
    question = stored.pop(turn.anchor or "", None) or Question(event=event, anchor=turn.anchor or "")
    _change(
        question,
        f"question {number}",
        number=number,
        text=turn.text,
        asked_by=_speaker(turn, question.asked_by, speakers),
        is_follow_up=exchange.follow_up,
        media_time=turn.time,
    )
    _tag(question, turn.tags, f"question {number}")
    return question


def _write_answer(
    question: Question, number: int, place: int, turn: Turn, stored: dict[str, Answer], speakers: Speakers
) -> None:
    answer = stored.pop(turn.anchor or "", None) or Answer(anchor=turn.anchor or "")
    _change(
        answer,
        f"question {number}, answer {place}",
        question=question,
        position=place,
        speaker=_speaker(turn, answer.speaker, speakers),
        attribution=attribution_of(turn).value,
        evidence=evidence_of(turn),
        text=turn.text,
        media_time=turn.time,
    )
    _tag(answer, turn.tags, f"question {number}, answer {place}")


def _speaker(turn: Turn, stored: Speaker | None, speakers: Speakers) -> Speaker | None:
    """Whoever is stored stays, if that is the name: two speakers may share one."""
    if not turn.speaker:
        return None
    return stored if stored and stored.name == turn.speaker else speakers[turn.speaker]


def attribution_of(turn: Turn) -> Attribution:
    """As it is stored: unknown exactly where nobody is named."""
    if not turn.speaker:
        return Attribution.UNKNOWN
    return Attribution.STATED if turn.attribution is Attribution.UNKNOWN else turn.attribution


def evidence_of(turn: Turn) -> str:
    """Where nobody is named, the candidates that a reader found are kept as the evidence; they name nobody."""
    if turn.evidence or turn.speaker is not None:
        return turn.evidence
    return "\n".join(f"- {one.name}: {one.evidence}" for one in turn.candidates)


def _write_corrections(event: Event, noted: tuple[Noted, ...]) -> None:
    stored = list(event.corrections.order_by("number"))
    for one in noted:
        same = next(
            (row for row in stored if (row.date, row.anchor, row.note) == (one.date, one.anchor, one.note)), None
        )
        if same is not None:
            stored.remove(same)
            continue
        _save(Correction(event=event, date=one.date, note=one.note, anchor=one.anchor), f"correction of {one.date}")
    event.corrections.filter(pk__in=[row.pk for row in stored]).delete()


def _tag(row: Event | Question | Answer, names: tuple[str, ...], what: str) -> None:
    if set(names) == {tagged.tag.name for tagged in row.tagged.all()}:  # prefetched, where there are many rows
        return
    longest = Tag._meta.get_field("name").max_length or 0
    for name in names:
        if not name.strip() or len(name) > longest or "\0" in name:
            shown = excerpt_of(name.replace("\0", ""), length=40)
            raise ImportRefusedError(f"{what}: tags: “{shown}” is no tag; a tag has 1 to {longest} characters")
    row.tags.set(names)


def _change(row: Row, what: str, **values: Any) -> None:
    """Store the row if it is new or if one of the values differs from what it has."""
    differing = [name for name, value in values.items() if getattr(row, name, None) != value]
    if row.pk is not None and not differing:
        return
    for name, value in values.items():
        setattr(row, name, value)
    _save(row, what)


def _save(row: Row, what: str) -> None:
    nul = next((name for name, value in vars(row).items() if isinstance(value, str) and "\0" in value), None)
    if nul is not None:
        raise ImportRefusedError(f"{what}: {nul}: a NUL character stands in it; remove it")
    try:
        row.prepare()
        row.full_clean()
    except ValidationError as error:
        faults = (f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
        raise ImportRefusedError(f"{what}: {'; '.join(faults)}") from error
    row.save()
