"""Compute rows before they are written, for new sessions and for additions to stored ones.

This is the only way from a Transcript to new rows, for bulk loads and single imports. It numbers anchors, makes slugs
and normalises line ends, as `save()` of the models would.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import models

from panels.editorial.importing.writing.bulk_insert import COLUMNS, Ids, Row, insert
from panels.models import (
    Answer,
    Correction,
    Event,
    FormerTagSlug,
    Panelist,
    Question,
    Speaker,
    Tag,
    TaggedAnswer,
    TaggedEvent,
    TaggedQuestion,
)
from panels.models.base import FormerSlug, SluggedModel, free_slug
from panels.transcript import EVENT_FIELDS, Attribution, Exchange, Transcript, Turn
from panels.transcript import PanelMember as Listed
from panels.transcript.anchors import Numbering
from panels.transcript.text import normalize_newlines, tidied

_AT_ONCE = 1_000  # values in one query


class Batch:
    """Rows to be inserted, by model, each with its id."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[Row]] = {model: [] for model in COLUMNS}
        self.ids = {model: Ids(model) for model in COLUMNS}

    def insert(self, *only: type[models.Model]) -> None:
        """Write the rows, each after the rows that it refers to; only those of `models`, if given.

        Events are written last: until an event exists, its triggers have no version to count and nothing to index. The
        database checks references at the end of the transaction. Slugs are written in order; see `saving.locking`.
        """
        for model in only or (*(model for model in COLUMNS if model is not Event), Event):
            insert(model, sorted(self.rows[model], key=_slug) if model in (Speaker, Tag) else self.rows[model])

    @property
    def stored_tags(self) -> set[int]:
        """The ids of the stored tags that the rows refer to, without new tags."""
        named = {row[1] for model in (TaggedEvent, TaggedQuestion, TaggedAnswer) for row in self.rows[model]}
        return named.difference(row[0] for row in self.rows[Tag])

    def reserve(self, model: type[models.Model]) -> int:
        """Reserve an id for a row that is added later."""
        return self.ids[model].next()

    def add(self, model: type[models.Model], *values: Any) -> int:
        return self._add(model, self.reserve(model), *values)

    def _add(self, model: type[models.Model], number: int, *values: Any) -> int:
        self.rows[model].append((number, *values))
        return number

    def add_slugged(self, row: Speaker | Tag, slugs: "Slugs") -> int:
        """Add a speaker or a tag, with a new slug and id."""
        row.slug = slugs.give(row.wanted_slug())
        row.prepare()
        row.pk = self.add(type(row), *(getattr(row, column) for column in COLUMNS[type(row)][1:]))
        return row.pk

    def add_tags(self, tags: Mapping[str, Tag]) -> dict[str, int]:
        """The ids of tags by name. New ones are added."""
        new = list({id(tag): tag for tag in tags.values() if tag.pk is None}.values())
        slugs = Slugs(Tag, FormerTagSlug, [tag.wanted_slug() for tag in new])
        for tag in new:
            self.add_slugged(tag, slugs)
        return {name: tag.pk for name, tag in tags.items()}

    def add_event(
        self,
        event: int,
        transcript: Transcript,
        slug: str,
        speakers: Mapping[str, int],
        tags: Mapping[str, int],
        *,
        translation_of: int | None = None,
    ) -> None:
        """Add a draft and everything in it, with a reserved id.

        `speakers` and `tags` map the names in the transcript to ids; `translation_of` is the id of the original.
        """
        said = event_values(transcript)
        said["date"] = transcript.date.isoformat() if transcript.date else None
        settled: dict[str, Any] = {"slug": slug, "status": Event.Status.DRAFT.value, "published_at": None}
        settled |= {"translation_of_id": translation_of}
        self._add(Event, event, *((said | settled)[column] for column in COLUMNS[Event][1:]))
        self.add_tagged(TaggedEvent, event, (tags[name] for name in transcript.tags))
        seated = dict.fromkeys(speakers[listed.name] for listed in transcript.panelists)
        listed = {speakers[one.name]: one for one in reversed(transcript.panelists)}
        for position, speaker in enumerate(seated, start=1):
            self.add_panelist(event, speaker, position, listed[speaker])
        for number, exchange in enumerate(numbered(transcript), start=1):
            self._add_exchange(event, number, exchange, speakers, tags)
        for number, one in enumerate(transcript.corrections, start=1):
            self.add(Correction, event, number, one.date.isoformat(), one.anchor, normalize_newlines(one.note))

    def _add_exchange(
        self, event: int, number: int, exchange: Exchange, speakers: Mapping[str, int], tags: Mapping[str, int]
    ) -> None:
        asked = exchange.question or Turn(text="")
        asker = speakers[asked.speaker] if asked.speaker else None
        question = self.add_question(event, number, asked, asker, exchange.follow_up)
        self.add_tagged(TaggedQuestion, question, (tags[name] for name in asked.tags))
        for place, turn in enumerate(exchange.answers, start=1):
            answer = self.add_answer(event, question, place, turn, speakers[turn.speaker] if turn.speaker else None)
            self.add_tagged(TaggedAnswer, answer, (tags[name] for name in turn.tags))

    def add_panelist(self, event: int, speaker: int, position: int, listed: Listed) -> int:
        return self.add(Panelist, event, speaker, position, listed.role.value, listed.title, listed.organisation)

    def add_question(self, event: int, number: int, turn: Turn, asker: int | None, follow_up: bool) -> int:  # noqa: FBT001
        return self.add(
            Question, event, number, turn.anchor, normalize_newlines(turn.text), asker, follow_up, turn.time
        )

    def add_answer(self, event: int, question: int, place: int, turn: Turn, speaker: int | None) -> int:
        known = (speaker, attribution_of(turn).value, normalize_newlines(evidence_of(turn)))
        return self.add(Answer, question, event, place, turn.anchor, *known, normalize_newlines(turn.text), turn.time)

    def add_tagged(self, model: type[models.Model], tagged: int, tags: Iterable[int]) -> None:
        for tag in dict.fromkeys(tags):
            self.add(model, tag, tagged)


