"""The contents of a citation, independent of its format."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class CitedKind(StrEnum):
    """The kind of object that is cited."""

    SESSION = "session"
    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Name:
    """A cited name. Without `family` it is not known which part of the name is which, and it is cited as written.

    `original` is the name in the original script if `written` is not.
    """

    written: str
    family: str = ""
    given: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One session, question or answer, ready to be cited.

    `container` is the session of a passage, or the programme of a session; `anchor` is empty for a session.
    Without `authors`, the source names none: a citation never invents one. `notes` are caveats for those who rely
    on the text: that a name was inferred and by whom, or that a machine translated it. `language` is that of the
    text, and of all words in the citation.
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
    url: str
    anchor: str
    version: int
    accessed: dt.date
    notes: tuple[str, ...] = ()


def on_one_line(text: str) -> str:
    """A value on one line, without control characters, as all formats need it."""
    return _SPACES.sub(" ", _CONTROLS.sub("", text)).strip()
