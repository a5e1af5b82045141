"""Times on a line of their own above a label, as Google Meet and some players write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from panels.formats.parsing.text_lines import Line, LineKind
from panels.formats.speakers.label_patterns import LabelMatch, only_time


def with_times_above(
    lines: Sequence[Line], marks: Mapping[int, LabelMatch]
) -> tuple[Sequence[Line], dict[int, LabelMatch]]:
    """The lines without such times, and the labels' marks with them.

    This applies only if there is one above the first label: otherwise a time between two turns may belong to the first.
    A time below a name alone on its line belongs to that name, even if another name comes next.
    """
    found = dict(marks)
    taken: set[int] = set()
    before: Line | None = None
    for line, below in pairwise(lines):
        mark, above = found.get(below.number), before and found.get(before.number)
        before = line
        if not mark or not mark.label or mark.time is not None or line.kind is not LineKind.WORDS:
            continue
        alone = only_time(line)
        if alone and not alone.text and not (above and above.label and not above.text):
            found[below.number] = replace(mark, time=alone.time)
            taken.add(line.number)
    first = next((number for number, mark in sorted(marks.items()) if mark.label), None)
    if first is None or found[first].time is None or marks[first].time is not None:
        return lines, dict(marks)
    for number in taken:
        found.pop(number, None)
    return ([line for line in lines if line.number not in taken] if taken else lines), found
