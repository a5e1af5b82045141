"""A name alone on its line, with or without a colon, and the words below it."""

from __future__ import annotations

from panels.formats import marks
from panels.formats.dialogue import Shape, format_of

SHAPE = Shape(forms=(marks.alone,), further=(marks.only_time, marks.name_time, marks.colon), weight=0.62)
FORMAT = format_of("name-alone", SHAPE, suffix=".txt", media_type="text/plain")
