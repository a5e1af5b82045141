"""The data of the pages for readers, read in a fixed number of queries whatever the size of the session."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

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
from panels.transcript.diff import DiffPiece, differences
from panels.transcript.text import reading_minutes


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
    has_former_wording: bool
    """Whether the former wording is available to readers."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer and the rows shown with it. `panelist` is None for a speaker who is not on the panel."""

    answer: Answer
    panelist: Panelist | None
    tags: tuple[TagLink, ...]
    corrections: tuple[CorrectionNote, ...]
    before: str = ""
    """The same speaker's previous answer, as a URL within the transcript."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question, its asker and the asker's office, and its answers in order."""

    question: Question
    asker: Panelist | None
    answers: tuple[AnswerView, ...]
    tags: tuple[TagLink, ...]
    corrections: tuple[CorrectionNote, ...]
    left_out: int = 0
    """Answers by other speakers than the selected ones."""
    is_continued: bool = False
    """Whether the question and some of its answers are on the previous page."""


@dataclass(frozen=True, slots=True)
class SpeakerShare:
    """A panelist, and their percentage of all answers, measured by reading time."""

    panelist: Panelist
    share: int | None  # None for a speaker without answers


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A speaker's answers to one question; empty if there are none."""

    name: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    question_view: QuestionView
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Question × speaker: who answered what. The last column, without a name, is for unattributed answers."""

    names: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """An event as shown on a page, with all of its questions or the requested ones."""

    event: Event
    panelists: tuple[Panelist, ...]
    questions: tuple[QuestionView, ...]
    tags: tuple[TagLink, ...]
    corrections: tuple[CorrectionNote, ...]

    @property
    def answers(self) -> tuple[AnswerView, ...]:
        return tuple(answer_view for question_view in self.questions for answer_view in question_view.answers)

    @property
    def is_conversation(self) -> bool:
        """Whether there are no questions: people talk, without a question above what they say."""
        return not any(question_view.question.text for question_view in self.questions)

    @property
    def has_times(self) -> bool:
        """Whether any passage has a time in the recording."""
        times = (
            (question_view.question.media_time for question_view in self.questions),
            (answer_view.answer.media_time for answer_view in self.answers),
        )
        return any(time is not None for some in times for time in some)

    @property
    def unattributed(self) -> tuple[AnswerView, ...]:
        return tuple(
            answer_view for answer_view in self.answers if answer_view.answer.attribution == Answer.Attribution.UNKNOWN
        )

    @property
    def inferred(self) -> tuple[AnswerView, ...]:
        return tuple(
            answer_view for answer_view in self.answers if answer_view.answer.attribution == Answer.Attribution.INFERRED
        )

    @property
    def matrix(self) -> Matrix:
        return _matrix(self)

    @property
    def minutes(self) -> int:
        """The reading time of the session in minutes, at least one."""
        questions = (reading_minutes(question_view.question.text) for question_view in self.questions)
        answers = (reading_minutes(answer_view.answer.text) for answer_view in self.answers)
        return max(1, round(sum(chain(questions, answers))))

    @property
    def shares(self) -> tuple[SpeakerShare, ...]:
        """The share of each panelist, in panel order."""
        taken = self._taken()
        whole = sum(taken.values()) or 1
        return tuple(
            SpeakerShare(one, round(100 * taken[one.speaker_id] / whole) if one.speaker_id in taken else None)
            for one in self.panelists
        )

    @property
    def share_of_others(self) -> int:
        """The percentage of answers by speakers not on the panel, and of unattributed ones."""
        taken = self._taken()
        panel = {one.speaker_id for one in self.panelists}
        others = sum(minutes for speaker, minutes in taken.items() if speaker not in panel)
        return round(100 * others / (sum(taken.values()) or 1))

    def _taken(self) -> dict[int, float]:
        """The reading time in minutes of each speaker's answers, by key; 0 is for unattributed answers."""
        taken: dict[int, float] = defaultdict(float)
        for answer_view in self.answers:
            taken[answer_view.answer.speaker_id or 0] += reading_minutes(answer_view.answer.text)
        return taken

    def answered_by(self, speakers: Collection[int]) -> tuple[QuestionView, ...]:
        """The session with all questions, but only the answers of some speakers."""
        return tuple(_answered_by(question_view, speakers) for question_view in self.questions)


