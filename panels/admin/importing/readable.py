"""The formats that Panels reads, for the import page: how to get each from common tools, and what is kept.

`docs/formats.md` has the same table; a test compares both with the registry.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ReadableFormat:
    """A readable format: its name in the registry and for people, where it comes from, and what is kept."""

    name: str
    label: Promise | str
    source: Promise | str
    kept: Promise | str


READABLE: tuple[ReadableFormat, ...] = (
    ReadableFormat(
        "docx",
        _("Word document (.docx)"),
        _("Word, Google Docs, Teams: Download as .docx"),
        _("headings, formatting, labels; notes, comments and deletions listed"),
    ),
    ReadableFormat(
        "odt",
        _("OpenDocument text (.odt)"),
        _("LibreOffice, Google Docs: Download as .odt"),
        _("the same as of Word documents"),
    ),
    ReadableFormat(
        "rtf",
        _("Rich Text Format (.rtf)"),
        _("TextEdit, WordPad, court and newsroom systems: Save as RTF"),
        _("the same as of Word documents"),
    ),
    ReadableFormat(
        "pdf",
        _("PDF file with text (.pdf)"),
        _("any program: Print → Save as PDF, or Export as PDF"),
        _("bold labels, headings, guessed paragraphs; running heads, page numbers, footnotes listed"),
    ),
    ReadableFormat("json", _("JSON of Panels"), "/events/<slug>.json", _("everything")),
    ReadableFormat("session", _("Session document (.md)"), _("/events/<slug>.md, or by hand"), _("everything")),
    ReadableFormat("text", _("Plain text of Panels"), "/events/<slug>.txt", _("session, speakers, words, times")),
    ReadableFormat(
        "vtt",
        _("WebVTT captions (.vtt)"),
        _("Zoom, Teams, YouTube Studio, Descript, Riverside"),
        _("voices or labels, times"),
    ),
    ReadableFormat("srt", _("SRT captions (.srt)"), _("most editors and recognisers"), _("labels, times")),
    ReadableFormat("sbv", _("SBV and SubViewer captions"), _("YouTube Studio: Download → .sbv"), _("labels, times")),
    ReadableFormat("ass", _("ASS and SSA subtitles"), "Aegisub", _("names, times")),
    ReadableFormat("lrc", _("LRC captions"), _("recorders and players"), _("labels, times")),
    ReadableFormat("ttml", _("TTML, IMSC and DFXP captions"), _("broadcasters, Premiere"), _("agents, times")),
    ReadableFormat(
        "youtube",
        _("YouTube captions (srv1–3, json3)"),
        _("yt-dlp: --write-subs --sub-format json3"),
        _("times; no names"),
    ),
    ReadableFormat(
        "transcript-panel",
        _("Transcript beside a video, copied"),
        _("YouTube: Show transcript, select, copy"),
        _("each passage with its time, chapters"),
    ),
    ReadableFormat("akn", "Akoma Ntoso", _("parliaments, SayIt, Bungeni"), _("speakers, sections, times")),
    ReadableFormat(
        "tei", "TEI (ParlaMint)", _("corpora of parliaments"), _("speakers; applause and the like in brackets")
    ),
    ReadableFormat(
        "hansard-xml",
        _("Hansard XML of Canada and Australia"),
        _("ourcommons.ca, aph.gov.au: XML"),
        _("speakers with riding or party, subjects, times"),
    ),
    ReadableFormat(
        "publicwhip", "TheyWorkForYou XML", _("TheyWorkForYou, OpenAustralia"), _("speakers, headings, times")
    ),
    ReadableFormat("ohms", "OHMS XML", _("OHMS: Export XML"), _("title, day, people, transcript, index as headings")),
    ReadableFormat("trs", "Transcriber (.trs)", "Transcriber", _("speakers, topics, times")),
    ReadableFormat(
        "exmaralda",
        "EXMARaLDA (.exb)",
        _("Partitur Editor: Save as .exb"),
        _("speakers, times; further tiers listed"),
    ),
    ReadableFormat("elan", "ELAN (.eaf)", _("ELAN: Save as .eaf"), _("speakers, times; further tiers listed")),
    ReadableFormat(
        "html",
        _("Web page (.html)"),
        _("the browser: Save page as, or copy and paste"),
        _("labels, tables, times, formatting"),
    ),
    ReadableFormat("oyez", "Oyez", "api.oyez.org", _("speakers, sections, times")),
    ReadableFormat(
        "asr_json",
        _("Speech recognisers' JSON"),
        _(
            "Whisper and derivatives, Deepgram, AssemblyAI, AWS, Google, Azure, "
            "Vosk, Speechmatics, Rev, Trint, Sonix, Happy Scribe, Fireflies, Fathom, Otter, "
            "Feishu Minutes, Tencent Meeting, DingTalk"
        ),
        _("speakers or numbered voices, times"),
    ),
    ReadableFormat(
        "chat-json",
        _("Chats as JSON"),
        _("DiscordChatExporter, Slack's export, Telegram Desktop"),
        _("names, dates and times"),
    ),
    ReadableFormat(
        "telegram-html",
        _("Telegram chat as HTML"),
        _("Telegram Desktop: Export chat history → HTML"),
        _("names, dates and times; forwarded messages as quotations"),
    ),
    ReadableFormat(
        "csv", _("Table (.csv, .tsv)"), _("spreadsheets with columns for speaker and words"), _("speakers, times, tags")
    ),
    ReadableFormat("zoom-chat", _("Zoom chat"), _("Zoom: Save chat"), _("names, times, replies; reactions listed")),
    ReadableFormat(
        "whatsapp",
        "WhatsApp",
        _("Export chat → Without media"),
        _("names, dates and times; the app's own notes listed"),
    ),
    ReadableFormat(
        "chat-export",
        _("Discord, Telegram, Slack, Teams chat"),
        _("DiscordChatExporter as text, or copied from the page"),
        _("names, dates and times"),
    ),
    ReadableFormat(
        "deposition",
        _("Deposition"),
        _("court reporters' text, with or without numbered lines"),
        _("Q. and A., officers, parts of the examination; line numbers removed"),
    ),
    ReadableFormat("irc-log", _("IRC log"), _("the channel's log"), _("nicks, times; joins and parts listed")),
    ReadableFormat(
        "article", _("Article with a panel"), _("copied from the page"), _("panelists, numbered questions, tags")
    ),
    ReadableFormat(
        "interview", _("Interview"), _("blog posts: headings ask, one guest answers"), _("questions, answers")
    ),
    ReadableFormat("markdown-bold", _("Bold names"), _("**Name:** text in Markdown"), _("speakers, times, headings")),
    ReadableFormat("markdown-emphasis", _("Names in italics"), _("_Name:_ text in Markdown"), _("speakers, times")),
    ReadableFormat("markdown-heading", _("Names as headings"), _("### Name in Markdown"), _("speakers, times")),
    ReadableFormat(
        "name-time",
        _("Names with times"),
        _("Otter, Rev, Descript, Fathom: Copy or Export as text"),
        _("speakers, times"),
    ),
    ReadableFormat("name-alone", _("Names on their own lines"), _("copied pages"), _("speakers")),
    ReadableFormat("question-answer", _("Questions and answers"), _("Q: and A:"), _("who asks, who answers")),
    ReadableFormat(
        "name-colon",
        _("Names before a colon"),
        _("minutes, Google Meet: Transcript, most text"),
        _("speakers, times, attendees"),
    ),
    ReadableFormat("name-dash", _("Names before a dash"), _("interviews: Name — text"), _("speakers, times, headings")),
    ReadableFormat("plain", _("Other text"), _("any other text"), _("one unattributed turn")),
)
_LABELS = {known.name: known.label for known in READABLE}


def label_of(name: str) -> Promise | str:
    """The label of a format by its name in the registry; the name itself if it is from another release."""
    return _LABELS.get(name, name)
