"""The runs of a Word paragraph: visible text as text, the rest as `unread`.

Inserted text is read; deleted, struck and hidden text is kept as unread. Superscripts, subscripts and characters of
symbol fonts become Unicode characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from panels.formats.office.docx.styles import INLINE_CODE, SPEAKER
from panels.formats.office.symbol_fonts import sign, typed
from panels.formats.parsing.raised import lowered, raised
from panels.formats.parsing.richtext import Span
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SWITCHES = ("vanish", "strike", "dstrike")
_OFF = ("0", "false", "off", "none")
_UNSEEN = {"vanish": gettext_noop("hidden text, which Word does not show"), "strike": gettext_noop("struck through")}
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_ANCESTORS = 20  # styles that a style is based on

Look = Mapping[str, str]  # what is set of a run: whether it is hidden or struck, and where it stands


@dataclass
class DocxRuns:
    """Reads the runs of a document."""

    names: Mapping[str, str]  # of styles, by identifier
    links: Mapping[str, str]
    looks: Mapping[str, Look]  # of styles, by identifier
    number: int = 0  # of the paragraph that is read
    unread: list[Unread] = field(default_factory=list)
    codes: list[tuple[int, str]] = field(default_factory=list)  # of fields: addresses, page numbers
    unseen: dict[str, str] = field(default_factory=dict)  # of this paragraph, by reason

    def spans(self, paragraph: etree._Element, number: int) -> tuple[Span, ...]:
        """The text of a paragraph."""
        self.number, self.unseen = number, {}
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        look = {} if style is None else self.looks.get(style.get(f"{W}val") or "", {})
        spans = tuple(self._inside(paragraph, "", look))
        for reason, text in self.unseen.items():
            if text.strip():
                self.unread.append(Unread(line=number, text=text.strip(), reason=reason))
        return spans

    def _inside(self, holder: etree._Element, link: str, look: Look) -> Iterator[Span]:
        for child in holder:
            if child.tag == f"{W}r":
                yield from self._run(child, link, look)
            elif child.tag == f"{W}hyperlink":
                yield from self._inside(child, self.links.get(child.get(f"{_R}id") or "", ""), look)
            elif child.tag in (f"{W}del", f"{W}moveFrom"):
                self._deleted(child)
            elif child.tag == f"{_M}t":
                yield Span(child.text or "", link=link)
            elif child.tag in (f"{_M}sup", f"{_M}sub"):
                move = raised if child.tag == f"{_M}sup" else lowered
                yield Span(move("".join(span.text for span in self._inside(child, link, look))), link=link)
            elif child.tag != f"{W}pPr":
                yield from self._inside(child, link, look)

    def _deleted(self, removed: etree._Element) -> None:
        text = "".join(removed.itertext(f"{W}delText", f"{W}t"))
        if text.strip():
            self.unread.append(
                Unread(line=self.number, text=text.strip(), reason=gettext_noop("deleted in a tracked change"))
            )

    def _run(self, run: etree._Element, link: str, look: Look) -> Iterator[Span]:
        named = run.find(f"{W}rPr/{W}rStyle")
        style = "" if named is None else named.get(f"{W}val") or ""
        look = {**look, **self.looks.get(style, {}), **look_of(run.find(f"{W}rPr"))}
        kind = "vanish" if look.get("vanish") else "strike" if look.get("strike") or look.get("dstrike") else ""
        move = {"superscript": raised, "subscript": lowered}.get(look.get("vertAlign", ""))
        name = self.names.get(style)
        shown = Span("", _is_on(run, "b") or name == SPEAKER, _is_on(run, "i"), code=name == INLINE_CODE, link=link)
        for span in self._pieces(run, shown, look):
            if kind:
                self.unseen[_UNSEEN[kind]] = self.unseen.get(_UNSEEN[kind], "") + span.text
            else:
                yield replace(span, text=move(span.text)) if move else span

    def _pieces(self, run: etree._Element, style: Span, look: Look) -> Iterator[Span]:
        for child in run:
            if child.tag == f"{W}t":
                yield replace(style, text=typed(child.text or "", _font(run)))
            elif child.tag in _SIGNS:
                yield replace(style, text=_SIGNS[child.tag])
            elif child.tag == f"{W}sym":
                yield replace(style, text=self._sign(child))
            elif child.tag == f"{W}ruby":
                yield from self._ruby(child, style.link, look)
            elif child.tag == f"{W}instrText":
                self.codes.append((self.number, (child.text or "").strip()))

    def _sign(self, symbol: etree._Element) -> str:
        font, code = symbol.get(f"{W}font") or "", symbol.get(f"{W}char") or ""
        known = sign(font, int(code, 16)) if code and len(code) <= len("10FFFF") and _is_hex(code) else ""
        if not known:
            reason = gettext_noop("a symbol of a font, with no matching character")
            self.unread.append(Unread(line=self.number, text=f"{font} {code}".strip() or "?", reason=reason))
        return known

    def _ruby(self, ruby: etree._Element, link: str, look: Look) -> Iterator[Span]:
        """Text with its reading in brackets: `漢字（かんじ）`."""
        base, reading = ruby.find(f"{W}rubyBase"), ruby.find(f"{W}rt")
        yield from self._inside(base, link, look) if base is not None else ()
        text = "" if reading is None else "".join(reading.itertext(f"{W}t"))
        yield Span(f"（{text}）" if text else "")


def ends_deleted(paragraph: etree._Element) -> bool:
    """Whether the paragraph mark was deleted or moved away, so that the next paragraph continues this one."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(marks.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))


def looks_of(styles: etree._Element | None) -> dict[str, Look]:
    """The run properties of each style by identifier, including those of the styles it is based on."""
    found: dict[str, tuple[str, Look]] = {}
    for style in () if styles is None else styles.iter(f"{W}style"):
        based = style.find(f"{W}basedOn")
        above = "" if based is None else based.get(f"{W}val") or ""
        found[style.get(f"{W}styleId") or ""] = (above, look_of(style.find(f"{W}rPr")))
    looks: dict[str, Look] = {}
    for name in found:
        chain = [name]
        while (above := found.get(chain[-1], ("", {}))[0]) and above not in chain and len(chain) < _ANCESTORS:
            chain.append(above)
        looks[name] = {key: value for one in reversed(chain) for key, value in found.get(one, ("", {}))[1].items()}
    return looks


def look_of(properties: etree._Element | None) -> dict[str, str]:
    """The visible properties of a run; one that is switched off has an empty value."""
    look: dict[str, str] = {}
    for name in (*_SWITCHES, "vertAlign"):
        found = None if properties is None else properties.find(f"{W}{name}")
        if found is not None:
            value = found.get(f"{W}val") or "true"
            look[name] = "" if value in _OFF else value
    return look


def _font(run: etree._Element) -> str:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    return "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


def _is_hex(code: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in code)


def _is_on(run: etree._Element, name: str) -> bool:
    switch = run.find(f"{W}rPr/{W}{name}")
    return switch is not None and (switch.get(f"{W}val") or "true") not in ("0", "false", "off")
