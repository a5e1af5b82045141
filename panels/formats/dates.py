"""Find dates in running text, as written in many languages."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHERS = """
    januar jänner enero janvier janeiro gennaio января|februar febrero février fevereiro febbraio февраля|
    märz marzo mars março марта|april abril avril aprile апреля|mai mayo maio maggio мая|
    juni junio juin junho giugno июня|juli julio juillet julho luglio июля|
    august agosto août августа|september septiembre septembre setembro settembre сентября|
    oktober octubre octobre outubro ottobre октября|november noviembre novembre novembro ноября|
    dezember diciembre décembre dezembro dicembre декабря
"""
# Without listopada: November in Polish, October in Croatian.
_FURTHER = """
    يناير januari stycznia ledna січня ianuarie ianuar ιανουαρίου ocak tammikuuta január ינואר जनवरी ژانویه|
    فبراير شباط februari lutego února лютого februarie φεβρουαρίου şubat helmikuuta február פברואר फरवरी فوریه|
    مارس آذار maart mars marca března березня martie μαρτίου mart maaliskuuta március מרץ मार्च|
    أبريل ابريل نيسان kwietnia dubna квітня aprilie απριλίου nisan huhtikuuta április אפריל अप्रैल آوریل|
    مايو أيار mei maj maja května травня μαΐου μαίου mayıs toukokuuta május מאי मई مه|
    يونيو حزيران czerwca června червня iunie ιουνίου haziran kesäkuuta június יוני जून ژوئن|
    يوليو تموز lipca července липня iulie ιουλίου temmuz heinäkuuta július יולי जुलाई ژوئیه|
    أغسطس آب augusti augustus sierpnia srpna серпня αυγούστου ağustos elokuuta augusztus אוגוסט अगस्त اوت|
    سبتمبر أيلول września září вересня septembrie σεπτεμβρίου eylül syyskuuta szeptember ספטמבר सितंबर سپتامبر|
    أكتوبر اكتوبر października října жовтня octombrie οκτωβρίου ekim lokakuuta október אוקטובר अक्टूबर اکتبر|
    نوفمبر listopadu листопада noiembrie νοεμβρίου kasım marraskuuta נובמבר नवंबर نوامبر|
    ديسمبر grudnia prosince грудня decembrie δεκεμβρίου aralık joulukuuta דצמבר दिसंबर دسامبر
