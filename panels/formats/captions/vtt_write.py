"""Write WebVTT: one cue with its voice per turn, one line per paragraph.

Captions are only words with times; everything else is in notes. Metadata for people is in `NOTE about`, fields that
cues do not show in `NOTE panels` before the cue they belong to (see `hidden_fields`).
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import replace

from panels.formats.base import FormatError
from panels.formats.lossiness import caption_blocks, is_heading, normal
from panels.formats.native.passage_fields import hidden_fields
from panels.formats.parsing.richtext import Span
from panels.formats.structure.cues import seconds
from panels.formats.structure.metadata_lines import about_lines, closing_lines, named, one_line, shown_name, take
from panels.formats.wording import gettext_noop
from panels.transcript import Exchange, Transcript, Turn

ABOUT = "NOTE about\n"
OWN = "NOTE panels "  # followed by the kind, and JSON
SESSION, QUESTION, HEADING, UNASKED, ANSWER = "session", "question", "heading", "unasked", "answer"
FOLLOW_UP = "follow-up "
_WORDS_A_SECOND = 2.5  # to estimate how long the last cue is shown: an ordinary speed of speech
_SHORTEST = 2.0  # seconds


def write(transcript: Transcript) -> str:
    """The whole file. Raises FormatError as `stream` does."""
    return "".join(stream(transcript))


def stream(transcript: Transcript) -> Iterator[str]:
    """The file in pieces: the head, then each exchange. A turn without a time is shown with the previous turn.

    Raises FormatError, before the first piece, if no turn has a time: captions need times.
    """
    turns = transcript.turns
    times = [turn.time for turn in turns if turn.time is not None]
    if not times:
        raise FormatError(
            gettext_noop("This session has no times."), advice=gettext_noop("Add times, or choose another format.")
        )
    return _pieces(transcript, times)


def _pieces(transcript: Transcript, times: list[float]) -> Iterator[str]:
    title = _noted(one_line(transcript.title))
    lines = [_noted(line) for line in (*about_lines(transcript), *closing_lines(transcript))]
    session = replace(transcript, introduction=normal(transcript.introduction), exchanges=(), unread=())
    shown, _ = take(Transcript(title=title), lines)
    about = "\n".join((ABOUT.rstrip(), *lines)) if lines else ""
    head = (f"WEBVTT - {title}" if title else "WEBVTT", about, _own(SESSION, hidden_fields(session, shown)))
    yield "\n\n".join(filter(None, head)) + "\n"
    cues = _Cues(times)
    for exchange in transcript.exchanges:
        yield "".join(f"\n{block}\n" for block in cues.blocks(exchange))


def _own(kind: str, hidden: str) -> str:
    """A note of Panels. Notes must not contain an arrow, which is escaped in JSON."""
    return f"{OWN}{kind} {hidden}".rstrip().replace("-->", "--\\u003e")


def _noted(line: str) -> str:
    return line.replace("-->", "→")


class _Cues:
    """Writes cues in order: their times never go backwards, even if those of the turns do."""

    def __init__(self, times: list[float]) -> None:
        self.now = _whole(times[0])
        self.ends = iter([*times[1:], None])
        self.end: float | None = times[0]

    def blocks(self, exchange: Exchange) -> Iterator[str]:
        """The cues of an exchange, each with the note before it."""
        question = exchange.question
        follow_up = FOLLOW_UP * exchange.follow_up
        if question is None:
            yield _own(follow_up + UNASKED, "")
        elif is_heading(question):
            hidden = hidden_fields(replace(question, text=normal(question.text), line=None), Turn(text=""))
            yield _own(follow_up + HEADING, hidden)
        else:
            yield from self._cue(question, follow_up + QUESTION)
        for answer in exchange.answers:
            yield from self._cue(answer, ANSWER)

    def _cue(self, turn: Turn, kind: str) -> Iterator[str]:
        if turn.time is not None:
            self.now, self.end = max(self.now, _whole(turn.time)), next(self.ends)
        text = "\n".join(_payload(block.spans) for block in caption_blocks(turn.text))
        end = self.end
        if end is None or end <= self.now:
            end = self.now + max(_SHORTEST, len(text.split()) / _WORDS_A_SECOND)
        shown = Turn(text=turn.text, time=self.now, **named(shown_name(turn)))
        hidden = hidden_fields(replace(turn, line=None), shown)
        if hidden or kind != ANSWER:
            yield _own(kind, hidden)
        voice = html.escape(shown_name(turn), quote=False)
        yield f"{_clock(self.now)} --> {_clock(end)}\n{f'<v {voice}>' if voice else '<v.unattributed>'}{text}"


def _whole(time: float) -> float:
    """A time as a cue can hold it: not negative, in milliseconds."""
    return seconds(_clock(max(time, 0.0)))


def _payload(spans: Sequence[Span]) -> str:
    return "".join(
        "<b>" * span.bold + "<i>" * span.italic
        + html.escape(span.text.replace("\n", " "), quote=False)
        + "</i>" * span.italic + "</b>" * span.bold
        for span in spans
    )  # fmt: skip


def _clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"
