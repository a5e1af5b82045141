"""Read pages written by `html_write`."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from panels.formats.markup.html_write import DATA
from panels.formats.native.passage_fields import restored
from panels.formats.parsing.flow import markdown_of
from panels.formats.parsing.xmltree import line_of, words
from panels.formats.structure.metadata_lines import named, take, time_of
from panels.formats.structure.outline import Outline
from panels.transcript import Transcript, Turn


def is_own(root: etree._Element) -> bool:
    """Whether Panels wrote the page."""
    return any(meta.get("name") == "generator" and meta.get("content") == "Panels" for meta in root.iter("meta"))


def read_own(root: etree._Element) -> Transcript:
    """The transcript that was written. Raises FormatError if the contents of `data-panels` are damaged."""
    outline, introduction = Outline(), ""
    about = []
    for element in root.iter("div", "li"):
        classes = _classes(element)
        if "introduction" in classes:
            introduction = markdown_of(element)
        elif "turn" in classes or "question" in classes:
            (outline.question if "question" in classes else outline.answer)(_turn(element))
            if "question" in classes and "follow-up" in _classes(element.getparent()):
                outline.follow_up()
        elif "unasked" in classes:
            outline.question(None)
            if "follow-up" in classes:
                outline.follow_up()
        elif element.tag == "li" and "about" in _classes(element.getparent()):
            about.append(words(element))
    transcript, _ = take(Transcript(title=words(root.find("head/title"))), about)
    transcript = replace(transcript, introduction=introduction, exchanges=outline.exchanges())
    body = root.find("body")
    return transcript if body is None else restored(transcript, body.get(DATA), line=line_of(body))


def _classes(element: etree._Element | None) -> list[str]:
    return [] if element is None else (element.get("class") or "").split()


def _turn(element: etree._Element) -> Turn:
    head = next((child for child in element if child.get("class") == "speaker"), None)
    shown = Turn(
        text=markdown_of(element, skip=lambda child: child is head),
        time=None if head is None else time_of(words(head.find("time"))),
        anchor=element.get("id"),
        line=line_of(element),
        **named("" if head is None else words(head.find("cite"))),
    )
    return restored(shown, element.get(DATA), line=line_of(element))
