"""A session as one HTML page to print or to keep: no script, nothing fetched, readable without its styles."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from panels.formats.markdown_blocks import html_of
from panels.formats.particulars import clock, lines_of, shown_name
from panels.transcript import Exchange, Transcript, Turn

_STYLE = """
body { font: 11pt/1.5 serif; margin: 2rem auto; max-width: 42rem; padding: 0 1rem; }
h1, .question, .speaker { font-family: sans-serif; line-height: 1.25; }
.question { break-after: avoid; font-size: 1.2em; margin-top: 2em; }
.question .speaker { font-size: 1rem; }
cite { font-style: normal; }
.speaker { break-after: avoid; font-weight: bold; margin: 1.5em 0 0; }
.about { font-size: 0.9em; list-style: none; padding: 0; }
@page { margin: 2cm; }
"""


GENERATOR = '<meta name="generator" content="Panels">'


def write(transcript: Transcript) -> str:
    """The whole page."""
    return "".join(stream(transcript))


def stream(transcript: Transcript) -> Iterator[str]:
    """The page in pieces: the head, each exchange, the end."""
    language = f' lang="{escape(transcript.language)}"' if transcript.language else ""
    title = escape(transcript.title)
    yield f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n{GENERATOR}\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
    about = "".join(f"<li>{escape(line)}</li>\n" for line in lines_of(transcript))
    yield f'<ul class="about">\n{about}</ul>\n' if about else ""
    yield '</header>\n<main>\n<div class="introduction">\n'
    yield f"{html_of(transcript.introduction)}</div>\n"
    for exchange in transcript.exchanges:
        yield _exchange(exchange)
    yield "</main>\n</body>\n</html>\n"


def _exchange(exchange: Exchange) -> str:
    question = exchange.question
    kind = "unasked" if question is None else "follow-up" if exchange.follow_up else "exchange"
    out = [f'<section class="{kind}">\n']
    if question and question.label is None and question.speaker is None:
        out.append(f'<div class="question"{_id(question)}>\n{html_of(question.text)}</div>\n')
    elif question:
        out.append(_turn(question, "turn question"))
    out += [_turn(answer, "turn") for answer in exchange.answers]
    return "".join([*out, "</section>\n"])


def _id(turn: Turn) -> str:
    return f' id="{escape(turn.anchor)}"' if turn.anchor else ""


def _turn(turn: Turn, classes: str) -> str:
    time = f" <time>{clock(turn.time)}</time>" if turn.time is not None else ""
    head = f'<p class="speaker"><cite>{escape(shown_name(turn))}</cite>{time}</p>'
    return f'<div class="{classes}"{_id(turn)}>\n{head}\n{html_of(turn.text)}</div>\n'
