"""Find the headline of a copied page, if its reader found none or took the name of the site for it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from panels.editorial.proposals.furniture import is_furniture
from panels.formats.dates import date_in
from panels.formats.head_dates import is_date_line
from panels.formats.speakers.labels import is_titled
from panels.formats.structure.masthead import publisher_in
from panels.transcript import Transcript

_LONGEST = 160  # characters
_WORDS_OF_DATE = 4
_BETWEEN = re.compile(r"\s{2,}|\t|\s?[|·•]\s?")
_FEWEST_ENTRIES = 3
_SIGNS = " \t*_#"


def with_head(transcript: Transcript, byline: str) -> Transcript:
    """The transcript with the title, publisher and byline that its introduction begins with, as far as it has none."""
    transcript = without_date(with_headline(transcript))
    return replace(transcript, source_note=transcript.source_note or byline)


def with_headline(transcript: Transcript) -> Transcript:
    """The transcript with the headline of its introduction as its title, and the site as its publisher.

    The name of the site is known from the notices of the page. Lines above the headline stay, to be proposed for
    removal. A transcript with another title is returned unchanged, unless its title is a line of the page.
    """
    every = list(_lines_of(transcript))
    site = publisher_in(transcript.title, every)
    if (
        transcript.title
        and not site
        and not is_furniture(transcript.title)
        and not _is_in_menu(transcript.title, every)
    ):
        return transcript
    lines = transcript.introduction.split("\n")
    at = next((at for at, line in enumerate(lines) if line.strip() and not is_furniture(line, opens=True)), len(lines))
    if at < len(lines) and not site and (site := publisher_in(lines[at], every)):
        del lines[at]
        at = next((at for at, line in enumerate(lines) if line.strip() and not is_furniture(line, opens=True)), at)
    if not _is_headline(lines, at):
        return transcript
    title = lines[at].strip(_SIGNS)
    introduction = "\n".join(lines[:at] + lines[at + 2 :]).strip()  # without the blank line below
    publisher = transcript.publisher or site
    return replace(transcript, title=title, introduction=introduction, publisher=publisher)


def _is_in_menu(title: str, lines: Sequence[str]) -> bool:
    """Whether a title is the name of a section: an entry of a line that is a menu, `News | Culture | Sport`."""
    menus = (_BETWEEN.split(line.strip()) for line in lines if title in line)
    return any(title in menu and len(menu) >= _FEWEST_ENTRIES for menu in menus)


def without_date(transcript: Transcript) -> Transcript:
    """The transcript without a paragraph of its introduction that only repeats its date."""
    paragraphs = transcript.introduction.split("\n\n")
    dates = [one for one in paragraphs if is_date_line(one) and date_in(one) == transcript.date]
    if len(dates) != 1:
        return transcript
    paragraphs.remove(dates[0])
    return replace(transcript, introduction="\n\n".join(paragraphs).strip())


def _is_headline(lines: Sequence[str], at: int) -> bool:
    """Whether a line is a paragraph above the rest of the introduction, and not a sentence, field or date."""
    if at >= len(lines) or not any(line.strip() for line in lines[at + 1 :]) or lines[at + 1].strip():
        return False
    line = lines[at].strip(_SIGNS)
    label, colon, text = line.partition(": ")
    is_field = bool(colon) and len(label.split()) == 1 and not is_titled(label, text)
    is_sentence = line.endswith((".", "。", ":", "：", "…"))
    is_date = bool(date_in(line)) and len(line.split()) <= _WORDS_OF_DATE
    return 0 < len(line) <= _LONGEST and not (is_field or is_sentence or is_date)


def _lines_of(transcript: Transcript) -> Iterator[str]:
    yield from transcript.introduction.split("\n")
    yield from (one.text for one in transcript.unread)
    for turn in transcript.turns:
        yield from turn.text.split("\n")
