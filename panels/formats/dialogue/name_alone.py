"""A name alone on its line, with or without a colon, and the words below it."""

from __future__ import annotations

from panels.formats.dialogue.reader import DialogueShape, format_of
from panels.formats.speakers import label_patterns

SHAPE = DialogueShape(
    forms=(label_patterns.alone,),
    further=(label_patterns.only_time, label_patterns.name_time, label_patterns.colon),
    weight=0.62,
)
FORMAT = format_of("name-alone", SHAPE, suffix=".txt", media_type="text/plain")
