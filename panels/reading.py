"""What the pages for readers show, read in a fixed number of queries whatever the size of the session."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from panels.differences import Piece, differences
from panels.models import (
    Answer,
    Event,
    FormerWording,
    Panelist,
    Question,
    Speaker,
    TaggedAnswer,
    TaggedEvent,
    TaggedQuestion,
)
from panels.models.answer import AnswerQuerySet
from panels.text import reading_minutes


@dataclass(frozen=True, slots=True)
class TagLink:
    name: str
    slug: str


@dataclass(frozen=True, slots=True, order=True)
class CorrectionNote:
    number: int
    date: dt.date
    anchor: str
    note: str
    is_kept: bool
    """Whether the wording before it is kept for readers."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer with what is shown beside it. `panelist` is None for a speaker who is not on the panel."""

    answer: Answer
    panelist: Panelist | None
    tags: tuple[TagLink, ...]
    corrections: tuple[CorrectionNote, ...]
    before: str = ""
    """Where the same speaker answers before this, as an address within the transcript."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, who asked it in what capacity, and its answers in order."""

    question: Question
    asker: Panelist | None
    answers: tuple[Said, ...]
    tags: tuple[TagLink, ...]
    corrections: tuple[CorrectionNote, ...]
    left_out: int = 0
    """Answers by others than those who are asked for."""
    is_continued: bool = False
    """Whether it was asked, and some of it answered, on the page before."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One of the panel, and what part of all answers is theirs, in per cent of the time it takes to read them."""

    panelist: Panelist
    share: int | None  # None for who answers nothing


@dataclass(frozen=True, slots=True)
class Cell:
    """A speaker's answers to one question; empty where there are none."""

    name: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Row:
    asked: Asked
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Question × speaker: who answered what. The last column has no name where a speaker is not known."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """An event as a page shows it; all of its questions, or those that were asked for."""

    event: Event
    panelists: tuple[Panelist, ...]
    asked: tuple[Asked, ...]
    tags: tuple[TagLink, ...]
    corrections: tuple[CorrectionNote, ...]

    @property
    def answers(self) -> tuple[Said, ...]:
        return tuple(said for asked in self.asked for said in asked.answers)

    @property
    def has_times(self) -> bool:
        """Whether anything says when it was said in a recording."""
        times = (asked.question.media_time for asked in self.asked), (said.answer.media_time for said in self.answers)
        return any(time is not None for some in times for time in some)

    @property
    def unattributed(self) -> tuple[Said, ...]:
        return tuple(said for said in self.answers if said.answer.attribution == Answer.Attribution.UNKNOWN)

    @property
    def inferred(self) -> tuple[Said, ...]:
        return tuple(said for said in self.answers if said.answer.attribution == Answer.Attribution.INFERRED)

    @property
    def matrix(self) -> Matrix:
        return _matrix(self)

    @property
    def minutes(self) -> int:
        """How long reading all of it takes, at least one."""
        questions = (reading_minutes(asked.question.text) for asked in self.asked)
        answers = (reading_minutes(said.answer.text) for said in self.answers)
        return max(1, round(sum(chain(questions, answers))))

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The panel in its order."""
        taken = self._taken()
        whole = sum(taken.values()) or 1
        return tuple(
            Voice(one, round(100 * taken[one.speaker_id] / whole) if one.speaker_id in taken else None)
            for one in self.panelists
        )

    @property
    def share_of_others(self) -> int:
        """What part is said by others than the panel, and by those whose names are lost, in per cent."""
        taken = self._taken()
        panel = {one.speaker_id for one in self.panelists}
        others = sum(minutes for speaker, minutes in taken.items() if speaker not in panel)
        return round(100 * others / (sum(taken.values()) or 1))

    def _taken(self) -> dict[int, float]:
        """The minutes that reading what each speaker says takes; 0 stands for whoever is not named."""
        taken: dict[int, float] = defaultdict(float)
        for said in self.answers:
            taken[said.answer.speaker_id or 0] += reading_minutes(said.answer.text)
        return taken

    def answered_by(self, speakers: Collection[int]) -> tuple[Asked, ...]:
        """All questions, with the answers of some speakers alone."""
        return tuple(_answered_by(asked, speakers) for asked in self.asked)


