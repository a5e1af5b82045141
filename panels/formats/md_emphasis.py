"""Markdown with names emphasised: `__Ben__: text`, `_AS:_ text`, `*Name:* text`."""

from __future__ import annotations

from panels.formats import marks
from panels.formats.dialogue import Shape, format_of

SHAPE = Shape(forms=(marks.emphasis,), further=(marks.only_time, marks.question), weight=0.85)
FORMAT = format_of("markdown-emphasis", SHAPE)