@dataclass(frozen=True, slots=True)
class PassageView:
    """One question or answer on its own page. `answer_view` is None for a question."""

    session: Session
    question_view: QuestionView
    answer_view: AnswerView | None
    before: Question | Answer | None
    after: Question | Answer | None

    @property
    def words(self) -> Question | Answer:
        """The answer or, for a question, the question."""
        return self.answer_view.answer if self.answer_view else self.question_view.question

    def get_absolute_url(self) -> str:
        return reverse("passage", args=[self.session.event.slug, self.words.anchor])


def load_session(event: Event, questions: "QuerySet[Question] | None" = None) -> Session:
    """The event with its questions, or only with `questions`, in four queries."""
    shown = (event.questions.all() if questions is None else questions).select_related("asked_by").order_by("number")
    answers = event.answers.select_related("speaker").order_by("position")
    if questions is not None:
        answers = answers.filter(question__in=questions)
    panelists = tuple(event.panelists.select_related("speaker"))
    tags, corrections = _margin(event)
    views = _question_views(shown, answers, panelists, tags, corrections)
    return Session(
        event=event,
        panelists=panelists,
        questions=views,
        tags=tags[""],
        corrections=tuple(sorted(note for notes in corrections.values() for note in notes)),
    )


def load_passage(event: Event, anchor: str) -> PassageView | None:
    """The passage at an anchor, with its neighbours; None if there is none."""
    where = Q(anchor=anchor) if "-" not in anchor else Q(answers__anchor=anchor)
    session = load_session(event, event.questions.filter(where))
    if not session.questions:
        return None
    question_view = session.questions[0]
    question_before, question_after = _neighbours(question_view.question)
    answer_view = next(
        (answer_view for answer_view in question_view.answers if answer_view.answer.anchor == anchor), None
    )
    if answer_view is None:
        return PassageView(session, question_view, None, question_before, question_after)
    in_order = [question_view.question, *(other.answer for other in question_view.answers), question_after]
    before = next(one for one, two in pairwise(in_order) if two is answer_view.answer)
    after = next(two for one, two in pairwise(in_order) if one is answer_view.answer)
    return PassageView(session, question_view, answer_view, before, after)


def other_languages(event: Event) -> list[Event]:
    """The published original of this event, and published translations of either."""
    original = event.translation_of_id or event.pk
    related = Q(pk=original) | Q(translation_of=original)
    return list(Event.objects.published().filter(related).exclude(pk=event.pk).order_by("language"))


@dataclass(frozen=True, slots=True)
class EarlierWordingView:
    """The former wording of a passage, its differences from the next one, if any, and whether the speaker changed."""

    former: FormerWording
    changes: tuple[DiffPiece, ...]
    renamed: bool


def earlier_wordings(words: Question | Answer) -> tuple[EarlierWordingView, ...]:
    """The former wordings of a passage that readers saw, newest first."""
    formers = FormerWording.objects.filter(event=words.event_id, anchor=words.anchor).select_related("correction")
    speaker = words.speaker if isinstance(words, Answer) else words.asked_by
    after, named = words.text, speaker.name if speaker else ""
    found = []
    for former in formers.order_by("-until", "-pk"):
        changes = differences(former.text, after) if former.text != after else ()
        found.append(EarlierWordingView(former, changes, named != former.speaker))
        after, named = former.text, former.speaker
    return tuple(found)


def answers_of(speaker: Speaker) -> AnswerQuerySet:
    """A speaker's public answers, newest event first, each with its question and event."""
    answers: AnswerQuerySet = Answer.objects.published().filter(speaker=speaker)
    return answers.select_related("event", "question").order_by(
        "-event__sort_date", "event__slug", "question__number", "position"
    )


