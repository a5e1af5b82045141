"""The parts of a .docx that are read, out of an archive nobody should trust.

Only the parts with words are opened, each up to a limit that holds whatever the archive says of its size.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from panels.formats.base import FormatError

_MOST_MEMBERS = 5_000
_LARGEST_PART = 64 * 1024 * 1024  # bytes, unpacked
# What zipfile raises for archives that are cut, forged or encrypted.
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)
_SIGNATURE = b"PK\x03\x04"


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin like a zip archive."""
    return data.startswith(_SIGNATURE)


class DocxFile:
    """An opened document. Raises FormatError for what is no document or would not fit."""

    def __init__(self, data: bytes) -> None:
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = {info.filename for info in self.archive.infolist()}
        except _DAMAGED as fault:
            raise _refusal("The file is no Word document: its archive is damaged.") from fault
        if len(self.names) > _MOST_MEMBERS:
            raise _refusal(f"The document has {len(self.names)} parts, more than any real one.")
        if "word/document.xml" not in self.names:
            raise _refusal("The archive holds no Word document.")

    def part(self, name: str) -> etree._Element | None:
        """The root of a part, or None if the document has no such part."""
        if name not in self.names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            with self.archive.open(name) as stream:
                data = stream.read(_LARGEST_PART + 1)
        except _DAMAGED as fault:
            raise _refusal(f"The part {name} cannot be unpacked.") from fault
        if len(data) > _LARGEST_PART:
            raise _refusal(f"The part {name} unpacks to more than {_LARGEST_PART // 1024**2} megabytes.")
        if b"<!DOCTYPE" in data[:4096]:
            raise _refusal(f"The part {name} declares a document type, which no Word document does.")
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            raise _refusal(f"The part {name} is no XML: {fault.msg}.") from fault
        return root


def _refusal(reason: str) -> FormatError:
    return FormatError(reason, line=1, advice="Save the document again as .docx, or paste its text.")
