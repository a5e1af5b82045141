"""Ways to break a file. Each takes bytes, other bytes to borrow from, and a source of chance."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, bytes, Random], bytes]

_ODD = (
    "\0", "\ud800", "\x1b[31m", "\x08", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\uffff", "\u200b", "\u202e",
    "\u2066", "\u0301" * 50, "\U000e0041", "🧑‍🤝‍🧑", "ﷺ", "İ", "ß", "٣", "Ⅷ", "²", "\\ud800", "\\u0000", "&#0;",
    "&#xD800;", "&#99999999999;", "]]>", "<![CDATA[", "<!--", "-->", "<!DOCTYPE x [", "%PDF-1.7", "{{", "{%", "\\", '"',
    "'",
)  # fmt: skip
_NUMBERS = (
    "1e999", "-1e999", "NaN", "-Infinity", "9" * 400, "9" * 5000, "-1", "0x10", "1_000", "٣٤", "99999999:59:59",
    "1:60:60", "00:00:00.0000000001", "0000-00-00", "9999-12-31", "2021-02-30", "1e-999", "0", "4294967296",
    "18446744073709551616",
)  # fmt: skip
_VALUE = re.compile(rb'"[^"\n]{0,80}"|[0-9.]+')
_UNITS = (
    " ", "\t", "\u3000", "a", "a ", "A", "Kim: ", "**", "* ", "_", "[", "](", "(", "<", "<b>", "</b>", "&", "&amp;",
    "#", "- ", "> ", "`", "|", ":", "：", "1:11 ", "Q: ", "问", ",", ";", '"', "\\", "{", "{%", "-->", "=", "~", "/",
    ".", "的",
)  # fmt: skip
_NESTS = (
    ("[", "]"), ('{"a":', "}"), ("<p>", "</p>"), ("<div>", ""), ("<b>", "</b>"), ("<ul><li>", ""),
    ("<table><tr><td>", ""), ("(", ")"), ("> ", ""), ("**", "**"), ("<hi>", "</hi>"), ("- ", ""), ("[", "](x)"),
    ("<v Kim>", ""), ("<blockquote>", ""), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
)  # fmt: skip
_STARTS = (b"Kim: ", b"**Kim:** ", b"[0:01] <kim> ", b"10:00:01\tKim:\t", b"## ", b"Q: ", b"Question 1: ", b"> ")
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "windows-1252", "utf-7", "cp500", "utf-8-sig")
_SLICE = 4_000


def flip(raw: bytes, _other: bytes, chance: Random) -> bytes:
    out = bytearray(raw)
    least, most = chance.choice(((32, 127), (32, 127), (9, 128), (0, 256)))  # most texts stay texts, to be read at all
    for _ in range(chance.choice((1, 3, 30)) if out else 0):
        out[chance.randrange(len(out))] = chance.randrange(least, most)
    return bytes(out)


def truncate(raw: bytes, _other: bytes, chance: Random) -> bytes:
    cut = chance.randrange(len(raw) + 1)
    return raw[:cut] if chance.random() < 0.7 else raw[cut:]


def duplicate(raw: bytes, _other: bytes, chance: Random) -> bytes:
    start, end = _span(raw, chance)
    return raw[:end] + raw[start:end] * chance.choice((1, 2, 50)) + raw[end:]


def remove(raw: bytes, _other: bytes, chance: Random) -> bytes:
    start, end = _span(raw, chance)
    return raw[:start] + raw[end:]


def splice(raw: bytes, other: bytes, chance: Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)] + other[chance.randrange(len(other) + 1) :]


def shuffle_lines(raw: bytes, other: bytes, chance: Random) -> bytes:
    lines = [*raw.split(b"\n"), *other.split(b"\n")[:20]]
    chance.shuffle(lines)
    return b"\n".join(lines)


def insert_odd(raw: bytes, _other: bytes, chance: Random) -> bytes:
    for _ in range(chance.choice((1, 2, 10))):
        raw = _inserted(raw, chance.choice(_ODD).encode("utf-8", "surrogatepass"), chance)
    return raw


def insert_number(raw: bytes, _other: bytes, chance: Random) -> bytes:
    """Put another number in the place of one, or anywhere."""
    digits = [at for at, byte in enumerate(raw[:20_000]) if 48 <= byte < 58]
    number = chance.choice(_NUMBERS).encode()
    if not digits:
        return _inserted(raw, number, chance)
    at = chance.choice(digits)
    return raw[:at] + number + raw[at + 1 :]


def swap_value(raw: bytes, _other: bytes, chance: Random) -> bytes:
    """Put something of another kind in the place of a whole value: an attribute's, a string's, a number's."""
    values = list(_VALUE.finditer(raw[:20_000]))
    if not values:
        return insert_number(raw, _other, chance)
    found = chance.choice(values)
    value = chance.choice((*_NUMBERS, *_ODD[:8], "", "x", "-7", "1.5", "true", "null", "[]", "{}", '{"seconds": "x"}'))
    quoted = found[0].startswith(b'"') and chance.random() < 0.6
    new = (f'"{value}"' if quoted else value).encode("utf-8", "surrogatepass")
    return raw[: found.start()] + new + raw[found.end() :]


