"""Read the parts of a zipped document (.docx, .odt) from an archive that is not trusted.

Only parts with text are opened, and all together only up to a limit, whatever sizes the archive claims.
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
from panels.formats.wording import gettext_noop

_PARTS = gettext_noop("The file has more than %(most)s parts in its archive.")
_TAGS = gettext_noop("The document has more than %(most)s tags in one part.")
_TYPED = gettext_noop("The part %(part)s declares a document type, which is not allowed.")
_INVALID_PART = gettext_noop("The part %(part)s is not valid XML: %(fault)s.")
_PACKED_PART = gettext_noop("The part %(part)s cannot be unpacked.")
_UNPACKED = gettext_noop("The document unpacks to more than %(most)s bytes.")

# What zipfile raises for archives that are cut, forged or encrypted.
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)
_SIGNATURE = b"PK\x03\x04"


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin like a zip archive."""
    return data.startswith(_SIGNATURE)


class ZippedDocument:
    """An opened document. Raises FormatError if it is not one, or too large."""

    own: str  # the sentence of `packed_as` for it
    main: str  # the part without which it is none
    missing: str  # the reason where it has no such part
    advice: str

    def __init__(self, data: bytes) -> None:
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = {info.filename for info in self.archive.infolist()}
        except _DAMAGED as fault:
            raise self.refusal(gettext_noop("This document cannot be read: its archive is damaged.")) from fault
        self.left = in_force().unpacked  # bytes that may still be unpacked
        check_count(len(self.names), in_force().members, _PARTS, advice=self.advice)
        if self.main not in self.names:
            other = packed_as(data)
            if other and other[0] != self.own:
                raise FormatError(other[0], advice=other[1])
            raise self.refusal(self.missing)

    def part(self, name: str) -> etree._Element | None:
        """The root of a part, or None if the document has no such part."""
        if name not in self.names:
            return None
        check_time()
        data = self._unpacked(name)
        if b"<!DOCTYPE" in data.replace(b"\0", b""):  # in UTF-16, too
            raise self.refusal(_TYPED % {"part": name})
        check_count(data.count(b"<"), in_force().elements, _TAGS, advice=self.advice)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            raise self.refusal(_INVALID_PART % {"part": name, "fault": fault.msg}) from fault
        if root.getroottree().docinfo.internalDTD is not None:  # hidden in some other encoding
            raise self.refusal(_TYPED % {"part": name})
        check_depth(root)
        return root

    def _unpacked(self, name: str) -> bytes:
        try:
            with self.archive.open(name) as stream:
                data = stream.read(self.left + 1)
        except _DAMAGED as fault:
            raise self.refusal(_PACKED_PART % {"part": name}) from fault
        if len(data) > self.left:
            raise LimitError(_UNPACKED % {"most": f"{in_force().unpacked:,}"}, advice=self.advice)
        self.left -= len(data)
        return data

    def refusal(self, reason: str) -> FormatError:
        """The FormatError for a reason."""
        return FormatError(reason, advice=self.advice)


class DocxFile(ZippedDocument):
    """An opened Word document."""

    own = ""
    main = "word/document.xml"
    missing = gettext_noop("The archive does not contain a Word document.")
    advice = gettext_noop("Save the document again as .docx, or paste its text.")