def numbered(transcript: Transcript, given: Iterable[str] = ()) -> Iterator[Exchange]:
    """The exchanges with an anchor for every passage. `given` are anchors that other passages have or had."""
    own = (turn.anchor for turn in transcript.turns if turn.anchor)
    numbering = Numbering(chain(given, own))
    for exchange in transcript.exchanges:
        asked = exchange.question or Turn(text="")
        question = asked.anchor or numbering.question()
        answers = (_anchored(turn, turn.anchor or numbering.answer(question)) for turn in exchange.answers)
        yield Exchange(question=_anchored(asked, question), answers=tuple(answers), follow_up=exchange.follow_up)


def _anchored(turn: Turn, anchor: str) -> Turn:
    """The turn as it is stored, with its anchor."""
    if turn.anchor == anchor:
        return turn
    return Turn(
        text=turn.text,
        speaker=turn.speaker,
        attribution=turn.attribution,
        evidence=turn.evidence,
        time=turn.time,
        anchor=anchor,
        tags=turn.tags,
        candidates=turn.candidates,
    )


def event_values(transcript: Transcript) -> dict[str, Any]:
    """The values of the event fields that a transcript has."""
    values = {name: getattr(transcript, name) for name in EVENT_FIELDS}
    return values | {
        "language": transcript.language or "en",
        "introduction": normalize_newlines(transcript.introduction),
        "source_note": normalize_newlines(transcript.source_note),
        "translation": transcript.translation.value,
    }


def attribution_of(turn: Turn) -> Attribution:
    """The attribution as it is stored: unknown if and only if there is no speaker."""
    if not turn.speaker:
        return Attribution.UNKNOWN
    return Attribution.STATED if turn.attribution is Attribution.UNKNOWN else turn.attribution


def evidence_of(turn: Turn) -> str:
    """The evidence as it is stored. An unattributed turn keeps its candidates as evidence."""
    if turn.evidence or turn.speaker is not None:
        return turn.evidence
    return "\n".join(f"- {one.name}: {one.evidence}" for one in turn.candidates)


def tag_names(transcript: Transcript) -> Iterator[str]:
    yield from transcript.tags
    for turn in transcript.turns:
        yield from turn.tags


def tags_named(names: Iterable[str]) -> dict[str, Tag]:
    """The tags with these names, or with equivalent ones, by name.

    New tags have no key yet.
    """
    wanted = list(dict.fromkeys(names))
    found: dict[str, Tag] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        found |= {tag.name: tag for tag in Tag.objects.filter(name__in=wanted[start : start + _AT_ONCE])}
    others = {name: _new_tag(tidied(name) or name) for name in wanted if name not in found}
    alike = _tags_that_look_like(others.values())
    for name, tag in others.items():
        found[name] = alike.setdefault(_as_seen(name), tag)
    return found | {tag.name: tag for tag in found.values()}


def _tags_that_look_like(tags: Iterable[Tag]) -> dict[str, Tag]:
    """The stored tags that may look like these, the first of each, by how they look."""
    keys = list({tag.sort_key for tag in tags})
    alike: dict[str, Tag] = {}
    for start in range(0, len(keys), _AT_ONCE):
        for tag in Tag.objects.filter(sort_key__in=keys[start : start + _AT_ONCE]).order_by("pk"):
            alike.setdefault(_as_seen(tag.name), tag)
    return alike


def _as_seen(name: str) -> str:
    return tidied(name).casefold()


def _new_tag(name: str) -> Tag:
    tag = Tag(name=name)
    tag.set_sort_key()
    return tag


class Slugs:
    """Free slugs for new rows of a model, found with one query for all that are wanted."""

    def __init__(self, model: type[SluggedModel], former: type[FormerSlug], wanted: Sequence[str]) -> None:
        self.model = model
        self.taken: set[str] = set()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            for stored in (model, former):
                self.taken.update(stored._default_manager.filter(slug__in=some).values_list("slug", flat=True))

    def give(self, wanted: str) -> str:
        slug = wanted if wanted not in self.taken else free_slug(self.model, wanted, self.taken)
        self.taken.add(slug)
        return slug


def _slug(row: Row) -> str:
    """Of a speaker or a tag."""
    return str(row[COLUMNS[Speaker].index("slug")])
