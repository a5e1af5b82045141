"""Recognise binary files by their first bytes, and advise what to do with them.

Readers of text call this. RTF, PDF and OpenDocument files have their own readers, which are tried first.
"""

from __future__ import annotations

import re

from panels.formats.errors import FormatError

_WORD = "Save it as a Word document (.docx), or paste its text."
_SPEECH = "Have it transcribed first; Panels reads the transcript."
_DETECTED = "Let its format be detected, or save it as a Word document (.docx)."
_UNPACK = "Unpack it first."
_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "a PDF file", _DETECTED),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a file of an old Office program (.doc, .xls or .ppt)", _WORD),
    (0, b"ID3", "a sound recording", _SPEECH),
    (0, b"OggS", "a sound recording", _SPEECH),
    (0, b"fLaC", "a sound recording", _SPEECH),
    (8, b"WAVE", "a sound recording", _SPEECH),
    (4, b"ftyp", "a video or sound recording", _SPEECH),
    (0, b"\x1a\x45\xdf\xa3", "a video recording", _SPEECH),
    (8, b"AVI ", "a video recording", _SPEECH),
    (0, b"\x89PNG", "a picture", "Give the text itself."),
    (0, b"\xff\xd8\xff", "a picture", "Give the text itself."),
    (0, b"GIF8", "a picture", "Give the text itself."),
    (8, b"WEBP", "a picture", "Give the text itself."),
    (0, b"\x1f\x8b", "a compressed file", _UNPACK),
    (0, b"BZh", "a compressed file", _UNPACK),
    (0, b"7z\xbc\xaf", "a compressed file", _UNPACK),
    (0, b"\xfd7zXZ", "a compressed file", _UNPACK),
    (0, b"Rar!", "a compressed file", _UNPACK),
    (0, b"SQLite format 3", "a database", "Export the transcript from the program that made it."),
)
_LONGEST = 20  # bytes of a signature
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}\{\\rtf")
_ZIP = b"PK\x03\x04"
# Members of an archive, in the order in which they are looked for.
_PACKED: tuple[tuple[bytes, str, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)", _DETECTED),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument table (.ods)", "Save it as CSV."),
    (b"application/epub+zip", "an e-book (.epub)", "Save it as HTML, or paste its text."),
    (b"xl/workbook", "an Excel file", "Save it as CSV."),
    (b"ppt/presentation", "a PowerPoint file", "Copy its text and paste it."),
    (b"Index/Document.iwa", "a Pages document", "Export it as a Word document (.docx)."),
)
_TEXTUAL = (b"ID3", b"BZh", b"Rar!")  # letters that a text may begin with
_NAMES_END = 4_000  # bytes at each end of an archive, in which the names of its members are


def refuse_binary(raw: bytes) -> None:
    """Raise FormatError for a known binary file."""
    if is_rtf(raw):
        raise _refusal("an RTF file", _DETECTED)
    for at, signature, what, advice in _SIGNATURES:
        if raw[at : at + _LONGEST].startswith(signature) and (at or signature not in _TEXTUAL or b"\0" in raw[:1000]):
            raise _refusal(what, advice)
    if raw.startswith(_ZIP):
        raise _refusal(*(packed_as(raw) or ("a zip archive", _UNPACK)))


def is_rtf(raw: bytes) -> bool:
    """Whether the bytes begin like an RTF file."""
    return bool(_RTF.match(raw))


def is_pdf(raw: bytes) -> bool:
    """Whether the bytes begin like a PDF file."""
    return raw.startswith(b"%PDF-")


def packed_as(raw: bytes) -> tuple[str, str] | None:
    """The kind of another program's zip archive, with advice; None for any other file."""
    if not raw.startswith(_ZIP):
        return None
    names = raw[:_NAMES_END] + raw[-4 * _NAMES_END :]
    return next(((what, advice) for name, what, advice in _PACKED if name in names), None)


def _refusal(what: str, advice: str) -> FormatError:
    return FormatError(f"This is {what}.", line=1, advice=advice)
