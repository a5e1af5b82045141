"""Decode bytes: by byte order mark, as UTF-8, by the encoding that a file declares, or by a guess that is reported."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import CharsetMatch, from_bytes

from panels.formats.alphabets import likeness
from panels.formats.errors import FormatError
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_GUESS = gettext_noop(
    "not UTF-8: read as %(encoding)s, which is a guess. Choose another encoding if characters look wrong"
)
_NOT_IN_ENCODING = gettext_noop("The file is not %(encoding)s.")
_NO_ENCODING = gettext_noop("There is no encoding “%(encoding)s”.")
_DAMAGED = gettext_noop("The file begins as %(encoding)s but is damaged.")
_AS_UTF_8 = gettext_noop("Save the file as UTF-8.")

LINE_END = re.compile(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029](?:(?<=\r)\n)?")  # a set first: found some times as fast
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*(?:["']\s*)?([A-Za-z0-9_.:-]{2,30})""")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_ACCENTED, _LETTER = re.compile(rb"[\xc0-\xff]"), re.compile(rb"[A-Za-z]")
_SEVEN_BITS = (  # as they change to Japanese and Korean
    (re.compile(rb"\x1b\$[@B]"), "iso2022_jp"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
)
_HZ = re.compile(rb"~\{(?:[!-w][!-~]){2,200}~\}")  # Chinese between signs of its own
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALIASES = {
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
# What may be guessed, by the name that people know it under.
_GUESSED = {
    "cp1252": "windows-1252", "cp1250": "windows-1250", "cp1251": "windows-1251", "cp1253": "windows-1253",
    "cp1254": "windows-1254", "cp1255": "windows-1255", "cp1256": "windows-1256", "cp1257": "windows-1257",
    "cp932": "Shift_JIS", "euc_jp": "EUC-JP", "gb18030": "GB18030", "big5": "Big5", "cp949": "EUC-KR",
    "koi8_r": "KOI8-R", "cp866": "IBM866", "tis_620": "TIS-620", "iso8859_2": "ISO-8859-2", "iso8859_5": "ISO-8859-5",
}  # fmt: skip
_WESTERN = "cp1252"
# Of Latin script, those that most files are in first.
_LATIN = (
    "cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_15", "iso8859_13", "iso8859_4", "mac_roman", "cp850",
    "cp852", "mac_latin2", "cp437", "cp775", "cp857", "cp861", "cp865", "iso8859_10", "iso8859_16", "mac_iceland",
    "mac_turkish",
)  # fmt: skip
_WHOLLY = 0.97  # of the letters of a text are those of one language
_PAIRS = ("gb18030", "big5", "cp949", "euc_jp", "cp932")  # in which two bytes make a character
_NO_TEXT = ("Cc", "Cn", "Co", "Cs")  # categories of characters
_SAMPLE = 30_000  # bytes that a guess is made from
_FEW = 4  # letters with accents, from which no language can be told
_RARE = 0.03  # of the letters have accents, as in English or Dutch
_MANY = 0.1
_ALIKE = 0.02  # how much more broken a guess may look than the best
_RARE_SAMPLE = 6_000  # bytes that one of the rare encodings is guessed from
_LIKER = 0.2  # how much more a text must be like a language in a rare encoding than in a common one
_LESS_LIKE = 0.1
# Encodings that look like common ones or hold the same, and that few files are in: never guessed.
_NEVER = ("cp1006", "cp1258", "hp_roman8", "koi8_t", "kz1048", "ptcp154", "utf_7")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the name of its encoding if that was guessed."""

    text: str
    guessed: str = ""

    def doubt(self) -> Unread | None:
        """The first line that depends on the guess."""
        if not self.guessed:
            return None
        lines = enumerate(self.text.split("\n"), start=1)
        line, words = next(((number, text) for number, text in lines if not text.isascii()), (1, ""))
        reason = _GUESS % {"encoding": self.guessed}
        return Unread(line=line, text=words.strip(), reason=reason)


def checked(text: str) -> str:
    """The text, if it can be stored. Raises FormatError with the line."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FormatError(
            gettext_noop("The text contains a NUL character."), line=line, advice=gettext_noop("Save it as plain text.")
        )
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise half_a_character(text, fault.start) from fault
    return text


def half_a_character(text: str, at: int) -> FormatError:
    """The error for a text that cannot be stored."""
    line = text.count("\n", 0, at) + 1
    return FormatError(
        gettext_noop("The text contains an incomplete character (a lone surrogate)."), line=line, advice=_AS_UTF_8
    )


def decoded(raw: bytes, encoding: str = "") -> Decoded:
    """Decode a file, in a given encoding or one that is detected. Raises FormatError."""
    if encoding:
        return Decoded(_as_named(raw, encoding))
    certain = _certain(raw)
    if certain:
        return Decoded(_strictly(raw, certain))
    if b"\0" in raw[:4000]:
        return Decoded(_without_mark(raw))
    if _HZ.search(raw) and raw.isascii():
        return _hz(raw)
    try:
        return Decoded(raw.decode())
    except UnicodeDecodeError as fault:
        return _legacy(raw, fault)


def _certain(raw: bytes) -> str:
    """The encoding shown by a byte order mark or by escape sequences; empty for others."""
    marked = next((name for mark, name in _BOMS if raw.startswith(mark)), "")
    if marked or b"\0" in raw[:4000]:
        return marked
    return next((name for mark, name in _SEVEN_BITS if mark.search(raw)), "")


def _as_named(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(_ALIASES.get(encoding.lower(), encoding))
    except UnicodeDecodeError as fault:
        advice = gettext_noop("Choose another encoding, or save the file as UTF-8.")
        raise _broken(fault, _NOT_IN_ENCODING % {"encoding": encoding}, advice) from fault
    except (LookupError, ValueError) as fault:
        advice = gettext_noop("Name one such as windows-1251 or big5.")
        raise FormatError(_NO_ENCODING % {"encoding": encoding}, advice=advice) from fault


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as fault:
        reason = _DAMAGED % {"encoding": encoding.removesuffix("-sig").upper()}
        raise _broken(fault, reason) from fault


def _without_mark(raw: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is NUL."""
    even, odd = raw[:4000:2].count(0), raw[1:4000:2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    western = max(even, odd) >= len(raw[:4000]) * 0.2 and min(even, odd) <= max(even, odd) * 0.1
    if len(raw) % 2 or not (western or _is_text(raw, encoding)):
        return raw.decode("latin-1")  # `checked` refuses it for its NUL
    text = _strictly(raw, encoding)
    return raw.decode("latin-1") if _CONTROL.search(text) else text  # bytes that only look so


def _is_text(raw: bytes, encoding: str) -> bool:
    """Whether bytes are letters, signs and spaces in a two-byte encoding, as non-Western text is."""
    text = raw[:4000].decode(encoding, "replace")
    return bool(text) and all(unicodedata.category(letter) not in _NO_TEXT or letter in "\t\r\n" for letter in text)


def _hz(raw: bytes) -> Decoded:
    """Chinese in seven bits (HZ); text that only looks like it is left alone."""
    try:
        return Decoded(raw.decode("hz"), "HZ")
    except UnicodeDecodeError:
        return Decoded(raw.decode())


def _legacy(raw: bytes, fault: UnicodeDecodeError) -> Decoded:
    """Decode text that is not UTF-8: in the encoding that it declares, or else in the likeliest one."""
    declared = _DECLARED.search(raw[:2000])
    name = declared[1].decode("ascii").lower() if declared else ""
    if not name and _mostly_utf8(raw):
        raise _broken(fault, gettext_noop("The file is UTF-8, but some bytes are damaged.")) from fault
    if name:
        try:
            return Decoded(raw.decode(_ALIASES.get(name, name)))
        except (UnicodeDecodeError, LookupError, ValueError):
            pass  # it says what it is not
    for encoding in (*_likeliest(raw), _WESTERN):
        if _text_in(raw, encoding):
            chosen = _by_letters(raw, encoding)
            return Decoded(raw.decode(chosen), _GUESSED.get(chosen, chosen.replace("_", "-")))
    raise _broken(fault, gettext_noop("The encoding of the file could not be detected.")) from fault


def _mostly_utf8(raw: bytes) -> bool:
    text = raw.decode(errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - broken
    return whole > 10 * broken


def _likeliest(raw: bytes) -> Iterator[str]:
    """The encodings that a text may be in, the likeliest first."""
    sample = _sample(raw)
    accents, letters = len(_ACCENTED.findall(sample)), len(_LETTER.findall(sample))
    few = accents <= _FEW or accents < _RARE * letters
    matches = [match for match in from_bytes(sample, cp_isolation=list(_GUESSED)) if match.encoding in _GUESSED]
    best = min((match.chaos for match in matches), default=0.0)
    names = [name for match in matches for name in (match.encoding, *_same(match)) if match.chaos <= best + _ALIKE]
    if few and _WESTERN in names:
        yield _WESTERN
    elif sum(map(len, _HIGH.findall(sample))) > _FEW:
        yield from _rare(sample[:_RARE_SAMPLE], matches)
    paired = all(len(run) % 2 == 0 for run in _HIGH.findall(sample)) and not few
    if paired and not any(match.encoding in _PAIRS for match in matches):
        yield _PAIRS[0]  # too few words to tell more
    matches.sort(key=lambda match: (paired and match.encoding not in _PAIRS, _is_half_width(match)))
    yield from (match.encoding for match in matches)


def _by_letters(raw: bytes, guessed: str) -> str:
    """An encoding in which a Latin text has the letters of one language, if it does not have them as guessed."""
    sample = _sample(raw)
    if guessed not in _LATIN or sum(map(len, _HIGH.findall(sample))) <= _FEW:
        return guessed
    text = _text_in(sample, guessed)
    if likeness(text) >= _WHOLLY:
        same = (encoding for encoding in _LATIN if _text_in(sample, encoding) == text and _text_in(raw, encoding))
        return next(same, guessed)  # under the name that most people know
    sample = sample[:_RARE_SAMPLE]
    texts = {encoding: _text_in(sample, encoding) for encoding in _LATIN if _text_in(raw, encoding)}
    likely = {encoding: likeness(text) for encoding, text in texts.items()}
    best = max(likely.values(), default=0.0)
    if best < _WHOLLY:  # of several languages
        return _WESTERN if likely.get(_WESTERN, 0.0) >= likely.get(guessed, 0.0) else guessed
    return next(encoding for encoding, like in likely.items() if like == best)


def _text_in(sample: bytes, encoding: str) -> str:
    try:
        return sample.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _rare(sample: bytes, common: list[CharsetMatch]) -> Iterator[str]:
    """An encoding from charset-normalizer, if it fits the text clearly better than the common ones."""
    chaos = min((match.chaos for match in common), default=1.0)
    likeness = max((match.coherence for match in common if match.chaos <= chaos + _ALIKE), default=0.0)
    if chaos < _ALIKE and (likeness >= _LIKER or any(match.encoding in _PAIRS for match in common)):
        return
    never = [*_GUESSED, *_NEVER]
    for match in from_bytes(sample, cp_exclusion=never):
        cleaner = match.chaos <= chaos - _ALIKE and match.coherence >= likeness - _LESS_LIKE
        liker = match.chaos <= chaos and match.coherence >= likeness + _LIKER
        if match.encoding not in never and (cleaner or liker):
            yield match.encoding
            return


def _sample(raw: bytes) -> bytes:
    """The first lines that help to detect the encoding."""
    lines: list[bytes] = []
    size = 0
    for line in raw.splitlines():
        if _HIGH.search(line):
            lines.append(line[:_SAMPLE])
            size += len(line)
        if size > _SAMPLE:
            break
    return b"\n".join(lines)


def _same(match: CharsetMatch) -> list[str]:
    """Other encodings that decode to the same text."""
    return [name for name in match.could_be_from_charset if name in _GUESSED]


def _is_half_width(match: CharsetMatch) -> bool:
    """Whether most of a text is half-width kana, which other scripts look like in Shift_JIS."""
    text = str(match)
    return len(_HALF_WIDTH.findall(text)) > _MANY * len(text)


def _broken(fault: UnicodeDecodeError, reason: str, advice: str = _AS_UTF_8) -> FormatError:
    line = fault.object.count(b"\n", 0, fault.start) + 1
    return FormatError(reason, line=line, advice=advice)
