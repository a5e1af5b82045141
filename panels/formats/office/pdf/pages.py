"""The printed lines of a PDF file as pypdf finds them: position, font size, bold text.

pypdf limits how much it unpacks and how deep it goes; reading the file and each operation of a page check the time.
Nothing is fetched: links and embedded files are not followed.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeVar

from pypdf import PdfReader
from pypdf import apply_configuration as limited
from pypdf.errors import FileNotDecryptedError, LimitReachedError
from pypdf.generic import PdfObject

from panels.formats.errors import FormatError, LimitError
from panels.formats.limits import CHARACTERS, check_count, check_time, in_force, timed
from panels.formats.parsing.raised import lowered, raised
from panels.formats.parsing.richtext import Span, tidy
from panels.formats.wording import gettext_noop

_PAGES = gettext_noop("The file has more than %(most)s pages.")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every slip of a file

T = TypeVar("T")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
# Ligatures, radicals and shapes of Arabic letters: what fonts hold and nobody types.
_PRESENTED = re.compile("[\u2e80-\u2fd5\ufb00-\ufdff\ufe70-\ufefc]")
_MOST_PAGES = 5_000
_MOST_PARTS = 1_000_000  # operators, numbers and strings of one page
_STREAM = 16_000_000  # bytes that one stream unpacks to: fonts are the largest
_SMALL = 0.87  # of the size of a line, from which its digits may be raised or lowered
_MOVED = 0.08  # of the size of a line, by which they then are
_BESIDE = 0.5  # of the size of a line, within which another piece stands on it
_SCANNED = gettext_noop("Run text recognition (OCR) on it first, and import the result as text or .docx.")
_PROTECTED = gettext_noop("Save a copy without a password, or copy its text and paste it.")
_DAMAGED = gettext_noop("Save the file again, or copy its text and paste it.")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line on a page. `x` and `y` are its start in points, from the lower left corner of the page."""

    page: int
    spans: tuple[Span, ...]
    x: float
    y: float
    size: float

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def is_bold(self) -> bool:
        return all(span.bold for span in self.spans if span.text.strip())


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page with its lines, in the order in which the file has them."""

    number: int
    lines: tuple[PrintedLine, ...]


class _Watched(io.BytesIO):
    """The bytes of a file, which can be read until the time is over."""

    def read(self, size: int | None = -1, /) -> bytes:
        check_time()
        return super().read(size)


def printed_pages(raw: bytes) -> list[PrintedPage]:
    """The pages of a file. Raises FormatError if it is damaged, protected, too large, or has only pictures."""
    unpacked = min(_STREAM, in_force().unpacked)
    with limited(
        zlib_maximum_output_length=unpacked,
        lzw_maximum_output_length=unpacked,
        run_length_maximum_output_length=unpacked,
        brotli_maximum_output_length=unpacked,
        array_based_stream_maximum_output_length=unpacked,
        maximum_declared_stream_length=max(len(raw), 1),
        zlib_maximum_recovery_input_length=100_000,
        stream_decoding_work_maximum_length=2 * unpacked,
        stream_parsing_work_maximum_count=_MOST_PARTS,
        page_tree_maximum_depth=in_force().depth,
        jbig2dec_binary=None,
    ):
        pages = _with_errors_for_people(lambda: list(_pages(raw)))
    if not any(page.lines for page in pages):
        raise FormatError(gettext_noop("This PDF file has no text: its pages are pictures."), advice=_SCANNED)
    return pages


def _with_errors_for_people(read: Callable[[], T]) -> T:
    """Convert errors of pypdf to FormatError. Broken files make it raise almost any exception."""
    try:
        return read()
    except FormatError:
        raise
    except LimitReachedError as fault:
        raise LimitError(
            gettext_noop("This PDF file is too large to be read."), advice=gettext_noop("Split it, or paste its text.")
        ) from fault
    except FileNotDecryptedError as fault:
        raise _protected() from fault
    except Exception as fault:
        raise FormatError(gettext_noop("This PDF file is damaged and cannot be read."), advice=_DAMAGED) from fault


def _protected() -> FormatError:
    return FormatError(gettext_noop("This PDF file is protected by a password."), advice=_PROTECTED)


def _pages(raw: bytes) -> Iterator[PrintedPage]:
    reader = PdfReader(_Watched(raw), strict=False)
    if reader.is_encrypted and not _opens(reader):
        raise _protected()
    check_count(len(reader.pages), _MOST_PAGES, _PAGES)
    characters = 0
    for number, page in enumerate(timed(reader.pages), start=1):
        lines = _Lines(number)
        page.extract_text(visitor_operand_before=lines.check, visitor_text=lines.take)
        lines.end()
        characters += sum(len(line.text) for line in lines.found)
        check_count(characters, in_force().characters, CHARACTERS)
        yield PrintedPage(number, tuple(lines.found))


def _opens(reader: PdfReader) -> bool:
    """Whether a protected file opens without a password, as files that only forbid printing do."""
    try:
        return bool(reader.decrypt(""))
    except FormatError:
        raise
    except Exception:  # an encryption that needs another library
        return False


@dataclass
class _Lines:
    """Joins the pieces of a page to lines."""

    page: int
    found: list[PrintedLine] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0

    def check(self, *_operation: object) -> None:
        """Called before each operation of a page."""
        check_time()

    def take(self, text: str, shift: list[float], place: list[float], font: PdfObject | None, size: float) -> None:
        """Add a piece of text, which may end its line, with its position and font."""
        check_time()
        x = place[4] * shift[0] + place[5] * shift[2] + shift[4]
        y = place[4] * shift[1] + place[5] * shift[3] + shift[5]
        scale = abs(place[3] * shift[3]) or abs(place[1] * shift[2]) or 1.0
        for number, piece in enumerate(text.replace("\r", "").split("\n")):
            if number:
                self.end()
            if piece:
                self._add(piece, (x, y, abs(size) * scale), _name_of(font))

    def _add(self, text: str, place: tuple[float, float, float], font: str) -> None:
        text = _PRESENTED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
        x, y, size = place
        if not any(span.text.strip() for span in self.spans):
            self.spans, self.x, self.y, self.size = [], x, y, size
        else:
            text = _moved(text, y - self.y, size, self.size)
        self.size = max(self.size, size) if text.strip() else self.size
        self.spans.append(Span(text, bool(_BOLD.search(font)), bool(_ITALIC.search(font))))

    def end(self) -> None:
        """End the current line."""
        spans, self.spans = tidy(self.spans), []
        if not spans:
            return
        line = PrintedLine(self.page, spans, self.x, self.y, self.size)
        last = self.found[-1] if self.found else None
        if last and abs(last.y - line.y) < _BESIDE * max(last.size, line.size) and last.x < line.x:
            self.found[-1] = _side_by_side(last, line)
        else:
            self.found.append(line)


def _side_by_side(left: PrintedLine, right: PrintedLine) -> PrintedLine:
    """Join two pieces of one line, one of which may be a footnote mark."""
    moved = _moved(right.text, right.y - left.y, right.size, left.size)
    added = (Span(moved),) if moved != right.text else (Span(" "), *right.spans)
    return PrintedLine(left.page, tidy((*left.spans, *added)), left.x, left.y, max(left.size, right.size))


def _moved(text: str, height: float, size: float, of_line: float) -> str:
    """Small digits above or below the line as superscripts or subscripts: 10⁹, H₂O, a footnote mark."""
    if size >= _SMALL * of_line or abs(height) < _MOVED * of_line or not text.strip().isdigit():
        return text
    return raised(text) if height > 0 else lowered(text)


def usual_gap(lines: Sequence[PrintedLine]) -> float:
    """The distance between lines within a paragraph; infinite if there is only one line."""
    gaps = [round((a.y - b.y) * 2) / 2 for a, b in pairwise(lines) if a.page == b.page and a.y > b.y]
    counts = Counter(gap for gap in gaps if gap > 0)
    if not counts:
        return float("inf")
    most = counts.most_common(1)[0][1]
    return min(gap for gap, count in counts.items() if 2 * count >= most)  # where each paragraph is one line, gaps vary


def _name_of(font: Any) -> str:
    try:
        return str(font.get("/BaseFont", "")) if font is not None else ""
    except Exception:
        return ""
