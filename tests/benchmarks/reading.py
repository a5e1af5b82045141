"""How the time of reading grows with the size of a text.

    python -m tests.benchmarks.reading
    python -m tests.benchmarks.reading --formats name-colon vtt html --most 16

Generated sessions of 1, 2, 4 … 64 times `--answers` answers are written in each format and read again, with finding out
what format they are in. Seconds are those of the processor, the least of `--rounds`. The last column is the growth from
the smallest size that takes a measurable time to the largest, as a share of what linear growth would be: 1.0 is linear,
2.0 takes twice as long for each word of the largest text.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.limits import Limits
from panels.formats.registry import format_named
from panels.management.generated_sessions import session_of
from panels.transcript import Transcript
from panels.transcript.text import tidied

_LEAST = 0.01  # seconds that can be measured
_UNLIMITED = Limits(seconds=3600)
Written = Callable[[Transcript], str | bytes]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--formats", nargs="+", choices=WRITTEN, default=list(WRITTEN), metavar="FORMAT")
    parser.add_argument("--answers", type=int, default=25, help="answers of the smallest text (default: 25)")
    parser.add_argument("--most", type=int, default=64, help="the largest size, as a multiple (default: 64)")
    parser.add_argument("--rounds", type=int, default=2, help="how often each is measured (default: 2)")
    options = parser.parse_args()
    sizes = [2**power for power in range(options.most.bit_length()) if 2**power <= options.most]
    print(f"{'':22}" + "".join(f"{size:>8}x" for size in sizes) + f"{'growth':>9}")
    for name in options.formats:
        _seconds(_source(name, options.answers))  # what is imported and compiled once
        taken = []
        print(f"{name:22}", end="", flush=True)
        for size in sizes:
            taken.append(min(_seconds(_source(name, options.answers * size)) for _ in range(options.rounds)))
            print(f"{taken[-1]:9.3f}", end="", flush=True)
        print(f"{_growth(sizes, taken):9.2f}", flush=True)


def _source(name: str, answers: int) -> Source:
    written = WRITTEN[name](_with_times(session_of(answers)))
    raw = written.encode() if isinstance(written, str) else written
    return Source(raw, limits=_UNLIMITED)


def _with_times(transcript: Transcript) -> Transcript:
    """A turn every five seconds: captions cannot be written without."""
    seconds = count(0.0, 5.0)
    exchanges = tuple(
        replace(one, answers=tuple(replace(answer, time=next(seconds)) for answer in one.answers))
        for one in transcript.exchanges
    )
    return replace(transcript, exchanges=exchanges)


def _seconds(source: Source) -> float:
    start = time.process_time()
    registry.read(source)
    return time.process_time() - start


def _growth(sizes: list[int], taken: list[float]) -> float:
    """The time for a word of the largest text, as a multiple of that of the smallest that can be measured."""
    first = next((at for at, seconds in enumerate(taken) if seconds >= _LEAST), len(taken) - 1)
    return (taken[-1] / taken[first]) / (sizes[-1] / sizes[first])


def _turns(transcript: Transcript) -> Iterator[tuple[int, str, str]]:
    """The number, the speaker and the words of each turn."""
    for number, turn in enumerate(transcript.turns):
        yield number, turn.speaker or "Audience", tidied(turn.text)


def _lines(form: str, *, head: str = "", end: str = "") -> Written:
    """A writer of one line or more for each turn; `{time}` and `{until}` are five seconds apart."""

    def written(transcript: Transcript) -> str:
        rows = [
            form.format(n=number + 1, who=who, says=says, time=_clock(5 * number), until=_clock(5 * number + 5))
            for number, who, says in _turns(transcript)
        ]
        return head + "".join(rows) + end

    return written


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _page(form: str) -> Written:
    return _lines(form, head="<!DOCTYPE html><html><body><h1>Session</h1>\n", end="</body></html>\n")


def _own(name: str) -> Written:
    write = format_named(name).write
    if write is None:
        sys.exit(f"{name} cannot be written.")
    return write


def _article(transcript: Transcript) -> str:
    """Numbered questions, names alone, numbers in the answers."""
    parts = ["Session with a panel\n\nAn introduction of a few words.\n"]
    for number, exchange in enumerate(transcript.exchanges, start=1):
        parts.append(f"\nQuestion {number}: {exchange.question.text if exchange.question else 'What?'}?\n")
        parts += [f"\n{turn.speaker}\n\n{tidied(turn.text)}\n" for turn in exchange.answers]
    return "".join(parts)


WRITTEN: dict[str, Written] = {
    "name-colon": _lines("{who}: {says}\n\n"),
    "name-colon, no blanks": _lines("{who}: {says}\n"),
    "name-dash": _lines("{who} — {says}?\n\n"),
    "markdown-bold": _lines("**{who}:** {says}\n\n"),
    "markdown-heading": _lines("### {who}\n\n{says}\n\n"),
    "name-time": _lines("{who}  {time}\n{says}\n\n"),
    "name above its time": _lines("{who}\n{time}\n{says}\n\n"),
    "name-alone": _lines("{who}\n{says}\n\n"),
    "question-answer": _lines("Q: {says}?\n\nA: {says}\n\n"),
    "interview": _lines("**{says}?**\n\n{says}\n\n"),
    "article": _article,
    "prose": _lines("{says}\n\n"),
    "a name on each line": _lines("{n} {who} of {who}: {says}\n"),
    "irc-log": _lines("[{time}] <nick{n}> {says}\n"),
    "zoom-chat": _lines("{time}\t{who}:\t{says}\n"),
    "deposition": _lines("{n:2}   Q.   {says}?\n{n:2}   A.   {says}\n"),
    "csv": _lines('{time},"{who}","{says}"\n', head="time,speaker,text\n"),
    "vtt, voices": _lines("{time}.000 --> {until}.000\n<v {who}>{says}</v>\n\n", head="WEBVTT\n\n"),
    "vtt, labels": _lines("{time}.000 --> {until}.000\n{who}: {says}\n\n", head="WEBVTT\n\n"),
    "srt": _lines("{n}\n{time},000 --> {until},000\n{who}: {says}\n\n"),
    "srt without names": _lines("{n}\n{time},000 --> {until},000\n{says}\n\n"),
    "transcript-panel": _lines("{time}\n{says:.300}\n"),
    "html, bold": _page("<p><b>{who}:</b> {says}</p>\n"),
    "html, plain": _page("<p>{who}: {says}</p>\n"),
    "html, table": _page("<table><tr><td>{time}</td><td>{who}</td><td>{says}</td></tr></table>\n"),
    "asr_json": _lines('{{"start": {n}, "speaker": "{who}", "text": "{says}"}}\n'),
    "publicwhip": _lines(
        '<speech id="a.{n}" speakername="{who}"><p>{says}</p></speech>\n', head="<publicwhip>\n", end="</publicwhip>\n"
    ),
    **{
        name: _own(name)
        for name in ("session", "json", "text", "akn", "html", "docx", "vtt")
        if format_named(name).write
    },
}

if __name__ == "__main__":
    main()