def _question_views(
    questions: "QuerySet[Question]",
    answers: "QuerySet[Answer]",
    panelists: Iterable[Panelist],
    tags: dict[str, tuple[TagLink, ...]],
    corrections: dict[str, tuple[CorrectionNote, ...]],
) -> tuple[QuestionView, ...]:
    by_speaker = {panelist.speaker_id: panelist for panelist in panelists}
    by_question: dict[int, list[AnswerView]] = defaultdict(list)
    for answer in answers:
        panelist = by_speaker.get(answer.speaker_id) if answer.speaker_id else None
        answer_view = AnswerView(answer, panelist, tags[answer.anchor], corrections[answer.anchor])
        by_question[answer.question_id].append(answer_view)
    return tuple(
        QuestionView(
            question,
            by_speaker.get(question.asked_by_id) if question.asked_by_id else None,
            tuple(by_question[question.pk]),
            tags[question.anchor],
            corrections[question.anchor],
        )
        for question in questions
    )


def _margin(event: Event) -> tuple[dict[str, tuple[TagLink, ...]], dict[str, tuple[CorrectionNote, ...]]]:
    """Tags and corrections by the anchor that they belong to ("" is the event itself), all in one query."""
    tag = (Value("tag"), "tag__sort_key", "tag__name", "tag__slug")
    of_event = TaggedEvent.objects.filter(content_object=event).values_list(Value(""), *tag)
    of_passages = (
        model.objects.filter(content_object__event=event).values_list("content_object__anchor", *tag)
        for model in (TaggedQuestion, TaggedAnswer)
    )
    has_former_wording = Exists(FormerWording.objects.filter(correction=OuterRef("pk"), anchor=OuterRef("anchor")))
    kind = Case(When(has_former_wording, then=Value("reworded")), default=Value("correction"), output_field=CharField())
    correction = (kind, Cast("number", CharField()), "note", Cast("date", CharField()))
    corrections = event.corrections.order_by().values_list("anchor", *correction)
    tags: dict[str, tuple[TagLink, ...]] = defaultdict(tuple)
    notes: list[CorrectionNote] = []
    for anchor, kind, order, text, rest in sorted(of_event.union(*of_passages, corrections, all=True)):
        if kind == "tag":
            tags[anchor] += (TagLink(text, rest),)
        else:
            notes.append(CorrectionNote(int(order), dt.date.fromisoformat(rest), anchor, text, kind == "reworded"))
    by_anchor: dict[str, tuple[CorrectionNote, ...]] = defaultdict(tuple)
    for note in sorted(notes):
        by_anchor[note.anchor] += (note,)
    return tags, by_anchor


def _neighbours(question: Question) -> tuple[Question | None, Question | None]:
    siblings = question.event.questions.all()
    before = siblings.filter(number__lt=question.number).order_by("-number").first()
    after = siblings.filter(number__gt=question.number).order_by("number").first()
    return before, after


def _answered_by(question_view: QuestionView, speakers: Collection[int]) -> QuestionView:
    answers = tuple(answer_view for answer_view in question_view.answers if answer_view.answer.speaker_id in speakers)
    return replace(question_view, answers=answers, left_out=len(question_view.answers) - len(answers))


def _matrix(session: Session) -> Matrix:
    """The matrix. Columns: the panelists in order, then other speakers, then the unattributed answers."""
    language = session.event.language
    panel = (panelist for panelist in session.panelists if _answers(panelist))
    speakers = {panelist.speaker_id: panelist.speaker.name_in(language) for panelist in panel}
    for answer_view in session.answers:
        if answer_view.answer.speaker is not None:
            speakers.setdefault(answer_view.answer.speaker.pk, answer_view.answer.speaker.name_in(language))
    columns: dict[int | None, str] = dict(speakers.items())
    if session.unattributed:
        columns[None] = ""
    rows = tuple(
        MatrixRow(
            question_view,
            tuple(MatrixCell(name, _answers_by(question_view, speaker)) for speaker, name in columns.items()),
        )
        for question_view in session.questions
    )
    return Matrix(tuple(columns.values()), rows)


def _answers(panelist: Panelist) -> bool:
    """Whether a role is expected to answer; a moderator who answers gets a column all the same."""
    return panelist.role == Panelist.Role.PANELIST


def _answers_by(question_view: QuestionView, speaker: int | None) -> tuple[Answer, ...]:
    return tuple(
        answer_view.answer for answer_view in question_view.answers if answer_view.answer.speaker_id == speaker
    )