"""
_NAMED = {
    name: at
    for words in (_OTHERS, _FURTHER)
    for at, names in enumerate(words.split("|"), start=1)
    for name in names.split()
}
_NAME = r"(?P<name>[^\W\d_]{2,12})"
_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s?[-/.年년]\s?(?P<m>\d{1,2})\s?[-/.月월]\s?(?P<d>\d{1,2})(?!\d)|"
    r"(?<!\d)(?P<yy>(?:19|20)\d\d)(?P<mm>\d\d)(?P<dd>\d\d)(?!\d)"
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?(?:\s+|[-/])(?:of\s+|de\s+|ב)?{_NAME}(?:/[^\W\d_]{{2,12}})?\.?,?(?:\s+|[-/])(?:de\s+)?(?P<y>\d{{4}})(?!\d)"
)
_MONTH_FIRST = re.compile(rf"\b{_NAME}\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)")
_YEAR_FIRST = re.compile(rf"(?<!\d)(?P<y>\d{{4}})[\s-]{_NAME}[\s-](?P<d>\d{{1,2}})(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(?P<a>\d{1,2})(?P<sign>[/-])(?P<b>\d{1,2})(?P=sign)(?P<y>\d{4}|\d{2})(?![\d/])")
_DIGIT = "〇一二三四五六七八九"
_HAN = re.compile(
    r"(?P<y>[〇零○一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月"
    r"(?P<d>[一二三四五六七八九十]{1,3})[日号號]"
)
_ERA = re.compile(r"(?P<era>民國|民国|令和|平成)\s?(?P<y>\d{1,3}|元)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日?")
_ERAS = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})[a-z]*\b", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s", re.IGNORECASE)
_CENTURY = 2000
_SHORT = 100
_NEAR = 16  # characters between a weekday and its date

_DatePart = str | int


def date_in(text: str) -> dt.date | None:
    """The first date in a text, if any; ambiguous ones are ignored."""
    return next(iter(dates_in(text)), None)


def is_bare_date(text: str) -> bool:
    """Whether a text is a date and nothing else; a weekday may stand before it.

    >>> [is_bare_date(text) for text in ("Tuesday, 11 March 2031", "2031年3月11日", "Porto, 11 March 2031", "11 March")]
    [True, True, False, False]
    """
    bare = _WEEKDAY_BEFORE.sub("", text.strip().rstrip(".日號号")).strip()
    date = date_in(bare)
    return date is not None and date not in (date_in(bare[1:]), date_in(bare[:-1]))


def dates_in(text: str) -> list[dt.date]:
    """The dates in a text, in order; ambiguous ones are ignored."""
    found = sorted(_certain(text), key=lambda one: one[0])
    return [date for _, date in found]


def readings(text: str) -> tuple[dt.date, ...]:
    """The possible readings of the first all-numeric date: `3/4/2031` has two, unless a weekday decides."""
    return next((dates for found in _SLASHED.finditer(text) if (dates := _readings(found, text))), ())


def _readings(found: re.Match[str], around: str) -> tuple[dt.date, ...]:
    year = int(found["y"]) + (_CENTURY if int(found["y"]) < _SHORT else 0)
    pairs = {(found["a"], found["b"]), (found["b"], found["a"])}
    both = sorted({date for month, day in pairs if (date := _valid(year, month, day))})
    weekday = _WEEKDAY.search(around)
    fitting = [date for date in both if weekday and date.weekday() == _WEEKDAYS.index(weekday[1].lower())]
    return tuple(fitting or both)


def _certain(text: str) -> Iterator[tuple[int, dt.date]]:
    for at, year, month, day in _written(unicodedata.normalize("NFKC", text)):
        date = _valid(year, month, day)
        if date:
            yield at, date
    for found in _SLASHED.finditer(text):
        near = text[max(found.start() - _NEAR, 0) : found.end() + _NEAR]
        dates = _readings(found, near) if int(found["y"]) >= _SHORT else ()
        if len(dates) == 1:
            yield found.start(), dates[0]


def _written(text: str) -> Iterator[tuple[int, _DatePart, _DatePart, _DatePart]]:
    """The position, year, month and day of each date."""
    for found in _ISO.finditer(text):
        yield found.start(), found["y"] or found["yy"], found["m"] or found["mm"], found["d"] or found["dd"]
    for form in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST):
        for found in form.finditer(text):
            yield found.start(), found["y"], _month(found["name"]), found["d"]
    for found in _DOTTED.finditer(text):
        yield found.start(), found["y"], found["m"], found["d"]
    for found in _HAN.finditer(text):
        yield found.start(), _digits(found["y"]), _number(found["m"]), _number(found["d"])
    for found in _ERA.finditer(text):
        year = 1 if found["y"] == "元" else int(found["y"])
        yield found.start(), _ERAS[found["era"]] + year, found["m"], found["d"]


def _month(name: str) -> int:
    name = name.casefold()
    start = name[:3]
    return _NAMED.get(name) or (_MONTHS.index(start) + 1 if start in _MONTHS else 0)


def _digits(han: str) -> str:
    return "".join(str(_DIGIT.index("〇" if sign in "零○" else sign)) for sign in han)


def _number(han: str) -> int:
    """`二十七` is 27."""
    tens, ten, ones = han.rpartition("十")
    if not ten:
        return int(_digits(han)) if len(han) == 1 else 0
    return 10 * (_DIGIT.index(tens) if tens else 1) + (_DIGIT.index(ones) if ones else 0)


def _valid(year: _DatePart, month: _DatePart, day: _DatePart) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
