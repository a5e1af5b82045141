"""Two to four speakers side by side: their answers to the same questions, and their answers to other ones.

Of each speaker the newest answers are compared, and of each two of them those of the newest sessions with both on the
panel. `SpeakerComparison.is_whole` says whether these are all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import combinations
from operator import and_

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from panels.models import Answer, Event, Panelist, Question, Speaker, Tag
from panels.models.answer import AnswerQuerySet
from panels.reading.discovery.filters import TagCount, named
from panels.reading.discovery.index_window import IndexWindow, PassageFilter, speaker_facet, window_of
from panels.transcript.text import sort_key_of

MOST = 4
_TO_ONE_QUESTION = 6  # answers of each speaker
_APART = 4  # answers of each speaker to questions that none of the others answered
_READ = 300  # rows of the index for each speaker
_TOGETHER = 60  # sessions of each two
_FOUND = 12
_WORDS = 8  # speakers looked up for a name


@dataclass(frozen=True, slots=True)
class Side:
    """The answers of one compared speaker to a question, if any. `panelist` is None if the speaker was not there."""

    speaker: Speaker
    answers: tuple[Answer, ...]
    """The first answers; `left_out` more are not shown."""
    left_out: int
    panelist: Panelist | None

    @property
    def was_there(self) -> bool:
        return self.panelist is not None


@dataclass(frozen=True, slots=True)
class SharedQuestion:
    """A question that at least two of the speakers answered, and the number of its unattributed answers (`unnamed`)."""

    question: Question
    sides: tuple[Side, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class UnsharedAnswers:
    """A speaker's newest answers to questions that none of the others answered, and their number."""

    speaker: Speaker
    answers: tuple[Answer, ...]
    total: int
    is_whole: bool
    """Whether `total` counts all; otherwise there may be more."""

    @property
    def left_out(self) -> int:
        return self.total - len(self.answers)


