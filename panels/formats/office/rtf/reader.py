"""Read RTF files like Word documents: paragraphs, headings, lists, tables, bold labels, links.

Text that is not visible (hidden, struck and deleted text, notes, comments, page headers, field codes) is kept as
unread. A line number is the number of a paragraph. Libraries for RTF return hidden, struck and deleted text as ordinary
words and drop bold, so the groups are parsed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count

from panels.formats.base import Format, Source
from panels.formats.limits import check_count, in_force, timed
from panels.formats.office.rtf.story import RtfLook, Story, StoryPlace, replaced
from panels.formats.office.rtf.tokens import SYMBOLS, RtfToken, TokenKind, of_charset, of_page, tokens
from panels.formats.office.shown_document import read_paragraphs, without_title
from panels.formats.office.symbol_fonts import sign, typed
from panels.formats.parsing.xmltree import FLATTEN
from panels.formats.signatures import is_rtf
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_GROUPS = gettext_noop("The file has more than %(most)s groups within groups.")

_SILENT_NAMES = """
    aftncn aftnsep aftnsepc atndate atnauthor atnid atnparent atnref atntime atrfend atrfstart background bkmkend
    bkmkstart colortbl datafield falt filetbl formfield ftncn ftnsep ftnsepc info mmathPict nonesttables nonshppict
    objdata panose pict pn pntxta pntxtb private revtbl rxe shprslt sn sp sv tc template themedata txe userprops xe
