"""The one table of formats, and the choice among them by what a source holds."""

from __future__ import annotations

from panels.formats import (
    article,
    blog_interview,
    irc_log,
    json_archive,
    md_bold,
    md_emphasis,
    md_heading,
    name_alone,
    name_colon,
    name_time,
    plain_text,
    question_answer,
    session_document,
    zoom_chat,
)
from panels.formats.base import Format, FormatError, Source
from panels.transcript import Transcript

FORMATS: tuple[Format, ...] = (
    json_archive.FORMAT,
    session_document.FORMAT,
    zoom_chat.FORMAT,
    irc_log.FORMAT,
    article.FORMAT,
    blog_interview.FORMAT,
    md_bold.FORMAT,
    md_emphasis.FORMAT,
    md_heading.FORMAT,
    name_time.FORMAT,
    name_alone.FORMAT,
    question_answer.FORMAT,
    name_colon.FORMAT,
    plain_text.FORMAT,
)


def format_named(name: str) -> Format:
    """The format with a name or a suffix. Raises KeyError."""
    for candidate in FORMATS:
        if name.lower() in (candidate.name, candidate.suffix, candidate.suffix.lstrip(".")):
            return candidate
    raise KeyError(name)


def recognised(source: Source) -> tuple[tuple[float, Format], ...]:
    """The formats that a source may be in, the surest first; the table's order parts equals."""
    sure = [(_sureness(source, entry), entry) for entry in FORMATS if entry.read]
    return tuple(sorted((pair for pair in sure if pair[0] > 0), key=lambda pair: -pair[0]))


def _sureness(source: Source, entry: Format) -> float:
    """How sure a format is. A source that is no text is none of those that are, and no error until it is read."""
    try:
        return entry.recognises(source) if entry.recognises else 0.0
    except FormatError:
        return 0.0


def read(source: Source) -> Transcript:
    """Read a source in the format it is found to be in. Raises FormatError."""
    if not source.raw.strip():
        raise FormatError("The file is empty.", advice="Give a transcript.")
    for _, chosen in recognised(source):
        if chosen.read:
            return chosen.read(source)
    raise FormatError("No format is recognised.", advice="Give a transcript as text.")