@dataclass(frozen=True, slots=True)
class Passage:
    """One question or answer at its own address. `said` is None for a question."""

    session: Session
    asked: Asked
    said: Said | None
    before: Question | Answer | None
    after: Question | Answer | None

    @property
    def words(self) -> Question | Answer:
        """What stands at the address."""
        return self.said.answer if self.said else self.asked.question

    def get_absolute_url(self) -> str:
        return reverse("passage", args=[self.session.event.slug, self.words.anchor])


def read_session(event: Event, questions: "QuerySet[Question] | None" = None) -> Session:
    """The event with its questions, or only with `questions`, in four queries."""
    shown = (event.questions.all() if questions is None else questions).select_related("asked_by").order_by("number")
    answers = event.answers.select_related("speaker").order_by("position")
    if questions is not None:
        answers = answers.filter(question__in=questions)
    panelists = tuple(event.panelists.select_related("speaker"))
    tags, corrections = _margin(event)
    return Session(
        event=event,
        panelists=panelists,
        asked=_asked(shown, answers, panelists, tags, corrections),
        tags=tags[""],
        corrections=tuple(sorted(note for notes in corrections.values() for note in notes)),
    )


def read_passage(event: Event, anchor: str) -> Passage | None:
    """What stands at an anchor, with its neighbours; None if nothing does."""
    where = Q(anchor=anchor) if "-" not in anchor else Q(answers__anchor=anchor)
    session = read_session(event, event.questions.filter(where))
    if not session.asked:
        return None
    asked = session.asked[0]
    question_before, question_after = _neighbours(asked.question)
    said = next((said for said in asked.answers if said.answer.anchor == anchor), None)
    if said is None:
        return Passage(session, asked, None, question_before, question_after)
    in_order = [asked.question, *(other.answer for other in asked.answers), question_after]
    before = next(one for one, two in pairwise(in_order) if two is said.answer)
    after = next(two for one, two in pairwise(in_order) if one is said.answer)
    return Passage(session, asked, said, before, after)


def other_languages(event: Event) -> list[Event]:
    """The published event that this one translates, and published translations of either."""
    original = event.translation_of_id or event.pk
    related = Q(pk=original) | Q(translation_of=original)
    return list(Event.objects.published().filter(related).exclude(pk=event.pk).order_by("language"))


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """What stood at a passage until a change, and what became of it: in words, and if it changed who was named."""

    former: FormerWording
    words: tuple[Piece, ...]
    renamed: bool


def earlier_wordings(words: Question | Answer) -> tuple[EarlierWording, ...]:
    """What readers saw at a passage before, newest first."""
    formers = FormerWording.objects.filter(event=words.event_id, anchor=words.anchor).select_related("correction")
    speaker = words.speaker if isinstance(words, Answer) else words.asked_by
    after, named = words.text, speaker.name if speaker else ""
    found = []
    for former in formers.order_by("-until", "-pk"):
        found.append(EarlierWording(former, differences(former.text, after), named != former.speaker))
        after, named = former.text, former.speaker
    return tuple(found)


def answers_of(speaker: Speaker) -> AnswerQuerySet:
    """All that a speaker answered for readers to see, newest event first, each with its question and event."""
    answers: AnswerQuerySet = Answer.objects.published().filter(speaker=speaker)
    return answers.select_related("event", "question").order_by(
        "-event__sort_date", "event__slug", "question__number", "position"
    )