"""
_SILENT = frozenset(_SILENT_NAMES.split())
_STARRED = frozenset(("moMath", "moMathPara", "mr", "shpinst", "fldinst", "annotation", "do", "dptxbxtext"))
_ASIDES = {
    "footnote": gettext_noop("a footnote"), "annotation": gettext_noop("a comment"),
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), gettext_noop("page header")),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), gettext_noop("page footer")),
}  # fmt: skip
_PLACES = {
    "fonttbl": StoryPlace.FONTS, "stylesheet": StoryPlace.STYLES, "fldinst": StoryPlace.CODE,
    "listtext": StoryPlace.MARKER, "pntext": StoryPlace.MARKER, "shpinst": StoryPlace.SHAPE, "do": StoryPlace.SHAPE,
}  # fmt: skip
_BOXES = ("shptxt", "dptxbxtext")
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_SIGNS = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"-": "", b"\t": "\t"}
_SWITCHES = {"b": "bold", "i": "italic", "v": "hidden", "strike": "struck", "striked": "struck", "deleted": "deleted"}
_PLAIN: Mapping[str, object] = {
    "bold": False,
    "italic": False,
    "hidden": False,
    "struck": False,
    "deleted": False,
    "moved": "",
}
_PARD: Mapping[str, object] = {"style": 0, "outline": 9, "level": 0, "in_table": False}
_ENDS = ("par", "sect", "page", "nestcell", "nestrow")
_LINK = re.compile(r'\s*HYPERLINK\s+"(?P<url>[^"]+)"')
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_UNKNOWN = "\ufffd"


def read(source: Source) -> Transcript:
    """Read a file. Raises FormatError if it is too large or nested too deeply."""
    walk = _walked(source)
    title, paras = without_title(walk.body.paras, walk.body.titles)
    return read_paragraphs(paras, title=title, unread=walk.unread, name=source.name)


def paragraphs(source: Source) -> list[tuple[int, str]]:
    """The paragraphs of a file with their numbers, as it shows them. Raises FormatError as `read` does."""
    return [(para.line, para.block.text) for para in _walked(source).body.paras]


def _walked(source: Source) -> _Walk:
    source.check_size(source.limits.bytes)
    walk = _Walk(source.encoding)
    for token in timed(tokens(source.raw)):
        walk.take(token)
        if walk.is_over:
            break
    walk.close()
    return walk


@dataclass
class _Walk:
    """Walks the groups of a file."""

    encoding: str = ""  # that somebody names, of all letters
    numbers: count[int] = field(default_factory=lambda: count(1))
    look: RtfLook = field(default_factory=RtfLook)
    groups: list[RtfLook] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    page: str = "cp1252"
    fonts: dict[int, tuple[int | None, str]] = field(default_factory=dict)  # character set and name
    styles: dict[int, str] = field(default_factory=dict)
    entry: int = 0  # of the table of fonts or styles
    met: bytearray = field(default_factory=bytearray)
    starred: bool = False
    skipping: int = 0  # bytes that old programs would show
    high: int = 0  # the first half of a character
    code: str = ""
    is_over: bool = False

    def __post_init__(self) -> None:
        self.body = Story(self.numbers)
        self.stories = [self.body]

    @property
    def story(self) -> Story:
        return self.stories[-1]

    @property
    def style(self) -> str:
        return self.styles.get(self.look.style, "")

    def take(self, token: RtfToken) -> None:
        """Take the next token."""
        if token.kind is TokenKind.BYTES:
            skipped = min(self.skipping, len(token.data))
            self.skipping -= skipped
            self.met += token.data[skipped:]
            return
        self._flush()
        self.skipping = 0
        _TAKES[token.kind](self, token)

    def _open(self, _token: RtfToken) -> None:
        self.groups.append(self.look)
        check_count(len(self.groups), in_force().depth, _GROUPS, advice=FLATTEN)

    def _close(self, _token: RtfToken) -> None:
        self.starred = False
        if len(self.stories) > 1 and self.story.depth == len(self.groups):
            self._end_story()
        ended = self.look
        self.look = self.groups.pop() if self.groups else RtfLook()
        if ended.place is StoryPlace.CODE and self.look.place is not StoryPlace.CODE:
            self._end_code()
        self.is_over = not self.groups

    def _end_story(self) -> None:
        story = self.stories.pop()
        story.close(self.look, self.style)
        self.unread.extend(story.unread)
        if story.is_box:
            self.story.begin()
            self.story.boxes.extend(story.paras)
        else:
            self.unread.extend(story.aside())

    def _end_code(self) -> None:
        found = _LINK.match(self.code)
        if found:
            self.look = replaced(self.look, link=found["url"])
        elif self.code.strip():
            line = self.story.line or self.story.latest
            self.unread.append(Unread(line=line, text=self.code.strip(), reason=gettext_noop("field codes, not shown")))
        self.code = ""

    def _sign(self, token: RtfToken) -> None:
        if token.data == b"*":
            self.starred = True
        elif token.data in (b"\r", b"\n"):
            self._end_paragraph()
        else:
            self._add_text(_SIGNS.get(token.data, ""))

    def _word(self, token: RtfToken) -> None:
        starred, self.starred = self.starred, False
        word, number = token.word, token.number
        if self.look.place is StoryPlace.NOWHERE or self._leads(word, starred=starred):
            return
        if self.look.place in (StoryPlace.FONTS, StoryPlace.STYLES):
            self._entry(word, number)
        elif word == "u" and number is not None:
            self._unicode(number % 0x10000)
        elif word in _CHARACTERS:
            self._add_text(_CHARACTERS[word])
        else:
            self._set(word, number)

    def _leads(self, word: str, *, starred: bool) -> bool:
        """Whether a control word determines where the text of its group goes."""
        if word in _SILENT or (starred and word not in _STARRED) or (word.startswith("m") and word.endswith("Pr")):
            self.look = replaced(self.look, place=StoryPlace.NOWHERE)
        elif word in _PLACES:
            self.look = replaced(self.look, place=_PLACES[word])
        elif word in _ASIDES or word in _BOXES:
            self._begin_story(word)
        else:
            return False
        return True

    def _begin_story(self, word: str) -> None:
        self.story.begin()
        box = word in _BOXES
        numbers = self.numbers if box else count(self.story.line)
        self.stories.append(Story(numbers, len(self.groups), _ASIDES.get(word, ""), is_box=box))
        self.look = replaced(self.look, place=StoryPlace.TEXT, **_PLAIN, **_PARD)

    def _entry(self, word: str, number: int | None) -> None:
        """Handle a control word in the font table or the style sheet."""
        if word in ("f", "s") and number is not None:
            self.entry = number
            self.fonts.setdefault(number, (None, ""))
        elif word == "fcharset":
            self.fonts[self.entry] = (number, "")

    def _set(self, word: str, number: int | None) -> None:
        """Handle a control word that formats text or ends a paragraph."""
        if word in _ENDS:
            self._end_paragraph()
        elif word == "cell":
            self.story.end_cell(self.look, self.style)
        elif word == "row":
            self.story.end_row()
        elif word == "ftnalt" and self.story.reason == _ASIDES["footnote"]:
            self.story.reason = gettext_noop("an endnote")
        elif word in _SETS:
            self.look = replaced(self.look, **_SETS[word](number or 0))
        elif word in _SWITCHES:
            self.look = replaced(self.look, **{_SWITCHES[word]: number != 0})
        elif page := of_page(word, number):
            self.page = page

    def _unicode(self, unit: int) -> None:
        self.skipping = self.look.fallback
        if unit in _HIGH:
            self.high = unit
            return
        high, self.high = self.high, 0
        if unit in _LOW:
            self._add_text(chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00) if high else _UNKNOWN)
        else:
            self._add_text(typed(chr(unit), self.fonts.get(self._font, (None, ""))[1]))

    @property
    def _font(self) -> int:
        return self.look.default_font if self.look.font is None else self.look.font

    def _flush(self) -> None:
        """Decode the collected bytes in the encoding of their font."""
        if not self.met:
            return
        raw = bytes(self.met)
        self.met.clear()
        charset, name = self.fonts.get(self._font, (None, ""))
        if charset == SYMBOLS and self.look.place in (StoryPlace.TEXT, StoryPlace.MARKER):
            self._add_text("".join(self._symbol(name, byte) for byte in raw))
            return
        encoding = self.encoding or of_charset(charset, self.page)
        try:
            text = raw.decode(encoding, "replace")
        except (LookupError, ValueError):
            text = raw.decode("cp1252", "replace")
        self._add_text(text)

    def _symbol(self, font: str, byte: int) -> str:
        known = sign(font, 0xF000 + byte)
        if not known and self.look.place is StoryPlace.TEXT:
            line, reason = self.story.begin(), gettext_noop("a symbol of a font, with no matching character")
            self.unread.append(Unread(line=line, text=f"{font} {byte:02X}".strip(), reason=reason))
        return known

    def _add_text(self, text: str) -> None:
        place = self.look.place
        if place is StoryPlace.TEXT and text and self.groups:
            self.story.add_text(text, self.look)
        elif place is StoryPlace.MARKER:
            self.story.begin()
            self.story.marker += text or "•"
        elif place is StoryPlace.CODE:
            self.code += text
        elif place is StoryPlace.FONTS:
            charset, name = self.fonts.get(self.entry, (None, ""))
            self.fonts[self.entry] = (charset, (name + text).rstrip("; "))
        elif place is StoryPlace.STYLES:
            self.styles[self.entry] = (self.styles.get(self.entry, "") + text).strip("; ")

    def _end_paragraph(self) -> None:
        if self.look.place is StoryPlace.TEXT and not self.look.deleted:
            self.story.end_paragraph(self.look, self.style)

    def close(self) -> None:
        """End everything that is open. A file that ends within a group was truncated."""
        self._flush()
        is_cut = bool(self.groups)
        while len(self.stories) > 1:
            self._end_story()
        self.body.close(self.look, self.style)
        self.unread.extend(self.body.unread)
        if is_cut:
            last = next((para.block.text for para in reversed(self.body.paras) if para.block.text), "")
            reason = gettext_noop("the file is cut off: text may be missing after this")
            self.unread.append(Unread(line=self.body.latest, text=last, reason=reason))


_TAKES: dict[TokenKind, Callable[[_Walk, RtfToken], None]] = {
    TokenKind.OPEN: _Walk._open,
    TokenKind.CLOSE: _Walk._close,
    TokenKind.SIGN: _Walk._sign,
    TokenKind.WORD: _Walk._word,
}
_SETS: dict[str, Callable[[int], Mapping[str, object]]] = {
    "pard": lambda _number: _PARD,
    "plain": lambda _number: _PLAIN,
    "msup": lambda _number: {"moved": "super"},
    "msub": lambda _number: {"moved": "sub"},
    "super": lambda _number: {"moved": "super"},
    "sub": lambda _number: {"moved": "sub"},
    "nosupersub": lambda _number: {"moved": ""},
    "f": lambda number: {"font": number},
    "deff": lambda number: {"default_font": number},
    "uc": lambda number: {"fallback": max(number, 0)},
    "s": lambda number: {"style": number},
    "outlinelevel": lambda number: {"outline": max(number, 0)},
    "ilvl": lambda number: {"level": min(max(number, 0), 8)},
    "intbl": lambda _number: {"in_table": True},
}


FORMAT = Format(
    name="rtf",
    suffix=".rtf",
    media_type="application/rtf",
    recognises=lambda source: 0.95 if is_rtf(source.raw) else 0.0,
    read=read,
    paragraphs=paragraphs,
)
