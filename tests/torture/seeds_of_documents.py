"""Seeds in the formats of word processors."""

from __future__ import annotations

import io
import zipfile

from pypdf import PdfReader, PdfWriter

from tests.formats.office.pdf_files import Piece, column, pdf

RTF = (
    r"{\rtf1\ansi\ansicpg1251\uc1\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset128 Mincho;}{\f2\fcharset2 Symbol;}}"
    r"{\stylesheet{\s1 heading 1;}{\s2 Title;}}{\header\pard Draft\par}"
    r"\pard\s2 Tides\par\pard\s1 What now?\par\pard{\b Kim:} High {\strike low}{\v x}tides{\super 2}.{\footnote See.}"
    r"\par"
    "\n"
    r"{\listtext\f2 \'b7\tab}\ilvl0 {\field{\*\fldinst HYPERLINK "
    r'"https://example.org"}{\fldrslt one}}\par'
    r"\pard{\b Jane Doe:} \f1\'93\'fa\f0 \u-10179?\u-8704? {\deleted gone\par}here."
    r"{\shp{\*\shpinst{\shptxt Box\par}}}\par"
    r"\trowd\pard\intbl Kim\cell So it is, then, at last.\cell\row\pard\intbl Jane\cell It is indeed so.\cell\row"
    r"{\pict\bin3 }}}}\pard\par}"
)
_LINES = (
    "**Kim: High tides, as ever, and low ones as well, which nobody will have fore-",
    "seen.",
    "**Jane: So it is.",
)
_PDF = pdf(
    [Piece("Tides", 800, size=20), *column(_LINES), Piece("1 See there.", 60, size=7), Piece("1", 30)],
    [Piece("Tides, 2", 820, size=8), *column(("KIM: Low.", "JANE: So.", "KIM: Yes.")), Piece("2", 30)],
)
_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:automatic-styles>'
    '<style:style style:name="B" style:family="text" style:parent-style-name="B"><style:text-properties '
    'fo:font-weight="bold" '
    'style:text-position="super 58%"/></style:style></office:automatic-styles><office:body><office:text>'
    '<text:h text:outline-level="1">Tides</text:h><text:p><text:span text:style-name="B">Kim:</text:span> High'
    '<text:s text:c="3"/>.<text:note text:note-class="footnote"><text:note-body><text:p>See.</text:p></text:note-body>'
    "</text:note><draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box></draw:frame></text:p>"
    '<text:list><text:list-item text:start-value="7"><text:p>one</text:p></text:list-item></text:list>'
    "<table:table><table:table-row><table:table-cell><text:p>Jane</text:p></table:table-cell><table:table-cell>"
    "<text:p>Low tides, all of them.</text:p></table:table-cell></table:table-row></table:table>"
    "</office:text></office:body></office:document-content>"
)


def documents() -> dict[str, bytes]:
    """Every seed by its name."""
    return {"tides.rtf": RTF.encode("ascii"), "tides.odt": _odt(), "tides.pdf": _PDF, "packed.pdf": _packed_pdf()}


def _packed_pdf() -> bytes:
    """The same as programs write it: its streams compressed, its objects in streams as well."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.append(PdfReader(io.BytesIO(_PDF)))
    for page in writer.pages:
        page.compress_content_streams()
    writer.write(out)
    return out.getvalue()


def _odt() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", _ODT)
    return packed.getvalue()
