"""Transcripts before they are stored: readers of formats create them, and writers take them.

The dataclasses mirror the stored models field by field, but do not depend on them: they have names where
the database has rows. All are frozen, compare by value and hold only tuples, strings, numbers and dates, so a
transcript can be hashed, pickled and sent to another process.

Texts are Markdown (CommonMark without HTML). Times are seconds from the start of the recording. Lines are
counted from 1 in the original source.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The role in which somebody takes part in an event."""

    MODERATOR = "moderator"
    PANELIST = "panelist"
    HOST = "host"
    AUDIENCE = "audience"


class Attribution(StrEnum):
    """The way in which the speaker is known."""

    STATED = "stated"  # the source names the speaker
    INFERRED = "inferred"  # editors name the speaker, and give the evidence
    UNKNOWN = "unknown"  # nobody is named


class Translation(StrEnum):
    """The way in which a text was translated; `NONE` is an original."""

    NONE = ""
    HUMAN = "human"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelMember:
    """A member of the panel, with the title and organisation of that day."""

    name: str
    original_name: str = ""  # in the original script
    family_name: str = ""  # its part of the name, when known
    role: Role = Role.PANELIST
    title: str = ""
    organisation: str = ""
    labels: tuple[str, ...] = ()  # other ways in which the source writes the name: initials, given name


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible speaker of an unattributed turn: suggested to an editor, never set."""

    name: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Uninterrupted words of one speaker.

    `label` is what the source writes before the words, unchanged; None if there is nothing, as before a question that
    is a heading. `speaker` is the name that the label was resolved to. `attribution` is `unknown` if and only if
    `speaker` is None, and `inferred` needs `evidence`.
    """

    text: str
    label: str | None = None
    speaker: str | None = None
    attribution: Attribution = Attribution.UNKNOWN
    evidence: str = ""
    time: float | None = None
    anchor: str | None = None  # "q3", "q3-a2": assigned when published, None before
    tags: tuple[str, ...] = ()
    line: int | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question and its answers. `question` is None for words spoken before the first question."""

    question: Turn | None
    answers: tuple[Turn, ...] = ()
    follow_up: bool = False  # the question follows up the one before it


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionEntry:
    """A dated public note on a change after publication."""

    date: dt.date
    note: str
    anchor: str = ""  # the passage concerned; empty: the whole event


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Words of the source that are in no turn, with the reason, so that nothing is lost silently."""

    line: int
    text: str
    reason: str


EVENT_FIELDS = (
    "title", "date", "language", "programme", "publisher", "introduction", "pull_quote", "source_url", "source_title",
    "source_note", "licence", "recording_url", "translation", "translated_from",
)  # fmt: skip
"""The fields that a Transcript and a stored event have under the same name, besides the slug.

Importing, exporting, history, comparing and restoring use this list, and ignore any field that is not on it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One panel session. Everything but the exchanges may be missing in a source, and is empty then."""

    title: str = ""
    date: dt.date | None = None
    language: str = ""  # BCP 47, such as "en" or "zh-Hans"
    programme: str = ""  # the series the session belongs to
    publisher: str = ""
    introduction: str = ""
    pull_quote: str = ""  # words of a passage that introduce the session
    source_url: str = ""
    source_title: str = ""
    source_note: str = ""
    licence: str = ""
    recording_url: str = ""
    translation: Translation = Translation.NONE
    translated_from: str = ""  # language of the original, BCP 47
    slug: str = ""
    address: str = ""  # the permanent absolute URL of the record
    version: int | None = None  # of the record, a number that increases with every change
    tags: tuple[str, ...] = ()
    panelists: tuple[PanelMember, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    corrections: tuple[CorrectionEntry, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All questions and answers, in reading order."""
        return tuple(turn for one in self.exchanges for turn in (one.question, *one.answers) if turn is not None)