@dataclass(frozen=True)
class SpeakerComparison:
    """The compared speakers, in the requested order."""

    speakers: tuple[Speaker, ...]
    passage_filter: PassageFilter

    @property
    def is_whole(self) -> bool:
        """Whether all answers were compared."""
        return all(window.is_whole for window in self._windows)

    @property
    def questions(self) -> "QuerySet[Question]":
        """The questions that at least two of them answered, newest session first."""
        questions: QuerySet[Question] = Question.objects.filter(pk__in=self._shared).select_related("event")
        return questions.order_by("-event__sort_date", "event__slug", "number")

    @property
    def answers(self) -> AnswerQuerySet:
        """Their answers, each once: translations of public originals are left out."""
        sessions = Event.objects.published().each_session_once()
        once = Exists(sessions.filter(pk=OuterRef("event")))
        answers: AnswerQuerySet = Answer.objects.filter(once, pk__in=self._compared)
        return answers

    @cached_property
    def _windows(self) -> list[IndexWindow]:
        """The newest passages of each speaker."""
        return self._windows_under(self.passage_filter)

    def _windows_under(self, passage_filter: PassageFilter) -> list[IndexWindow]:
        return [window_of(speaker_facet(who), passage_filter=passage_filter, most=_READ) for who in self.speakers]

    @cached_property
    def _compared(self) -> set[int]:
        """The keys of the answers that are compared."""
        newest = {key for window in self._windows for key in window.passages("answer")}
        return newest if self.is_whole else newest | self._given_together()

    def _given_together(self) -> set[int]:
        """The keys of their answers in the newest sessions with two of them on the panel."""
        pairs = combinations(map(speaker_facet, self.speakers), 2)
        sessions: set[int] = set().union(*(window_of(*pair, most=_TOGETHER).events for pair in pairs))
        given: AnswerQuerySet = Answer.objects.filter(event__in=sessions, speaker__in=self.speakers)
        tag = self.passage_filter.tag
        return set((given.about(tag) if tag else given).values_list("pk", flat=True))

    @cached_property
    def _shared(self) -> set[int]:
        """The keys of the questions that at least two of them answered."""
        asked = self.answers.order_by().values("question").annotate(speakers=Count("speaker", distinct=True))
        return set(asked.filter(speakers__gte=2).values_list("question", flat=True))

    def both(self, questions: Iterable[Question]) -> list[SharedQuestion]:
        """Some of the questions with each speaker's answers, in three queries."""
        asked = list(questions)
        answers_by_speaker: dict[tuple[int, int | None], list[Answer]] = defaultdict(list)
        for answer in self.answers.filter(question__in=asked).order_by("position"):
            answers_by_speaker[answer.question_id, answer.speaker_id].append(answer)
        seats = Panelist.objects.filter(event__in={one.event_id for one in asked}, speaker__in=self.speakers)
        by_seat = {(seat.event_id, seat.speaker_id): seat for seat in seats}
        unnamed = Answer.objects.unattributed().filter(question__in=asked).values_list("question", flat=True)
        lost = Counter(unnamed)
        return [
            SharedQuestion(
                one, tuple(self._side(who, one, answers_by_speaker, by_seat) for who in self.speakers), lost[one.pk]
            )
            for one in asked
        ]

    def apart(self) -> list[UnsharedAnswers]:
        """Each speaker's answers to questions that none of the others answered, in two queries."""
        alone = self.answers.exclude(question__in=self._shared)
        totals: dict[int, int] = dict(alone.order_by().values_list("speaker").annotate(Count("pk")))
        newest = (F("event__sort_date").desc(), "event__slug", "question__number", "position")
        place = Window(RowNumber(), partition_by="speaker", order_by=newest)
        first = alone.annotate(place=place).filter(place__lte=_APART).select_related("event", "question")
        by_speaker: dict[int | None, list[Answer]] = defaultdict(list)
        for answer in first.order_by("place"):
            by_speaker[answer.speaker_id].append(answer)
        return [
            UnsharedAnswers(who, tuple(by_speaker[who.pk]), totals.get(who.pk, 0), window.is_whole)
            for who, window in zip(self.speakers, self._windows, strict=True)
        ]

    def tags_in_common(self) -> list[TagCount]:
        """The tags that at least two of them spoke about, with how many of their newest answers have each tag."""
        windows = self._windows_under(self.passage_filter.without_tag()) if self.passage_filter else self._windows
        by_speaker = [window.by_facet("t") for window in windows]
        speakers = Counter(tag for counts in by_speaker for tag in counts)
        together = sum(by_speaker, Counter[int]())
        return named({tag: count for tag, count in together.items() if speakers[tag] > 1})

    @staticmethod
    def _side(
        who: Speaker,
        question: Question,
        answers_by_speaker: dict[tuple[int, int | None], list[Answer]],
        seats: dict[tuple[int, int], Panelist],
    ) -> Side:
        answers = answers_by_speaker[question.pk, who.pk]
        shown = tuple(answers[:_TO_ONE_QUESTION])
        return Side(who, shown, len(answers) - len(shown), seats.get((question.event_id, who.pk)))


def compare_speakers(speakers: Sequence[Speaker], tag: Tag | None = None) -> SpeakerComparison:
    """Compare the first four of the speakers, on a tag or on everything."""
    return SpeakerComparison(tuple(dict.fromkeys(speakers))[:MOST], PassageFilter(tag))


def speakers_called(name: str) -> list[Speaker]:
    """The public speakers with words in their name, in either script, that begin with those of `name`."""
    asked = name.strip()
    words = sort_key_of(asked).split()[:_WORDS]
    if not words:
        return []
    alike = reduce(and_, (Q(sort_key__startswith=word) | Q(sort_key__contains=f" {word}") for word in words))
    found = Speaker.objects.published().filter(alike | Q(original_name__startswith=asked))
    return list(found.by_name()[:_FOUND])


def panel_of(event: Event) -> list[Speaker]:
    """The identified speakers of an event in order, moderators last, because they answer less."""
    seats = event.panelists.filter(speaker__session=None).select_related("speaker")
    answering = sorted(seats, key=lambda seat: seat.role != Panelist.Role.PANELIST)
    return [seat.speaker for seat in answering]
