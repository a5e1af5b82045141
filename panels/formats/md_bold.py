"""Markdown with names in bold: `**Name:** text`, `**Name:**` above the words, `**Name** [0:07]`."""

from __future__ import annotations

from panels.formats import marks
from panels.formats.dialogue import Shape, format_of

SHAPE = Shape(forms=(marks.bold,), further=(marks.only_time, marks.question, marks.name_time), weight=0.86)
FORMAT = format_of("markdown-bold", SHAPE)
