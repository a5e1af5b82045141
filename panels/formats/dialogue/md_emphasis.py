"""Markdown with names emphasised: `__Ben__: text`, `_AS:_ text`, `*Name:* text`."""

from __future__ import annotations

from panels.formats.dialogue.reader import DialogueShape, format_of
from panels.formats.speakers import label_patterns

SHAPE = DialogueShape(
    forms=(label_patterns.emphasis,), further=(label_patterns.only_time, label_patterns.question), weight=0.85
)
FORMAT = format_of("markdown-emphasis", SHAPE)
