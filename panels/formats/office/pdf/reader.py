"""Read PDF files with text: printed lines are joined to paragraphs, which are read like those of Word documents.

A line number is the number of the page. Running heads, page numbers and footnotes are reported as unread. Scanned and
protected files are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from panels.formats.base import Format, Source
from panels.formats.dialogue import deposition
from panels.formats.lossiness import with_turns
from panels.formats.office.pdf.edges import Edges, without_edges
from panels.formats.office.pdf.pages import PrintedPage, printed_pages
from panels.formats.office.pdf.paragraphs import Paragraphs
from panels.formats.office.shown_document import read_paragraphs
from panels.formats.parsing.richtext import BlockKind
from panels.formats.signatures import is_pdf
from panels.formats.structure.paragraphs import Para
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_NUMBERED = re.compile(r"\d{1,2}\s+(?=\S)")  # with two spaces, as text has it
_GUESSED = gettext_noop("PDF files do not mark paragraphs: this line may begin one")


def read(source: Source) -> Transcript:
    """Read a file. Raises FormatError for one that is damaged, protected, scanned or too large."""
    pages = printed_pages(source.raw)
    edges = without_edges(pages)
    deposed = _deposition(edges, name=source.name)
    if deposed is not None:
        return deposed
    paragraphs = Paragraphs(edges.lines, edges.size)
    title, paras = _title(list(paragraphs.paras()))
    unread = [*edges.unread, *paragraphs.unread, *_unreadable(pages)]
    if paragraphs.joined is not None:
        line = paragraphs.joined
        unread.append(Unread(line=line.page, text=line.text, reason=_GUESSED))
    return read_paragraphs(paras, title=title, unread=sorted(unread, key=lambda item: item.line), name=source.name)


def paragraphs(source: Source) -> list[tuple[int, str]]:
    """The printed lines of a file with the numbers of their pages. Raises FormatError as `read` does."""
    return [(line.page, line.text) for line in without_edges(printed_pages(source.raw)).lines]


def _deposition(edges: Edges, *, name: str) -> Transcript | None:
    """The transcript, if the lines are a deposition: numbered on each page, with `Q.` and `A.`."""
    if not any(_NUMBERED.match(line.text) for line in edges.lines):
        return None
    source = Source.of("\n".join(_NUMBERED.sub(r"\g<0> ", line.text) for line in edges.lines), name)
    if not deposition.recognises(source):
        return None

    def page(line: int | None) -> int:
        return edges.lines[min(max(line or 1, 1), len(edges.lines)) - 1].page

    found = with_turns(deposition.read(source), lambda turn: replace(turn, line=page(turn.line)))
    unread = [*edges.unread, *(replace(item, line=page(item.line)) for item in found.unread)]
    return replace(found, unread=tuple(sorted(unread, key=lambda item: item.line)))


def _title(paras: list[Para]) -> tuple[str, list[Para]]:
    """The title, if only the first paragraph has the largest font size, and the other paragraphs."""
    largest = [para for para in paras if para.block.kind is BlockKind.HEADING and para.block.level == 1]
    if len(largest) == 1 and paras[0] is largest[0]:
        return paras[0].block.text, paras[1:]
    return "", paras


def _unreadable(pages: Sequence[PrintedPage]) -> Iterator[Unread]:
    """The pages without text, if others have text."""
    for page in pages:
        if not page.lines:
            yield Unread(
                line=page.number,
                text=f"page {page.number}",
                reason=gettext_noop("a page without text: a picture, or empty"),
            )


FORMAT = Format(
    name="pdf",
    suffix=".pdf",
    media_type="application/pdf",
    recognises=lambda source: 0.95 if is_pdf(source.raw) else 0.0,
    read=read,
    paragraphs=paragraphs,
)
