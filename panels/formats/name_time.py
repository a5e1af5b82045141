"""Names with times above the words: `Name: 00:00:00`, `Name  0:03`, `Name (00:00:36):`; exports of recorders."""

from __future__ import annotations

from panels.formats import marks
from panels.formats.dialogue import Shape, format_of

SHAPE = Shape(
    forms=(marks.name_time, marks.boxed_time, marks.time_name, marks.above_time),
    further=(marks.only_time, marks.bold, marks.question, marks.colon),
    weight=0.88,
)
FORMAT = format_of("name-time", SHAPE, suffix=".txt", media_type="text/plain")
