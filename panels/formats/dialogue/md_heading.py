"""Markdown with names as headings: `### Name：` above the words. The first heading may be the title."""

from __future__ import annotations

from panels.formats.dialogue.reader import DialogueShape, format_of
from panels.formats.speakers import label_patterns

SHAPE = DialogueShape(forms=(label_patterns.heading,), further=(label_patterns.only_time,), weight=0.88)
FORMAT = format_of("markdown-heading", SHAPE)
