"""WebVTT, read and written: <https://www.w3.org/TR/webvtt1/>.

Read: voices by `<v Name>` (closed or not) or by labels before the words; a file with neither is one
unattributed turn. Written: a cue a turn with its voice, and NOTE blocks for the questions and for what is
said about the session, because a caption file has no other place for them; `read` takes these notes back.
"""

from __future__ import annotations

import html
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace

from panels.formats.base import Format, FormatError
from panels.formats.cue_files import CueFile, scan
from panels.formats.cues import Piece, labelled, pieces_of, repeated_labels, turns_of
from panels.formats.markdown_blocks import blocks_of, plain_text
from panels.formats.outline import Outline
from panels.formats.particulars import lines_of, take
from panels.formats.richtext import Span, plain_paragraphs
from panels.transcript import Transcript, Turn, Unread

_HEADER = re.compile(r"\ufeff?WEBVTT(?:[ \t]+(?:-[ \t]*)?(?P<title>.*))?")
ASKED = "NOTE asked"  # the next cue is a question
HEADED = "NOTE heading\n"  # the question is a heading, which nobody spoke
ABOUT = "NOTE about\n"  # particulars of the session
_WORDS_A_SECOND = 2.5  # how long a last cue is shown: an ordinary speed of speech


def matches(text: str) -> bool:
    """Whether this is WebVTT."""
    return text.lstrip("\ufeff \r\n").startswith("WEBVTT")


def read(text: str) -> Transcript:
    """Read a WebVTT file."""
    found = scan(text)
    transcript, unread = _header(found)
    pieces = labelled([piece for cue in found.cues for piece in pieces_of(cue.text, line=cue.line, time=cue.start)])
    questions = sorted((line, note) for line, note in found.notes if note.startswith((ASKED, HEADED)))
    unread += [
        Unread(line=line, text=note, reason="a note in the file, not spoken")
        for line, note in found.notes
        if not note.startswith((ASKED, HEADED, ABOUT))
    ]
    unread += [*identifiers(found), *repeated_labels(pieces)]
    return replace(
        transcript,
        exchanges=_outline(pieces, questions).exchanges(),
        unread=tuple(sorted(unread, key=lambda item: item.line)),
    )


def _header(found: CueFile) -> tuple[Transcript, list[Unread]]:
    transcript = Transcript()
    unread: list[Unread] = []
    for line, block in found.head:
        first, *rest = block.split("\n")
        header = _HEADER.fullmatch(first.strip())
        if header:
            transcript, rest = take(replace(transcript, title=(header["title"] or "").strip()), rest)
            found.identifiers.insert(0, (line, "WEBVTT"))
        elif block.startswith(ABOUT):
            transcript, rest = take(transcript, rest)
        elif block.startswith("NOTE"):
            found.notes.insert(0, (line, block))
            rest = []
        else:
            rest = [first, *rest]
        if rest:
            unread.append(Unread(line=line, text="\n".join(rest), reason="stands before the first cue"))
    return transcript, unread


def identifiers(found: CueFile) -> Iterator[Unread]:
    """What numbers the cues and signs the file, in one entry: nobody said it."""
    if found.identifiers:
        names = " ".join(name for _, name in found.identifiers)
        yield Unread(line=found.identifiers[0][0], text=names, reason="identifiers of cues, not spoken")


def _outline(pieces: Sequence[Piece], questions: Sequence[tuple[int, str]]) -> Outline:
    outline = Outline()
    lines = [piece.line for piece in pieces]
    bounds = [bisect(lines, line) for line, _ in questions] + [len(pieces)]
    for turn in turns_of(pieces[: bounds[0]]):
        outline.answer(turn)
    for (line, note), start, stop in zip(questions, bounds, bounds[1:], strict=False):
        turns = list(turns_of(pieces[start:stop]))
        if note.startswith(HEADED):
            outline.heading(plain_paragraphs(html.unescape(note.removeprefix(HEADED))), line=line)
        elif turns:
            outline.question(turns.pop(0))
        for turn in turns:
            outline.answer(turn)
    return outline


def write(transcript: Transcript) -> str:
    """A WebVTT file with a cue a turn. A turn without a time is shown with the turn before.

    Raises FormatError if no turn has a time: captions are words at times and nothing else.
    """
    turns = [turn for exchange in transcript.exchanges for turn in (exchange.question, *exchange.answers) if turn]
    times = [turn.time for turn in turns if turn.time is not None]
    if not times:
        raise FormatError("No turn of this session has a time.", advice="Give the times, or take another format.")
    title = " ".join(transcript.title.split())
    blocks = [f"WEBVTT - {title}" if title else "WEBVTT"]
    about = "\n".join(_noted(line) for line in lines_of(transcript))
    blocks += [f"{ABOUT}{about}"] if about else []
    blocks += _cues(transcript, times[0], times)
    return "\n\n".join(blocks) + "\n"


def _cues(transcript: Transcript, now: float, times: list[float]) -> Iterator[str]:
    ends = iter([*times[1:], None])
    end: float | None = times[0]
    for exchange in transcript.exchanges:
        for turn in (exchange.question, *exchange.answers):
            if turn is None:
                continue
            if turn.label is None and turn.speaker is None and turn is exchange.question:
                yield HEADED + _noted(plain_text(turn.text))
                continue
            if turn.time is not None:
                now, end = turn.time, next(ends)
            if turn is exchange.question:
                yield ASKED
            yield _cue(turn, now, end)


def _noted(text: str) -> str:
    """Text inside a note, which may hold neither an arrow nor a blank line."""
    return " ".join(text.split()).replace("-->", "--&gt;")


def _cue(turn: Turn, start: float, end: float | None) -> str:
    text = "\n".join(_payload(block.spans) for block in blocks_of(turn.text))
    if end is None or end <= start:
        end = start + max(2.0, len(text.split()) / _WORDS_A_SECOND)
    voice = html.escape(turn.speaker or turn.label or "", quote=False)
    tag = f"<v {voice}>" if voice else "<v.unattributed>"
    return f"{_clock(start)} --> {_clock(end)}\n{tag}{text}"


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


FORMAT = Format(
    name="vtt",
    suffix=".vtt",
    media_type="text/vtt; charset=utf-8",
    needs_times=True,
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
    write=write,
)
