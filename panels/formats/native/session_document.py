"""The session document: Markdown that people can write and that holds everything a transcript holds.

    ---
    panels: 1
    title: Parks after the epidemic
    date: 2020-04-10
    panelists:
      - name: Zhang Xin
        title: CEO
    ---

    What the session was about.

    ## What impact will the epidemic have? {#q1 tags=["parks"]}

    **Zhang Xin:** {#q1-a1 time=0:12.5} The impact mainly has two aspects.

    **?:** Nobody is named here.

A heading of the second level opens an exchange; a name in bold with a colon begins a turn; `?` names nobody. A
question with its speaker is `## **Mary Fable:** And what about the other parks?`; one of several paragraphs is the
first turn below a bare `##`. `docs/session-document.md` says the rest. One law holds:
`read(write(transcript)) == transcript`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from panels.formats.base import Format, FormatError, Source
from panels.formats.lossiness import everything
from panels.formats.native import json_archive
from panels.formats.native.session_attributes import (
    BLOCK,
    attributes,
    escaped,
    is_writable,
    quoted,
    read_attributes,
    scalar,
    starts_attributes,
    unescaped,
)
from panels.formats.parsing.front_matter import yaml_values
from panels.formats.wording import gettext_noop
from panels.transcript import Attribution, Exchange, Transcript, Turn

_UNKNOWN_LABELS = gettext_noop("Unknown value of labels: %(value)s")
_WRITE_LABELS = gettext_noop("Write labels: %(value)s, or nothing.")

VERSION = "1"
NOBODY = "?"
_NO_LABELS = "none"
"""In the head: the names in bold are the speakers, and how the source labels them is not kept."""
_TURN = re.compile(r"\*\*(?P<name>[^*\n]{1,200}?):\*\*(?: |$)(?P<text>.*)", re.DOTALL)
_LABEL = re.compile(r"[^*\n\s?:\\](?:[^*\n:]{0,198}[^*\n\s:\\])?")
_HEADING = re.compile(r"##(?: (?P<text>.*))?")
_WHOLE = re.compile(r"-?[0-9]{1,18}")


def write(transcript: Transcript) -> str:
    """The whole document."""
    return "".join(stream(transcript))


def stream(transcript: Transcript) -> Iterator[str]:
    """The document in pieces: the head, then each exchange."""
    labels = () if _is_labelled(transcript) else (f"labels: {_NO_LABELS}",)
    yield "\n".join(("---", f"panels: {VERSION}", *labels, *_head(transcript), "---\n"))
    if transcript.introduction and _introduces(transcript):
        yield f"\n{escaped(transcript.introduction)}\n"
    for number, exchange in enumerate(transcript.exchanges):
        blocks = _exchange(exchange, first=number == 0, labelled=not labels)
        yield "".join(f"\n{block}\n" for block in blocks)


def _is_labelled(transcript: Transcript) -> bool:
    """Whether names in bold are labels of the source as well; not in what is stored, where no turn has a label."""
    turns = transcript.turns
    return any(turn.label is not None for turn in turns) or all(turn.speaker is None for turn in turns)


def _introduces(transcript: Transcript) -> bool:
    return is_writable(transcript.introduction)


def _head(transcript: Transcript) -> Iterator[str]:
    for field in dataclasses.fields(transcript):
        value = getattr(transcript, field.name)
        if value == field.default or field.name == "exchanges":
            continue
        if field.name == "introduction" and _introduces(transcript):
            continue
        if field.name == "tags":
            yield f"tags: {quoted(list(value))}"
        elif isinstance(value, tuple):
            yield f"{field.name}:"
            for item in value:
                yield from _listed(item)
        else:
            yield f"{field.name}: {_plain(value)}"


def _listed(item: Any) -> Iterator[str]:
    lead = "  - "
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if value != field.default:
            shown = quoted(list(value)) if isinstance(value, tuple) else _plain(value)
            yield f"{lead}{field.name}: {shown}"
            lead = "    "


def _plain(value: Any) -> str:
    return str(value) if isinstance(value, int | dt.date) else scalar(str(value))


def _exchange(exchange: Exchange, *, first: bool, labelled: bool) -> Iterator[str]:
    question = exchange.question
    more = {"follow_up": True} if exchange.follow_up else {}
    if question is None:
        if not first or not exchange.answers or more:
            yield "## " + attributes(None, {"asked": False, **more})
    elif _is_heading(question, labelled=labelled):
        name = f"**{question.speaker}:**" if question.speaker else ""
        values = attributes(question.anchor, {**_common_attributes(question), **more})
        yield " ".join(filter(None, ("##", name, question.text, values)))
    else:
        yield f"## {attributes(None, more)}".rstrip()
        yield _turn(question, labelled=labelled)
    for answer in exchange.answers:
        yield _turn(answer, labelled=labelled)


def _is_heading(question: Turn, *, labelled: bool) -> bool:
    """Whether a question can stand in a heading: one line, nothing to say of its speaker but the name, no braces.

    Without words it needs an anchor or the like: a bare heading says that the question is the block below.
    """
    text, name = question.text, question.speaker
    if question.label != (name if labelled else None):
        return False
    if name is None:
        plain = question.attribution is Attribution.UNKNOWN and not _TURN.fullmatch(text)
    else:
        plain = question.attribution is Attribution.STATED and _is_name(name) and "{" not in name
    told = text or name or question.anchor is not None or _common_attributes(question)
    return plain and bool(told) and "\n" not in text and "{" not in text and is_writable(text)


def _is_name(name: str) -> bool:
    """Whether a name can stand in bold."""
    return bool(_LABEL.fullmatch(name)) and is_writable(name)


def _common_attributes(turn: Turn) -> dict[str, Any]:
    """The attributes that are written whether or not there is a speaker."""
    values: dict[str, Any] = {}
    if turn.evidence:
        values["evidence"] = turn.evidence
    if turn.time is not None:
        values["time"] = turn.time
    if turn.tags:
        values["tags"] = list(turn.tags)
    if turn.line is not None:
        values["line"] = turn.line
    if turn.candidates:
        values["candidates"] = [dataclasses.asdict(candidate) for candidate in turn.candidates]
    return values


def _turn(turn: Turn, *, labelled: bool) -> str:
    name = turn.speaker if turn.speaker is not None else turn.label
    shown = name if name is not None and _is_name(name) else NOBODY
    shown_speaker = None if shown == NOBODY else shown
    values: dict[str, Any] = {}
    if turn.label != (shown_speaker if labelled else None):
        values["label"] = turn.label
    if turn.speaker != shown_speaker:
        values["speaker"] = turn.speaker
    if turn.attribution is not (Attribution.STATED if turn.speaker is not None else Attribution.UNKNOWN):
        values["attribution"] = turn.attribution.value
    values |= _common_attributes(turn)
    text = turn.text
    if not is_writable(text):
        values["text"], text = text, ""
    parts = (f"**{shown}:**", attributes(turn.anchor, values), escaped(text) if text else "")
    return " ".join(part for part in parts if part)


def recognises(source: Source) -> float:
    """1 if the text is marked as a session document."""
    head = source.lines[:3] if source.raw[:80].lstrip(b"\xef\xbb\xbf").startswith(b"---") else ()
    return 1.0 if any(line.startswith("panels: ") for line in head) else 0.0


def read(source: Source) -> Transcript:
    """Read a document. Raises FormatError with the line of the error."""
    lines = source.lines
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), None)
    if end is None or lines[0].rstrip() != "---":
        raise FormatError(
            gettext_noop("The document has no front matter."),
            line=1,
            advice=gettext_noop("Start and end it with ---."),
        )
    values = yaml_values("\n".join(lines[1:end]), 2)
    if not isinstance(values, dict) or values.pop("panels", VERSION) != VERSION:
        raise FormatError(
            gettext_noop("The front matter does not belong to a session document."),
            line=2,
            advice=gettext_noop("Write panels: 1."),
        )
    labels = values.pop("labels", None)
    if labels not in {None, _NO_LABELS}:
        raise FormatError(_UNKNOWN_LABELS % {"value": labels}, line=2, advice=_WRITE_LABELS % {"value": _NO_LABELS})
    values = {
        name: _number(value) if name in {"version", "edition"} else _numbered(value) for name, value in values.items()
    }
    introduction, blocks = _blocks(lines, end + 1)
    if introduction:
        values["introduction"] = introduction
    exchanges = _exchanges(blocks, labelled=labels is None)
    try:
        return json_archive.of_values({**values, "exchanges": exchanges})
    except FormatError as fault:
        raise FormatError(fault.reason, line=1, advice=fault.advice) from fault


def _numbered(value: Any) -> Any:
    """The value with numbers for lines: the YAML was read with every number as text."""
    if not isinstance(value, list):
        return "" if value is None else value
    return [
        {k: _number(v) if k == "line" else v for k, v in item.items()} if isinstance(item, dict) else item
        for item in value
    ]


def _number(value: Any) -> Any:
    return int(value) if _WHOLE.fullmatch(str(value)) else value


def _blocks(lines: tuple[str, ...], start: int) -> tuple[str, list[tuple[int, str]]]:
    """The introduction, and each heading or turn with its line."""
    found: list[tuple[int, list[str]]] = [(start + 1, [])]
    for number in range(start, len(lines)):
        if BLOCK.match(lines[number]):
            found.append((number + 1, []))
        found[-1][1].append(lines[number])
    blocks = [(line, "\n".join(block).strip("\n ")) for line, block in found]
    return unescaped(blocks[0][1]), blocks[1:]


def _exchanges(blocks: list[tuple[int, str]], *, labelled: bool) -> list[dict[str, Any]]:
    exchanges: list[dict[str, Any]] = []
    waiting = False
    for line, block in blocks:
        turn = _TURN.fullmatch(block)
        if not turn:
            exchange, waiting = _opened(line, block, labelled=labelled)
            exchanges.append(exchange)
        elif waiting:
            exchanges[-1]["question"], waiting = _turn_values(line, turn, labelled=labelled), False
        else:
            if not exchanges:
                exchanges.append({"question": None, "answers": []})
            exchanges[-1]["answers"].append(_turn_values(line, turn, labelled=labelled))
    return exchanges


def _opened(line: int, block: str, *, labelled: bool = True) -> tuple[dict[str, Any], bool]:
    """The exchange that a heading opens, and whether the next turn is its question."""
    heading, _, below = block.partition("\n")
    if below.strip():
        advice = gettext_noop("Start it with a name, as in **Name:**, or with **?:**.")
        raise FormatError(
            gettext_noop("There is text below a heading without a speaker."), line=line + 1, advice=advice
        )
    found = _HEADING.fullmatch(heading)
    text = (found["text"] or "") if found else ""
    before, brace, after = text.partition("{")
    values, rest = read_attributes(brace + after, line=line) if starts_attributes(brace + after) else ({}, "")
    if rest.strip() or not values:
        values, before = {}, text
    more = {"follow_up": values.pop("follow_up")} if "follow_up" in values else {}
    asked = values.pop("asked", None)
    if asked is not None:  # true is what documents said where a bare heading does
        return {"question": None, "answers": [], **more}, asked is True
    heard = _TURN.fullmatch(before.strip())
    spoken = _turn_values(line, heard, labelled=labelled) if heard else {"text": before.strip()}
    is_bare = not before.strip() and not values
    return {"question": {**spoken, **values}, "answers": [], **more}, is_bare


def _turn_values(line: int, found: re.Match[str], *, labelled: bool) -> dict[str, Any]:
    name = None if found["name"] == NOBODY else found["name"]
    text = found["text"]
    values, rest = read_attributes(text, line=line) if starts_attributes(text) else ({}, text)
    turn = {"label": name if labelled else None, "speaker": name, "text": unescaped(rest.strip("\n ")), **values}
    known = Attribution.STATED if turn["speaker"] is not None else Attribution.UNKNOWN
    return {"attribution": known.value, **turn}


def answer_lines(source: Source) -> list[int]:
    """The line at which each answer begins, in reading order, of a valid document."""
    lines = source.lines
    end = next(i for i in range(1, len(lines)) if lines[i].rstrip() == "---")
    waiting, found = False, []
    for line, block in _blocks(lines, end + 1)[1]:
        if not _TURN.fullmatch(block):
            waiting = _opened(line, block)[1]
        elif waiting:
            waiting = False
        else:
            found.append(line)
    return found


FORMAT = Format(
    name="session",
    suffix=".md",
    media_type="text/markdown; charset=utf-8",
    recognises=recognises,
    read=read,
    write=write,
    stream=stream,
    preserved=everything,
    is_record=True,
)
