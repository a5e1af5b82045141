"""Convert chat messages with names and times to turns; shared by all chat formats.

Times are seconds since the first message, because a chat has no recording. Automatic notices are no turns.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from panels.formats.errors import FormatError
from panels.formats.parsing.richtext import escape
from panels.formats.speakers.speaker_resolution import SpeakerResolution
from panels.formats.structure.grouping import grouped
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_STAMP = re.compile(
    r"(?P<a>\d{1,4})[-./ ](?P<b>\d{1,2}|[A-Za-z]{3,9})[-./ ](?P<c>\d{1,4})[,.،]?(?: at| um| à)? "
    r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2}))?(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
)
_YEARS = re.compile(r"[年月년월]\s?")
_HALF_DAY = re.compile(r"(?:上午|凌晨|早上|午前|오전)|(?P<after>下午|中午|晚上|午後|오후)")
_NARROW = re.compile("[\u00a0\u202f\u2009]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOON, _CENTURY, _MONTHS_A_YEAR = 12, 2000, 12
_YEAR = 31  # a larger number is not a day


@dataclass
class Message:
    """A message at a time, line by line."""

    name: str
    moment: dt.datetime | None
    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, with its line breaks."""
        return "\n".join(self.lines).strip()


def quoted(author: str, lines: Iterable[str]) -> list[str]:
    """A forwarded message as a quotation below its author: the person who forwards it did not write it."""
    return [f"{escape(author)}:", "", *(f"> {line}".rstrip() for line in lines)]


def transcript_of(messages: Iterable[Message], unread: Sequence[Unread], known: Transcript | None = None) -> Transcript:
    """The transcript of a chat. Raises FormatError if it has no messages."""
    spoken = [message for message in messages if message.text]
    if not spoken:
        raise FormatError(
            gettext_noop("This chat contains no messages."), advice=gettext_noop("Use the exported chat file.")
        )
    first = next((message.moment for message in spoken if message.moment), None)
    resolution = SpeakerResolution()
    turns = [
        resolution.turn(message.name, message.text, time=_since(first, message.moment), line=message.line)
        for message in spoken
    ]
    known = known or Transcript()
    return replace(
        known,
        date=known.date or (first.date() if first else None),
        panelists=resolution.panelists(),
        exchanges=grouped(turns, resolution.panelists()),
        unread=tuple(sorted(unread, key=lambda item: item.line)),
    )


def _since(first: dt.datetime | None, moment: dt.datetime | None) -> float | None:
    passed = (moment - first).total_seconds() if first and moment else -1.0
    return passed if passed >= 0 else None


def moments(stamps: Sequence[str]) -> list[dt.datetime | None]:
    """The times of the stamps. Whether days or months come first is inferred from all of them together."""
    found = [_STAMP.search(_in_figures(stamp)) for stamp in stamps]
    month_first = any(match and match["b"].isdigit() and int(match["b"]) > _MONTHS_A_YEAR for match in found) or (
        any(match and match["half"] and "/" in match[0] for match in found)
        and not any(match and match["a"].isdigit() and int(match["a"]) > _MONTHS_A_YEAR for match in found)
    )
    return [_moment(match, month_first=month_first) if match else None for match in found]


def _in_figures(stamp: str) -> str:
    """A stamp as `2031-5-5 7:00 PM`, of one such as `2031年5月5日 下午7:00`."""
    stamp = " ".join(_YEARS.sub("-", _NARROW.sub(" ", stamp)).replace("日", " ").replace("일", " ").split())
    half = _HALF_DAY.search(stamp)
    if half:
        stamp = f"{_HALF_DAY.sub('', stamp, count=1)} {'PM' if half['after'] else 'AM'}"
    return stamp


def _moment(stamp: re.Match[str], *, month_first: bool) -> dt.datetime | None:
    one, two, three = stamp["a"], stamp["b"], int(stamp["c"])
    if not two.isdigit():
        month = _MONTHS.index(two[:3].lower()) + 1 if two[:3].lower() in _MONTHS else 0
        year, day = three, int(one)
    elif int(one) > _YEAR:
        year, month, day = int(one), int(two), three
    else:
        month, day, year = (int(one), int(two), three) if month_first else (int(two), int(one), three)
    hour = int(stamp["h"])
    if stamp["half"]:
        hour = hour % _NOON + (_NOON if stamp["half"] in "Pp" else 0)
    year += _CENTURY if year < 100 else 0  # noqa: PLR2004  (a year of two digits)
    try:
        return dt.datetime(year, month, day, hour, int(stamp["m"]), int(stamp["s"] or 0), tzinfo=dt.UTC)
    except ValueError:
        return None
