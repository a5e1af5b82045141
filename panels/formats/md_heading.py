"""Markdown with names as headings: `### Name：` above the words. The first heading may be the title."""

from __future__ import annotations

from panels.formats import marks
from panels.formats.dialogue import Shape, format_of

SHAPE = Shape(forms=(marks.heading,), further=(marks.only_time,), weight=0.88)
FORMAT = format_of("markdown-heading", SHAPE)