def _asked(
    questions: "QuerySet[Question]",
    answers: "QuerySet[Answer]",
    panelists: Iterable[Panelist],
    tags: dict[str, tuple[TagLink, ...]],
    corrections: dict[str, tuple[CorrectionNote, ...]],
) -> tuple[Asked, ...]:
    by_speaker = {panelist.speaker_id: panelist for panelist in panelists}
    by_question: dict[int, list[Said]] = defaultdict(list)
    for answer in answers:
        panelist = by_speaker.get(answer.speaker_id) if answer.speaker_id else None
        said = Said(answer, panelist, tags[answer.anchor], corrections[answer.anchor])
        by_question[answer.question_id].append(said)
    return tuple(
        Asked(
            question,
            by_speaker.get(question.asked_by_id) if question.asked_by_id else None,
            tuple(by_question[question.pk]),
            tags[question.anchor],
            corrections[question.anchor],
        )
        for question in questions
    )


def _margin(event: Event) -> tuple[dict[str, tuple[TagLink, ...]], dict[str, tuple[CorrectionNote, ...]]]:
    """Tags and corrections by the anchor that they hang on ("" is the event itself), all in one query."""
    tag = (Value("tag"), "tag__sort_key", "tag__name", "tag__slug")
    of_event = TaggedEvent.objects.filter(content_object=event).values_list(Value(""), *tag)
    of_passages = (
        model.objects.filter(content_object__event=event).values_list("content_object__anchor", *tag)
        for model in (TaggedQuestion, TaggedAnswer)
    )
    kept = Exists(FormerWording.objects.filter(correction=OuterRef("pk"), anchor=OuterRef("anchor")))
    kind = Case(When(kept, then=Value("kept")), default=Value("correction"), output_field=CharField())
    correction = (kind, Cast("number", CharField()), "note", Cast("date", CharField()))
    corrections = event.corrections.order_by().values_list("anchor", *correction)
    tags: dict[str, tuple[TagLink, ...]] = defaultdict(tuple)
    notes: list[CorrectionNote] = []
    for anchor, kind, order, text, rest in sorted(of_event.union(*of_passages, corrections, all=True)):
        if kind == "tag":
            tags[anchor] += (TagLink(text, rest),)
        else:
            notes.append(CorrectionNote(int(order), dt.date.fromisoformat(rest), anchor, text, kind == "kept"))
    by_anchor: dict[str, tuple[CorrectionNote, ...]] = defaultdict(tuple)
    for note in sorted(notes):
        by_anchor[note.anchor] += (note,)
    return tags, by_anchor


def _neighbours(question: Question) -> tuple[Question | None, Question | None]:
    siblings = question.event.questions.all()
    before = siblings.filter(number__lt=question.number).order_by("-number").first()
    after = siblings.filter(number__gt=question.number).order_by("number").first()
    return before, after


def _answered_by(asked: Asked, speakers: Collection[int]) -> Asked:
    answers = tuple(said for said in asked.answers if said.answer.speaker_id in speakers)
    return replace(asked, answers=answers, left_out=len(asked.answers) - len(answers))


def _matrix(session: Session) -> Matrix:
    """Columns: the panel in its order, then others who answered, then the answers that nobody is named for."""
    language = session.event.language
    panel = (panelist for panelist in session.panelists if _answers(panelist))
    speakers = {panelist.speaker_id: panelist.speaker.name_in(language) for panelist in panel}
    for said in session.answers:
        if said.answer.speaker is not None:
            speakers.setdefault(said.answer.speaker.pk, said.answer.speaker.name_in(language))
    columns: dict[int | None, str] = dict(speakers.items())
    if session.unattributed:
        columns[None] = ""
    rows = tuple(
        Row(asked, tuple(Cell(name, _answers_by(asked, speaker)) for speaker, name in columns.items()))
        for asked in session.asked
    )
    return Matrix(tuple(columns.values()), rows)


def _answers(panelist: Panelist) -> bool:
    """Whether somebody in that role is there to answer; a moderator who does gets a column all the same."""
    return panelist.role == Panelist.Role.PANELIST


def _answers_by(asked: Asked, speaker: int | None) -> tuple[Answer, ...]:
    return tuple(said.answer for said in asked.answers if said.answer.speaker_id == speaker)
