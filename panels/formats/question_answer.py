"""`Q:` and `A:` (`Q - `, `问：`), between whom nobody is named, in and after a lecture."""

from __future__ import annotations

from panels.formats import marks
from panels.formats.dialogue import Shape, format_of

SHAPE = Shape(forms=(marks.question,), further=(marks.colon, marks.bold, marks.only_time), weight=0.72)
FORMAT = format_of("question-answer", SHAPE, suffix=".txt", media_type="text/plain")
