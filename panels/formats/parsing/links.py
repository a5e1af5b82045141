"""Definitions of links in Markdown, `[1]: https://…`, which are copied to the texts that refer to them.

A text file has them once, mostly at its end. A turn is a text of its own, in which a reference without its definition
is no link; so the definition is repeated below each. A definition without references stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from panels.formats.parsing.text_lines import Line, LineKind
from panels.transcript import Exchange, Transcript, Turn

_DEFINITION = re.compile(r"\[(?P<label>[^\[\]^][^\[\]]*)\]:\s*\S.*")
_REFERENCE = re.compile(r"\[[^\[\]\n]+\]\[(?P<label>[^\[\]\n]+)\]|(?<!\\)\[(?P<short>[^\[\]\n]+)\](?:\[\])?(?![\[(:])")


def definitions(lines: Iterable[Line]) -> dict[str, Line]:
    """The lines that define links, by label."""
    found = ((_DEFINITION.fullmatch(line.text), line) for line in lines if line.kind is LineKind.MARKUP)
    return {_folded(match["label"]): line for match, line in reversed([*found]) if match}


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())


def with_definitions(transcript: Transcript, defined: Mapping[str, Line]) -> Transcript:
    """The transcript with the definition of every reference added below the text."""
    if not defined:
        return transcript
    used: set[tuple[int, str]] = set()

    def linked(text: str) -> str:
        labels = (_folded(found["label"] or found["short"]) for found in _REFERENCE.finditer(text))
        lines = dict.fromkeys((defined[label].number, defined[label].text) for label in labels if label in defined)
        used.update(lines)
        return "\n\n".join((text, "\n".join(line for _, line in lines))) if lines else text

    def turn(original: Turn) -> Turn:
        return replace(original, text=linked(original.text))

    def exchange(entry: Exchange) -> Exchange:
        question = turn(entry.question) if entry.question and entry.question.label else entry.question
        return replace(entry, question=question, answers=tuple(map(turn, entry.answers)))

    changed = replace(
        transcript,
        introduction=linked(transcript.introduction),
        exchanges=tuple(map(exchange, transcript.exchanges)),
    )
    return replace(changed, unread=tuple(item for item in transcript.unread if (item.line, item.text) not in used))
