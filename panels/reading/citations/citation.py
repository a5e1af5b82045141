"""What a citation says, whatever the form in which it is written down."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class CitedKind(StrEnum):
    """What is cited."""

    SESSION = "session"
    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Name:
    """Who speaks. Without `family` nobody knows which part of the name is which: it is cited as it is written.

    `original` is the name in the original script where `written` is not.
    """

    written: str
    family: str = ""
    given: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One session, question or answer, ready to be cited.

    `container` is the session of a passage, or the programme of a session; `anchor` is empty for a session.
    No `authors` means that the source names none: a citation does not make one up. `notes` say what one who
    relies on the words must know: who inferred the name, that a machine translated. `language` is that of the
    words, and of everything here that is said in words.
    """

    kind: CitedKind
    key: str
    title: str
    authors: tuple[Name, ...]
    nameless: str
    container: str
    date: dt.date | None
    publisher: str
    site: str
    language: str
    address: str
    anchor: str
    version: int
    accessed: dt.date
    notes: tuple[str, ...] = ()


def on_one_line(text: str) -> str:
    """A value as all these forms want it: no line breaks, no control characters."""
    return _SPACES.sub(" ", _CONTROLS.sub("", text)).strip()
