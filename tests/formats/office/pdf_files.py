"""Small PDF files for tests, written out by hand: text at places, in Helvetica or its bold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEFT, TOP, STEP, SIZE = 72.0, 760.0, 14.0, 11.0
FULL = "and so it went on for as long as there was somebody in the hall to hear of it,"  # a line that is full


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text on a page."""

    text: str
    y: float
    x: float = LEFT
    size: float = SIZE
    bold: bool = False


def column(lines: Iterable[str], *, top: float = TOP, x: float = LEFT, size: float = SIZE) -> list[Piece]:
    """Lines below each other: `**` at the start is a bold name up to the colon, an empty line is a wider space."""
    pieces: list[Piece] = []
    y = top
    for line in lines:
        bold, colon, rest = line.removeprefix("**").partition(":") if line.startswith("**") else ("", "", line)
        if bold:
            pieces.append(Piece(bold + colon, y, x, size, bold=True))
        if rest:
            pieces.append(Piece(rest.strip(), y, x + 8 * len(bold), size))
        y -= STEP if line else STEP / 2
    return pieces


def pdf(*pages: Sequence[Piece], extra: str = "") -> bytes:
    """A file with pages; `extra` is drawn on the first one."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * at} 0 R' for at in range(len(pages)))}] >>",
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            for name in ("Helvetica", "Helvetica-Bold")
        ),
    ]
    for at, pieces in enumerate(pages):
        content = "\n".join(map(_drawn, pieces)) + (extra if at == 0 else "")
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream",
        ]
    return _numbered(objects)


def _drawn(piece: Piece) -> str:
    text = piece.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F{2 if piece.bold else 1} {piece.size} Tf 1 0 0 1 {piece.x} {piece.y} Tm ({text}) Tj ET"


def _numbered(objects: Sequence[str]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()