def lengthen_line(raw: bytes, _other: bytes, chance: Random) -> bytes:
    unit = chance.choice(_UNITS).encode()
    return _inserted(raw, unit * (chance.choice((50, 1_000, 20_000)) // len(unit)), chance)


def nest(raw: bytes, _other: bytes, chance: Random) -> bytes:
    opening, closing = chance.choice(_NESTS)
    depth = chance.choice((20, 150, 260, 3_000))
    start, end = _span(raw, chance)
    return raw[:start] + (opening * depth).encode() + raw[start:end] + (closing * depth).encode() + raw[end:]


def recode(raw: bytes, _other: bytes, chance: Random) -> bytes:
    """Write the text in another encoding, then perhaps break that, too."""
    out = raw.decode(errors="replace").encode(chance.choice(_ENCODINGS), "replace")
    return out if chance.random() < 0.5 else out[chance.randrange(4) :]


def relabel_lines(raw: bytes, _other: bytes, chance: Random) -> bytes:
    """Let many lines begin like those of another format."""
    begin = chance.choice(_STARTS)
    return b"\n".join(begin + line if chance.random() < 0.6 else line for line in raw.split(b"\n"))


def repack(raw: bytes, other: bytes, chance: Random) -> bytes:
    """Open a zip archive, break one member, and close it again; what is none is packed as a document's text."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError, ValueError, NotImplementedError, zlib.error):
        members = {"word/document.xml": raw}
    name = chance.choice(sorted(members) or ["word/document.xml"])
    broken = chance.choice(MUTATIONS_OF_BYTES)
    members[name] = broken(members.get(name, b""), other, chance)
    if chance.random() < 0.2:
        members[chance.choice(("word/comments.xml", "word/styles.xml", "../up", "word/_rels/document.xml.rels"))] = (
            other
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    return packed.getvalue()


def forge_sizes(raw: bytes, _other: bytes, chance: Random) -> bytes:
    """Lie in the headers of a zip archive."""
    out = bytearray(raw)
    for mark in (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"):
        at = raw.find(mark)
        if at >= 0 and chance.random() < 0.7:
            for place in range(at + 4, min(at + 30, len(out))):
                if chance.random() < 0.15:
                    out[place] = chance.choice((0, 1, 255, 127))
    return bytes(out)


MUTATIONS_OF_BYTES: tuple[Mutation, ...] = (
    flip, truncate, duplicate, remove, splice, shuffle_lines, insert_odd, insert_number, swap_value,
    lengthen_line, nest, recode, relabel_lines,
)  # fmt: skip


def mutated(raw: bytes, other: bytes, chance: Random) -> bytes:
    """A file broken in one to three ways; an archive is often broken from inside."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        inside = raw.startswith(b"PK") and chance.random() < 0.6
        way = chance.choice((repack, forge_sizes) if inside else (*MUTATIONS_OF_BYTES, repack))
        if way is repack and not raw.startswith(b"PK") and chance.random() < 0.7:
            way = flip
        raw = way(raw, other, chance)
    return raw


def _inserted(raw: bytes, more: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + more + raw[at:]


def _span(raw: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(raw) + 1)
    return start, min(len(raw), start + chance.randrange(_SLICE))
