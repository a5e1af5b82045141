"""Names with times above the words: `Name: 00:00:00`, `Name  0:03`, `Name (00:00:36):`; exports of recorders."""

from __future__ import annotations

from panels.formats.dialogue.reader import DialogueShape, format_of
from panels.formats.speakers import label_patterns

SHAPE = DialogueShape(
    forms=(label_patterns.name_time, label_patterns.boxed_time, label_patterns.time_name, label_patterns.above_time),
    further=(label_patterns.only_time, label_patterns.bold, label_patterns.question, label_patterns.colon),
    weight=0.88,
)
FORMAT = format_of("name-time", SHAPE, suffix=".txt", media_type="text/plain")
