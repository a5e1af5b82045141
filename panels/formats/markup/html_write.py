"""Write a session as one HTML page to print or to keep: no script, nothing fetched, readable without its styles.

Hidden fields of a passage are in its `data-panels` attribute (see `hidden_fields`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape

from panels.formats.lossiness import normal
from panels.formats.native.passage_fields import hidden_fields
from panels.formats.parsing.markdown_blocks import html_of
from panels.formats.structure.metadata_lines import (
    about_lines,
    as_shown,
    as_taken,
    clock,
    closing_lines,
    one_line,
    shown_name,
    time_of,
)
from panels.transcript import Exchange, Transcript, Turn
from panels.transcript.text import is_right_to_left

DATA = "data-panels"
GENERATOR = '<meta name="generator" content="Panels">'
_UNTITLED = "Transcript"  # a page must have a title
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_HEADING = re.compile(r"<(?P<close>/?)h(?P<level>[1-6])>")
_STYLE = """
:root { --paper: #fcfcfa; --ink: #191d21; --quiet: #565e66; --rule: #d8dbd6; --accent: #0a566a;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, P052, "URW Palladio L", "Noto Serif", "Songti SC",
    "Source Han Serif SC", "Noto Serif CJK SC", serif;
  --sans: "Avenir Next", Avenir, "Segoe UI", "Noto Sans", "Helvetica Neue", "PingFang SC", "Microsoft YaHei",
    "Noto Sans CJK SC", sans-serif;
  color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181b; --ink: #e3e1db; --quiet: #a2a9af; --rule: #343a40; --accent: #86c9da; } }
body { background: var(--paper); color: var(--ink); font: 1.125rem/1.62 var(--serif); margin: 3rem auto;
  max-width: 41rem; overflow-wrap: break-word; padding: 0 1.25rem; }
h1, p, li, pre { unicode-bidi: plaintext; }
h1 { font-size: 2.25rem; letter-spacing: -0.015em; line-height: 1.15; text-wrap: balance; }
.question { break-after: avoid; font-size: 1.4rem; font-weight: 600; line-height: 1.3; margin-top: 2.5em; }
.follow-up .question { font-size: 1.25rem; }
.question p { margin: 0.3em 0; }
.question .speaker { color: var(--quiet); font-size: 0.875rem; font-weight: 500; }
cite { font-style: normal; }
a { color: var(--accent); }
blockquote { border-inline-start: 3px solid var(--rule); color: var(--quiet); margin-inline: 0;
  padding-inline-start: 1em; }
.speaker { break-after: avoid; font: 600 1rem/1.4 var(--sans); margin: 1.75em 0 0; }
.speaker + p { margin-top: 0.3em; }
.about { color: var(--quiet); font: 0.875rem/1.6 var(--sans); list-style: none; padding: 0; }
footer { border-top: 1px solid var(--rule); margin-top: 4em; }
@page { margin: 20mm 22mm; }
@media print { :root { --paper: #fff; --ink: #000; --quiet: #444; --accent: #000; }
  body { font-size: 10.5pt; margin: 0; max-width: none; padding: 0; } p { orphans: 3; widows: 3; } }
"""


def write(transcript: Transcript) -> str:
    """The whole page."""
    return "".join(stream(transcript))


def stream(transcript: Transcript) -> Iterator[str]:
    """The page in pieces: the head, each exchange, the end."""
    yield _head(transcript)
    for exchange in transcript.exchanges:
        yield _exchange(exchange)
    yield f"</main>\n<footer>\n{_listed(closing_lines(transcript))}</footer>\n</body>\n</html>\n"


def _head(transcript: Transcript) -> str:
    language = _language(transcript.language)
    title = escape(_title(transcript))
    metas = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in _metas(transcript))
    links = "".join(f'<link rel="{rel}" href="{escape(one_line(url))}">\n' for rel, url in _links(transcript))
    shown = replace(as_taken(transcript), title=_title(transcript), introduction=transcript.introduction)
    hidden = hidden_fields(replace(transcript, exchanges=(), unread=()), shown)
    return (
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n{GENERATOR}\n{metas}{links}'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body{_data(hidden)}>\n"
        f"<header>\n<h1>{title}</h1>\n{_listed(about_lines(transcript))}</header>\n"
        f'<main>\n<div class="introduction">\n{_html(transcript.introduction)}</div>\n'
    )


def _language(tag: str) -> str:
    """The attributes for a language; the direction only if it is not the usual one."""
    turned = ' dir="rtl"' if is_right_to_left(tag) else ""
    return f' lang="{escape(one_line(tag))}"{turned}' if tag else ""


def _title(transcript: Transcript) -> str:
    return one_line(transcript.title) or _UNTITLED


def _metas(transcript: Transcript) -> Iterator[tuple[str, str]]:
    """Dublin Core metadata, which catalogues and reference managers read."""
    values = {
        "dcterms.date": transcript.date.isoformat() if transcript.date else "",
        "dcterms.publisher": transcript.publisher,
        "dcterms.source": transcript.source_url or transcript.source_title,
        "dcterms.rights": transcript.licence,
        "dcterms.identifier": transcript.address,
        "dcterms.hasVersion": "" if transcript.version is None else str(transcript.version),
    }
    return ((name, one_line(value)) for name, value in values.items() if value)


def _links(transcript: Transcript) -> Iterator[tuple[str, str]]:
    if _is_web(transcript.address):
        yield "canonical", transcript.address
    if _is_web(transcript.licence):
        yield "license", transcript.licence


def _is_web(address: str) -> bool:
    return bool(re.fullmatch(r"https?://[^\s<>\"{}|\\^`\[\]]+", address))


def _listed(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>\n" for line in lines)
    return f'<ul class="about">\n{items}</ul>\n' if items else ""


def _exchange(exchange: Exchange) -> str:
    question = exchange.question
    kind = ("unasked" if question is None else "exchange") + " follow-up" * exchange.follow_up
    out = [f'<div class="{kind}">\n']
    if question:
        out.append(_turn(question, "turn question" if _is_spoken(question) else "question"))
    out += [_turn(answer, "turn") for answer in exchange.answers]
    return "".join([*out, "</div>\n"])


def _is_spoken(turn: Turn) -> bool:
    return turn.label is not None or turn.speaker is not None


def _turn(turn: Turn, classes: str) -> str:
    identifier = turn.anchor if turn.anchor and _IDENTIFIER.fullmatch(turn.anchor) else None
    hidden = hidden_fields(replace(turn, line=None), replace(as_shown(turn), anchor=identifier, line=None))
    shown = f' id="{identifier}"' if identifier else ""
    spoken = classes != "question"
    name = f"<cite>{escape(shown_name(turn))}</cite>" if spoken else ""
    speaker_line = " ".join(filter(None, (name, _time(turn))))
    head = f'<p class="speaker">{speaker_line}</p>\n' if speaker_line else ""
    role = "" if spoken else ' role="heading" aria-level="2"'
    return f'<div class="{classes}"{role}{shown}{_data(hidden)}>\n{head}{_html(turn.text)}</div>\n'


def _time(turn: Turn) -> str:
    shown = "" if turn.time is None else clock(turn.time)
    if turn.time is None or time_of(shown) is None:
        return ""
    seconds = f"{turn.time:.3f}".rstrip("0").rstrip(".")
    return f'<time datetime="PT{seconds}S">{shown}</time>'


def _html(markdown: str) -> str:
    """Markdown as HTML, with headings of one level: a page must not skip any, whatever a text contains."""
    return _HEADING.sub(_same_level, html_of(normal(markdown)))


def _same_level(tag: re.Match[str]) -> str:
    return "</h2>" if tag["close"] else f'<h2 data-level="{tag["level"]}">'


def _data(hidden: str) -> str:
    return f' {DATA}="{escape(hidden)}"' if hidden else ""
