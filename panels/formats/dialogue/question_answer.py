"""Read `Q:` and `A:` (`Q - `, `问：`) without names, in a lecture or after one."""

from __future__ import annotations

from panels.formats.dialogue.reader import DialogueShape, format_of
from panels.formats.speakers import label_patterns

SHAPE = DialogueShape(
    forms=(label_patterns.question,),
    further=(label_patterns.colon, label_patterns.bold, label_patterns.only_time),
    weight=0.72,
)
FORMAT = format_of("question-answer", SHAPE, suffix=".txt", media_type="text/plain")
