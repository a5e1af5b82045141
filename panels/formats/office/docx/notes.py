"""Data that a Word document of Panels carries besides its paragraphs, in an XML part that Word keeps unchanged.

The first paragraph of each turn has a bookmark. Under its name, the part holds the fields that the paragraphs do not
show (see `passage_fields`). Bookmarks move with their text when somebody edits the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from panels.formats.office.zipped import DocxFile

_OWN = "urn:panels:transcript:1"
_PLACE = re.compile(r"customXml/[^/]+\.xml")
SESSION = ""  # the bookmark that stands for the whole document


@dataclass
class Notes:
    """The bookmarks and their notes, while a document is written."""

    entries: list[dict[str, str]] = field(default_factory=list)
    count: int = 0

    def bookmark(self, paragraph: Paragraph, hidden: str, *, follow_up: bool) -> None:
        """Put a bookmark around a paragraph, and note the fields that it does not show."""
        self.count += 1
        name = f"turn_{self.count}"
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), str(self.count))
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), str(self.count))
        words: Any = paragraph._p  # python-docx has no bookmarks
        words.insert(0 if words.pPr is None else 1, start)
        words.append(end)
        self.add(name, hidden, follow_up=follow_up)

    def add(self, bookmark: str, hidden: str, *, follow_up: bool = False) -> None:
        """Add the fields that a bookmark's paragraphs do not show, if there are any."""
        if hidden or follow_up:
            self.entries.append({"bookmark": bookmark, "beside": hidden} | ({"follow_up": "true"} if follow_up else {}))

    def store(self, document: Docx) -> None:
        """Put all notes into the document."""
        root = etree.Element(f"{{{_OWN}}}transcript", nsmap={None: _OWN})
        for attributes in self.entries:
            etree.SubElement(root, f"{{{_OWN}}}passage", attributes)
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/customXml/panels.xml"), "application/xml", blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


@dataclass(frozen=True, slots=True)
class HiddenNote:
    """The fields that the paragraphs of one bookmark do not show."""

    hidden: str = ""
    follow_up: bool = False


def hidden_notes(document: DocxFile) -> dict[str, HiddenNote]:
    """The notes by bookmark; none in a document that Panels did not write."""
    found: dict[str, HiddenNote] = {}
    for name in sorted(filter(_PLACE.fullmatch, document.names)):
        root = document.part(name)
        if root is not None and root.tag == f"{{{_OWN}}}transcript":
            for passage in root.iter(f"{{{_OWN}}}passage"):
                note = HiddenNote(passage.get("beside") or "", passage.get("follow_up") == "true")
                found[passage.get("bookmark") or SESSION] = note
    return found
