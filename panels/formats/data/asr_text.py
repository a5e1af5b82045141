"""Read JSON that holds a transcript as text with names and times, as the API of Feishu Minutes returns it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from panels.formats.base import Source
from panels.formats.dialogue import name_colon, name_time
from panels.formats.dialogue.reader import read_dialogue, sureness
from panels.formats.parsing.jsontree import at, string
from panels.transcript import Transcript

_TEXTS = (("data", "transcript"), ("transcript",), ("text",))
_TITLES = (("data", "minute", "title"), ("data", "title"), ("title",))
_SURE = 0.3


def read_text(data: Any) -> Transcript | None:
    """The transcript in the text of a JSON document; None if it has none with names."""
    text = next((text for place in _TEXTS if isinstance(text := at(data, *place), str) and "\n" in text.strip()), "")
    if not text:
        return None
    source = Source.of(text)
    shape = max((name_time.SHAPE, name_colon.SHAPE), key=lambda shape: sureness(source, shape))
    if sureness(source, shape) < _SURE:
        return None
    title = next((title for place in _TITLES if (title := string(at(data, *place)))), "")
    transcript = read_dialogue(source, shape)
    return replace(transcript, title=transcript.title or title)
