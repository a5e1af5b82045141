"""Recognise binary files by their first bytes, and advise what to do with them.

Readers of text call this. RTF, PDF and OpenDocument files have their own readers, which are tried first.
"""

from __future__ import annotations

import re

from panels.formats.errors import FormatError
from panels.formats.wording import gettext_noop

OPENDOCUMENT_TEXT = gettext_noop("This is an OpenDocument text (.odt).")
_WORD = gettext_noop("Save it as a Word document (.docx), or paste its text.")
_SPEECH = gettext_noop("Have it transcribed, then import the transcript.")
_DETECTED = gettext_noop("Let its format be detected, or save it as a Word document (.docx).")
_UNPACK = gettext_noop("Unpack it first.")
_SOUND = gettext_noop("This is a sound recording.")
_PICTURE = gettext_noop("This is a picture.")
_COMPRESSED = gettext_noop("This is a compressed file.")
_PASTE = gettext_noop("Paste the text instead.")
_CSV = gettext_noop("Save it as CSV.")
_OLD_OFFICE = gettext_noop("This is a file of an old Office program (.doc, .xls or .ppt).")
_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", gettext_noop("This is a PDF file."), _DETECTED),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE, _WORD),
    (0, b"ID3", _SOUND, _SPEECH),
    (0, b"OggS", _SOUND, _SPEECH),
    (0, b"fLaC", _SOUND, _SPEECH),
    (8, b"WAVE", _SOUND, _SPEECH),
    (4, b"ftyp", gettext_noop("This is a video or sound recording."), _SPEECH),
    (0, b"\x1a\x45\xdf\xa3", gettext_noop("This is a video recording."), _SPEECH),
    (8, b"AVI ", gettext_noop("This is a video recording."), _SPEECH),
    (0, b"\x89PNG", _PICTURE, _PASTE),
    (0, b"\xff\xd8\xff", _PICTURE, _PASTE),
    (0, b"GIF8", _PICTURE, _PASTE),
    (8, b"WEBP", _PICTURE, _PASTE),
    (0, b"\x1f\x8b", _COMPRESSED, _UNPACK),
    (0, b"BZh", _COMPRESSED, _UNPACK),
    (0, b"7z\xbc\xaf", _COMPRESSED, _UNPACK),
    (0, b"\xfd7zXZ", _COMPRESSED, _UNPACK),
    (0, b"Rar!", _COMPRESSED, _UNPACK),
    (
        0,
        b"SQLite format 3",
        gettext_noop("This is a database."),
        gettext_noop("Export the transcript from the program that made it."),
    ),
)
_LONGEST = 20  # bytes of a signature
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}\{\\rtf")
_ZIP = b"PK\x03\x04"
# Members of an archive, in the order in which they are looked for.
_PACKED: tuple[tuple[bytes, str, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", OPENDOCUMENT_TEXT, _DETECTED),
    (
        b"application/vnd.oasis.opendocument.spreadsheet",
        gettext_noop("This is an OpenDocument table (.ods)."),
        _CSV,
    ),
    (
        b"application/epub+zip",
        gettext_noop("This is an e-book (.epub)."),
        gettext_noop("Save it as HTML, or paste its text."),
    ),
    (b"xl/workbook", gettext_noop("This is an Excel file."), _CSV),
    (b"ppt/presentation", gettext_noop("This is a PowerPoint file."), gettext_noop("Copy its text and paste it.")),
    (
        b"Index/Document.iwa",
        gettext_noop("This is a Pages document."),
        gettext_noop("Export it as a Word document (.docx)."),
    ),
)
_TEXTUAL = (b"ID3", b"BZh", b"Rar!")  # letters that a text may begin with
_NAMES_END = 4_000  # bytes at each end of an archive, in which the names of its members are


def refuse_binary(raw: bytes) -> None:
    """Raise FormatError for a known binary file."""
    if is_rtf(raw):
        raise FormatError(gettext_noop("This is an RTF file."), advice=_DETECTED)
    for at, signature, reason, advice in _SIGNATURES:
        if raw[at : at + _LONGEST].startswith(signature) and (at or signature not in _TEXTUAL or b"\0" in raw[:1000]):
            raise FormatError(reason, advice=advice)
    if raw.startswith(_ZIP):
        reason, advice = packed_as(raw) or (gettext_noop("This is a zip archive."), _UNPACK)
        raise FormatError(reason, advice=advice)


def is_rtf(raw: bytes) -> bool:
    """Whether the bytes begin like an RTF file."""
    return bool(_RTF.match(raw))


def is_pdf(raw: bytes) -> bool:
    """Whether the bytes begin like a PDF file."""
    return raw.startswith(b"%PDF-")


def packed_as(raw: bytes) -> tuple[str, str] | None:
    """The reason to refuse the zip archive of another program, with advice; None for any other file."""
    if not raw.startswith(_ZIP):
        return None
    names = raw[:_NAMES_END] + raw[-4 * _NAMES_END :]
    return next(((reason, advice) for name, reason, advice in _PACKED if name in names), None)
