"""The runs of an OpenDocument paragraph: visible text as text, the rest as `unread`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from panels.formats.limits import timed
from panels.formats.office.odt.styles import TEXT, OdtLook, Styles
from panels.formats.parsing.raised import lowered, raised
from panels.formats.parsing.richtext import Span
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SPACES = 1_000  # of one element
_NOTES = {"footnote": gettext_noop("a footnote"), "endnote": gettext_noop("an endnote")}
_HIDDEN = gettext_noop("hidden text, which the document does not show")
_STRUCK = gettext_noop("struck through")
_NOT_TEXT = frozenset(
    (f"{OFFICE}annotation-end", f"{TEXT}ruby-text", f"{TEXT}script", f"{TEXT}note-citation", f"{OFFICE}event-listeners")
)
CHANGE = f"{TEXT}change"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")


@dataclass
class OdtRuns:
    """Reads the runs of a document."""

    styles: Styles
    deleted: Mapping[str, str]  # what tracked changes deleted, by their names
    number: int = 0  # of the paragraph that is read
    unread: list[Unread] = field(default_factory=list)
    unseen: dict[str, str] = field(default_factory=dict)  # of this paragraph, by reason
    boxes: list[etree._Element] = field(default_factory=list)  # of text, beside this paragraph

    def spans(self, paragraph: etree._Element, number: int, *, hidden: bool) -> tuple[Span, ...]:
        """The text of a paragraph."""
        self.number, self.unseen, self.boxes = number, {}, []
        look = OdtLook(self.styles.look("paragraph", paragraph.get(f"{TEXT}style-name")))
        look = look.with_({"display": "none"} if hidden else {})
        spans = tuple(self._inside(paragraph, look, ""))
        for reason, text in self.unseen.items():
            if text.strip():
                self.unread.append(Unread(line=number, text=text.strip(), reason=reason))
        return spans

    def _inside(self, holder: etree._Element, look: OdtLook, link: str) -> Iterator[Span]:
        yield from self._text(holder.text, look, link)
        for child in timed(holder):
            if isinstance(child.tag, str):
                yield from self._element(child, look, link)
            yield from self._text(child.tail, look, link)

    def _element(self, child: etree._Element, look: OdtLook, link: str) -> Iterator[Span]:
        if child.tag in _SIGNS:
            yield from self._text(_SIGNS[child.tag] * _count(child), look, link, is_sign=True)
        elif child.tag == f"{TEXT}span":
            yield from self._inside(child, look.with_(self.styles.look("text", child.get(f"{TEXT}style-name"))), link)
        elif child.tag == f"{TEXT}a":
            yield from self._inside(child, look, child.get(_LINK) or "")
        elif child.tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            text = child.get(f"{TEXT}string-value") or "".join(child.itertext())
            self.unseen[_HIDDEN] = self.unseen.get(_HIDDEN, "") + str(text)
        elif child.tag == f"{TEXT}ruby":
            yield from self._ruby(child, look, link)
        elif not self._set_aside(child) and child.tag not in _NOT_TEXT:
            yield from self._inside(child, look, link)

    def _set_aside(self, child: etree._Element) -> bool:
        """Whether an element adds no text here: a note, a comment, a change, a picture or a box."""
        if child.tag == f"{TEXT}note":
            kind = child.get(f"{TEXT}note-class") or ""
            self._add_unread(child.find(f"{TEXT}note-body"), _NOTES.get(kind, _NOTES["footnote"]))
        elif child.tag == f"{OFFICE}annotation":
            self._add_unread(child, gettext_noop("a comment"))
        elif child.tag == CHANGE:
            self.change(child, self.number)
        elif str(child.tag).startswith(DRAW):
            self.boxes.append(child)
            if next(child.iter(f"{DRAW}object"), None) is not None:
                reason = gettext_noop("a formula or another object, which cannot be read")
                self.unread.append(Unread(line=self.number, text=child.get(f"{DRAW}name") or "?", reason=reason))
        else:
            return False
        return True

    def change(self, mark: etree._Element, number: int) -> None:
        """Report the deleted text at a mark as unread."""
        text = self.deleted.get(mark.get(f"{TEXT}change-id") or "", "")
        if text:
            self.unread.append(Unread(line=number, text=text, reason=gettext_noop("deleted in a tracked change")))

    def _add_unread(self, element: etree._Element | None, reason: str) -> None:
        text = "" if element is None else plain(element)
        if text:
            self.unread.append(Unread(line=self.number, text=text, reason=reason))

    def _ruby(self, ruby: etree._Element, look: OdtLook, link: str) -> Iterator[Span]:
        """Text with its reading in brackets: `漢字（かんじ）`."""
        base, reading = ruby.find(f"{TEXT}ruby-base"), ruby.find(f"{TEXT}ruby-text")
        yield from self._inside(base, look, link) if base is not None else ()
        text = "" if reading is None else "".join(reading.itertext())
        yield Span(f"（{text}）" if text else "")

    def _text(self, text: str | None, look: OdtLook, link: str, *, is_sign: bool = False) -> Iterator[Span]:
        if not text:
            return
        text = text if is_sign else text.replace("\n", " ").replace("\r", " ")
        reason = _HIDDEN if look.hidden else _STRUCK if look.struck else ""
        if reason:
            self.unseen[reason] = self.unseen.get(reason, "") + text
            return
        moved = {"super": raised, "sub": lowered}.get(look.moved)
        span = Span(text, look.bold, look.italic, link=link)
        yield replace(span, text=moved(text)) if moved else span


_SIGNS = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}


def _count(element: etree._Element) -> int:
    count = element.get(f"{TEXT}c") or "1"
    return min(int(count), _SPACES) if count.isascii() and count.isdigit() and len(count) < 9 else 1  # noqa: PLR2004


def plain(holder: etree._Element) -> str:
    """The paragraphs in an element as lines, without formatting or authors."""
    lines = (" ".join("".join(paragraph.itertext()).split()) for paragraph in holder.iter(*PARAGRAPHS))
    return "\n".join(filter(None, lines))
