"""Markdown with names in bold: `**Name:** text`, `**Name:**` above the words, `**Name** [0:07]`."""

from __future__ import annotations

from panels.formats.dialogue.reader import DialogueShape, format_of
from panels.formats.speakers import label_patterns

SHAPE = DialogueShape(
    forms=(label_patterns.bold,),
    further=(label_patterns.only_time, label_patterns.question, label_patterns.name_time),
    weight=0.86,
)
FORMAT = format_of("markdown-bold", SHAPE)
