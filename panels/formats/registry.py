"""The table of all formats, and recognising the format of a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from panels.formats.annotation import elan, exmaralda, trs
from panels.formats.base import Format, FormatError, Source
from panels.formats.captions import ass, lrc, sbv, srt, transcript_panel, ttml, vtt, youtube
from panels.formats.chat import chat_export, chat_json, irc_log, telegram_html, whatsapp, zoom_chat
from panels.formats.data import asr_json, csv_table, oyez
from panels.formats.dialogue import (
    deposition,
    md_bold,
    md_emphasis,
    md_heading,
    name_alone,
    name_colon,
    name_dash,
    name_time,
    plain_text,
    question_answer,
)
from panels.formats.dialogue.interviews import article, blog_interview
from panels.formats.hansard import hansard_xml
from panels.formats.limits import Limits, enforcing, timed
from panels.formats.markup import akn, html_page, ohms, publicwhip, tei
from panels.formats.native import json_archive, session_document, text
from panels.formats.office import docx, odt, pdf, rtf
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript

FORMATS: tuple[Format, ...] = (
    pdf.FORMAT,  # first, because bytes that are no text can be asked for nothing else
    rtf.FORMAT,
    odt.FORMAT,
    docx.FORMAT,  # any other zip archive
    json_archive.FORMAT,
    session_document.FORMAT,
    text.FORMAT,
    vtt.FORMAT,
    srt.FORMAT,
    sbv.FORMAT,
    ass.FORMAT,
    lrc.FORMAT,
    ttml.FORMAT,
    youtube.FORMAT,
    akn.FORMAT,
    tei.FORMAT,
    hansard_xml.FORMAT,
    publicwhip.FORMAT,
    ohms.FORMAT,
    trs.FORMAT,
    exmaralda.FORMAT,
    elan.FORMAT,
    telegram_html.FORMAT,
    html_page.FORMAT,
    oyez.FORMAT,
    chat_json.FORMAT,
    asr_json.FORMAT,
    csv_table.FORMAT,
    zoom_chat.FORMAT,
    whatsapp.FORMAT,
    chat_export.FORMAT,
    deposition.FORMAT,
    transcript_panel.FORMAT,
    irc_log.FORMAT,
    article.FORMAT,
    blog_interview.FORMAT,
    md_bold.FORMAT,
    md_emphasis.FORMAT,
    md_heading.FORMAT,
    name_time.FORMAT,
    name_alone.FORMAT,
    question_answer.FORMAT,
    name_colon.FORMAT,
    name_dash.FORMAT,
    plain_text.FORMAT,
)
CERTAIN = 0.95  # a format known by its own syntax: no other needs to be asked


def limits_from(values: Mapping[str, str]) -> Limits:
    """Limits as an operator sets them: `{"seconds": "60", "docx.bytes": "50000000"}`. Raises ValueError."""
    limits = Limits.of(values)
    strange = sorted({name for name, _ in limits.formats} - {known.name for known in FORMATS if known.read})
    if strange:
        raise ValueError(f"“{strange[0]}” is not a format that can be read")
    return limits


def format_named(name: str) -> Format:
    """The format with a name or a suffix. Raises KeyError."""
    for candidate in FORMATS:
        if name.lower() in (candidate.name, candidate.suffix, candidate.suffix.lstrip(".")):
            return candidate
    raise KeyError(name)


def recognised(source: Source) -> tuple[tuple[float, Format], ...]:
    """The formats that a source may be in, the surest first; the table's order parts equals.

    Raises LimitError where finding out takes too long.
    """
    sure: list[tuple[float, Format]] = []
    with enforcing(source.limits):
        for candidate in timed(FORMATS):
            if candidate.read:
                sure.append((_sureness(source, candidate), candidate))
                if sure[-1][0] >= CERTAIN:
                    break
    return tuple(sorted((pair for pair in sure if pair[0] > 0), key=lambda pair: -pair[0]))


def _sureness(source: Source, entry: Format) -> float:
    """How sure a format is. A source that is no text is none of those that are, and no error until it is read."""
    try:
        return entry.recognises(source) if entry.recognises else 0.0
    except FormatError:
        return 0.0


def read(source: Source) -> Transcript:
    """Read a source in the format it is found to be in. Raises FormatError."""
    return read_as(source)[1]


def read_as(source: Source) -> tuple[Format, Transcript]:
    """As `read`, and the format it was found to be in."""
    if not source.raw.strip():
        raise FormatError(gettext_noop("The file is empty."), advice=gettext_noop("Choose a file with a transcript."))
    with enforcing(replace(source.limits, seconds=source.limits.most_seconds)):
        for _, chosen in recognised(source):
            if chosen.read:
                return chosen, chosen.read(source)
    source.check_size(source.limits.bytes)
    raise FormatError(
        gettext_noop("The format could not be recognised."), advice=gettext_noop("Paste the transcript as text.")
    )
