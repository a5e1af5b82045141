"""The parts of a document that is a zip archive (.docx, .odt), out of an archive nobody should trust.

Only the parts with words are opened, all together up to a limit that holds whatever the archive says of its size.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from panels.formats.errors import FormatError, LimitError
from panels.formats.limits import check_count, check_time, in_force
from panels.formats.parsing.xmltree import check_depth
from panels.formats.signatures import packed_as

# What zipfile raises for archives that are cut, forged or encrypted.
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)
_SIGNATURE = b"PK\x03\x04"


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin like a zip archive."""
    return data.startswith(_SIGNATURE)


class ZippedDocument:
    """An opened document. Raises FormatError for what is no document or would not fit."""

    article: str = "a"
    kind: str  # as people call it
    main: str  # the part without which it is none
    advice: str

    def __init__(self, data: bytes) -> None:
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = {info.filename for info in self.archive.infolist()}
        except _DAMAGED as fault:
            raise self.refusal(f"This is not a readable {self.kind}: its archive is damaged.") from fault
        self.left = in_force().unpacked  # bytes that may still be unpacked
        check_count(len(self.names), in_force().members, "parts in its archive", advice=self.advice)
        if self.main not in self.names:
            other = packed_as(data)
            if other and self.kind not in other[0]:
                raise FormatError(f"This is {other[0]}, not {self.article} {self.kind}.", line=1, advice=other[1])
            raise self.refusal(f"The archive does not contain {self.article} {self.kind}.")

    def part(self, name: str) -> etree._Element | None:
        """The root of a part, or None if the document has no such part."""
        if name not in self.names:
            return None
        check_time()
        data = self._unpacked(name)
        typed = f"The part {name} declares a document type, which no {self.kind} does."
        if b"<!DOCTYPE" in data.replace(b"\0", b""):  # in UTF-16, too
            raise self.refusal(typed)
        check_count(data.count(b"<"), in_force().elements, f"tags in its part {name}", advice=self.advice)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            raise self.refusal(f"The part {name} is not valid XML: {fault.msg}.") from fault
        if root.getroottree().docinfo.internalDTD is not None:  # hidden in some other encoding
            raise self.refusal(typed)
        check_depth(root)
        return root

    def _unpacked(self, name: str) -> bytes:
        try:
            with self.archive.open(name) as stream:
                data = stream.read(self.left + 1)
        except _DAMAGED as fault:
            raise self.refusal(f"The part {name} cannot be unpacked.") from fault
        if len(data) > self.left:
            raise LimitError(f"The document unpacks to more than {in_force().unpacked:,} bytes.", advice=self.advice)
        self.left -= len(data)
        return data

    def refusal(self, reason: str) -> FormatError:
        """The error to raise for a reason."""
        return FormatError(reason, line=1, advice=self.advice)


class DocxFile(ZippedDocument):
    """An opened Word document."""

    kind = "Word document"
    main = "word/document.xml"
    advice = "Save the document again as .docx, or paste its text."
