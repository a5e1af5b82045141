"""The pages that `html_write` makes, read back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree

from panels.formats.cues import TIME, seconds
from panels.formats.flow import markdown_of
from panels.formats.outline import Outline
from panels.formats.particulars import named, take
from panels.formats.xmltree import line_of, words
from panels.transcript import Transcript, Turn


def is_own(root: etree._Element) -> bool:
    """Whether Panels wrote the page."""
    return any(meta.get("name") == "generator" and meta.get("content") == "Panels" for meta in root.iter("meta"))


def read_own(root: etree._Element) -> Transcript:
    """The transcript that was written."""
    outline, introduction, about = Outline(), "", []
    for element in root.iter("div", "li", "section"):
        classes = (element.get("class") or "").split()
        if "introduction" in classes:
            introduction = markdown_of(element)
        elif "turn" in classes or "question" in classes:
            (outline.question if "question" in classes else outline.answer)(_turn(element))
            if "question" in classes and "follow-up" in _parent_class(element):
                outline.follow_up()
        elif "unasked" in classes:
            outline.question(None)
        elif element.tag == "li" and "about" in (_parent_class(element)):
            about.append(words(element))
    transcript, _ = take(Transcript(title=words(root.find("head/title"))), about)
    return replace(transcript, introduction=introduction, exchanges=outline.exchanges())


def _parent_class(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else parent.get("class") or ""


def _turn(element: etree._Element) -> Turn:
    head = next((child for child in element if child.get("class") == "speaker"), None)
    fields: dict[str, Any] = named("" if head is None else words(head.find("cite")))
    found = None if head is None else TIME.fullmatch(words(head.find("time")))
    if found:
        fields["time"] = seconds(found[0])
    identifier = element.get("id")
    text = markdown_of(element, skip=lambda child: child is head)
    return Turn(text=text, anchor=identifier, line=line_of(element), **fields)
