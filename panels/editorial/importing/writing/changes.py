"""Compute which rows of a stored event to insert, change and delete to make it equal to a transcript."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from panels.editorial.importing.writing.batches import Batch
from panels.editorial.importing.writing.bulk_insert import Row
from panels.models import (
    Answer,
    Correction,
    Event,
    Panelist,
    Question,
    TaggedAnswer,
    TaggedEvent,
    TaggedQuestion,
)
from panels.transcript import CorrectionEntry as Noted
from panels.transcript import PanelMember as Listed
from panels.transcript import Transcript, Turn

Updates = dict[tuple[type[models.Model], tuple[str, ...]], list[Row]]
_QUESTION = ("number", "text", "asked_by_id", "is_follow_up", "media_time")
_ANSWER = ("question_id", "position", "speaker_id", "attribution", "evidence", "text", "media_time")
_PANELIST = ("position", "role", "title", "organisation")


@dataclass(slots=True)
class RowChanges:
    """Changes of stored rows: changed values by model and columns, deleted rows by model.

    `moved` are the keys of questions and answers whose positions must be freed before others take them. `untagged` are
    the keys of rows that lose a tag, by model and tag.
    """

    updates: Updates = field(default_factory=lambda: defaultdict(list))
    moved: dict[type[models.Model], list[int]] = field(default_factory=lambda: defaultdict(list))
    deleted: dict[type[models.Model], list[int]] = field(default_factory=lambda: defaultdict(list))
    untagged: dict[tuple[type[models.Model], int], list[int]] = field(default_factory=lambda: defaultdict(list))


class Comparer:
    """Compares stored rows with a transcript. New rows are added to a batch, all other changes to `changes`."""

    def __init__(
        self, event: Event, old: Transcript, batch: Batch, speakers: Mapping[str, int], tags: Mapping[str, int]
    ) -> None:
        self.event, self.old = event, old
        self.batch, self.speakers, self.tags = batch, speakers, tags
        self.changes = RowChanges()
        self.before = {turn.anchor: turn for turn in old.turns}
        self.follow_ups = {one.question.anchor: one.follow_up for one in old.exchanges if one.question}
        questions = event.questions.values_list("anchor", "pk", "number", "asked_by_id")
        answers = event.answers.values_list("anchor", "pk", "question_id", "position", "speaker_id")
        self.questions: dict[str | None, Any] = {anchor: rest for anchor, *rest in questions}
        self.answers: dict[str | None, Any] = {anchor: rest for anchor, *rest in answers}

    def compare(self, final: Transcript) -> RowChanges:
        """Compare the event with `final`, in which every passage has its anchor and every exchange its question."""
        self._tag(TaggedEvent, self.event.pk, self.old.tags, final.tags)
        if final.panelists != self.old.panelists:
            self._panel(final.panelists)
        for number, exchange in enumerate(final.exchanges, start=1):
            asked = exchange.question or Turn(text="")
            question = self._question(number, asked, follow_up=exchange.follow_up)
            for place, turn in enumerate(exchange.answers, start=1):
                self._answer(question, place, turn)
        self._leave_out()
        if final.corrections != self.old.corrections:
            self._corrections(final.corrections)
        return self.changes

    def _question(self, number: int, turn: Turn, *, follow_up: bool) -> int:
        if turn.anchor not in self.questions:
            question = self.batch.add_question(
                self.event.pk, number, turn, self.speakers[turn.speaker] if turn.speaker else None, follow_up
            )
            self._tag(TaggedQuestion, question, (), turn.tags)
            return question
        pk, place, asker = self.questions.pop(turn.anchor)
        was = self.before[turn.anchor]
        if place != number:
            self.changes.moved[Question].append(pk)
        if was != turn or self.follow_ups[turn.anchor] != follow_up:
            values = (number, turn.text, self._speaker(turn, was, asker), follow_up, turn.time)
            self.changes.updates[Question, _QUESTION].append((pk, *values))
            self._tag(TaggedQuestion, pk, was.tags, turn.tags)
        elif place != number:
            self.changes.updates[Question, ("number",)].append((pk, number))
        return int(pk)

    def _answer(self, question: int, place: int, turn: Turn) -> None:
        if turn.anchor not in self.answers:
            speaker = self.speakers[turn.speaker] if turn.speaker else None
            answer = self.batch.add_answer(self.event.pk, question, place, turn, speaker)
            self._tag(TaggedAnswer, answer, (), turn.tags)
            return
        pk, asked, position, speaker = self.answers.pop(turn.anchor)
        was = self.before[turn.anchor]
        if (asked, position) != (question, place):
            self.changes.moved[Answer].append(pk)
        if was != turn:
            speaker = self._speaker(turn, was, speaker)
            values = (question, place, speaker, turn.attribution.value, turn.evidence, turn.text, turn.time)
            self.changes.updates[Answer, _ANSWER].append((pk, *values))
            self._tag(TaggedAnswer, pk, was.tags, turn.tags)
        elif (asked, position) != (question, place):
            self.changes.updates[Answer, _ANSWER[:2]].append((pk, question, place))

    def _speaker(self, turn: Turn, was: Turn, stored: int | None) -> int | None:
        """The stored speaker is kept if the name is theirs, because two speakers may share a name."""
        if not turn.speaker:
            return None
        return stored if turn.speaker == was.speaker else self.speakers[turn.speaker]

    def _leave_out(self) -> None:
        """Delete the rows that are left: those in the transcript have been removed from `questions` and `answers`."""
        going = [pk for pk, *_rest in self.questions.values()]
        self.changes.deleted[Question] = going
        self.changes.moved[Question] += going
        self.changes.deleted[Answer] = [pk for pk, *_rest in self.answers.values()]

    def _tag(self, model: type[models.Model], tagged: int, before: tuple[str, ...], after: tuple[str, ...]) -> None:
        if before == after:
            return
        self.batch.add_tagged(model, tagged, (self.tags[name] for name in after if name not in before))
        for name in before:
            if name not in after:
                self.changes.untagged[model, self.tags[name]].append(tagged)

    def _panel(self, panel: tuple[Listed, ...]) -> None:
        """Compare the panel, in the order of the transcript. Panelists who share a name are matched in order."""
        seated: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for pk, speaker, name in self.event.panelists.values_list("pk", "speaker_id", "speaker__name"):
            seated[name].append((pk, speaker))
        for position, listed in enumerate(panel, start=1):
            if seated[listed.name]:
                pk, _speaker = seated[listed.name].pop(0)
                values = (position, listed.role.value, listed.title, listed.organisation)
                self.changes.updates[Panelist, _PANELIST].append((pk, *values))
            else:
                self.batch.add_panelist(self.event.pk, self.speakers[listed.name], position, listed)
        self.changes.deleted[Panelist] = [pk for some in seated.values() for pk, _speaker in some]

    def _corrections(self, corrections: tuple[Noted, ...]) -> None:
        wanted = Counter(corrections)
        last = 0
        rows = self.event.corrections.order_by("number").values_list("pk", "number", "date", "anchor", "note")
        for pk, number, date, anchor, note in rows:
            last = number
            if wanted[(one := Noted(date=date, note=note, anchor=anchor))]:
                wanted[one] -= 1
            else:
                self.changes.deleted[Correction].append(pk)
        for one in dict.fromkeys(corrections):
            for _ in range(wanted[one]):
                last += 1
                self.batch.add(Correction, self.event.pk, last, one.date.isoformat(), one.anchor, one.note)
