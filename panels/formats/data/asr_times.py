"""Read the times of recognisers' JSON: numbers, clock times, ISO 8601 durations, seconds with nanoseconds."""

from __future__ import annotations

import re
from typing import Any

from panels.formats.data.asr_shapes import TIMES
from panels.formats.parsing.jsontree import at

_CLOCK = re.compile(r"(?:(\d{1,6}):)?(\d{1,9}):(\d{1,9}(?:[.,]\d+)?)")
_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d+)?)S)?")
_NUMBER = re.compile(r"(\d{1,15}(?:\.\d+)?)s?")


def time_in(row: dict[str, Any], inner: list[dict[str, Any]]) -> float | None:
    """The start of an utterance in the unit of the file, from its own fields, its `timestamps` or its first word."""
    holders = [row, at(row, "timestamps"), *inner[:1]]
    times = [first_time(holder, TIMES) for holder in holders if isinstance(holder, dict)]
    return next((time for time in times if time is not None), None)


def first_time(row: dict[str, Any], keys: tuple[str, ...]) -> float | None:
    """The first of the fields that holds a time."""
    times = (_number(row[key]) for key in keys if key in row)
    return next((time for time in times if time is not None), None)


def _number(value: Any) -> float | None:
    if isinstance(value, list):  # start and end
        value = value[0] if value else None
    if isinstance(value, dict) and "relative" in value:  # Recall.ai: seconds since the beginning, beside the hour
        value = value["relative"]
    if isinstance(value, dict):  # Google: seconds and nanoseconds in separate fields
        whole, part = _number(value.get("seconds", 0)), _number(value.get("nanos", 0))
        return None if whole is None or part is None else whole + part / 1e9
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, str):
        return None
    clock, number = _CLOCK.fullmatch(value.strip()), _NUMBER.fullmatch(value.strip())
    lasting = _DURATION.fullmatch(value.strip())
    if lasting and value.strip() != "PT":  # Azure: ISO 8601
        return int(lasting[1] or 0) * 3600 + int(lasting[2] or 0) * 60 + float(lasting[3] or 0)
    if clock:
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3].replace(",", "."))
    return float(number[1]) if number else None
