"""`Name: text` in any language, with initials, handles and full-width colons; `Q - ` and `A - ` among them."""

from __future__ import annotations

from panels.formats import marks
from panels.formats.dialogue import Shape, format_of

SHAPE = Shape(forms=(marks.question, marks.colon), further=(marks.bold, marks.only_time, marks.name_time), weight=0.7)
FORMAT = format_of("name-colon", SHAPE, suffix=".txt", media_type="text/plain")
