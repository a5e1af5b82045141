"""Refuse data files that are not transcripts: XML, JSON and the like in shapes that no format reads.

Read as text, their tags and keys would look like speech. The error says what they seem to be.
"""

from __future__ import annotations

import json
import re

from panels.formats.errors import FormatError
from panels.formats.parsing.xmltree import root_name
from panels.formats.wording import gettext_noop

_XML_FILE = gettext_noop("This is an XML file (<%(root)s>) in a form that Panels does not read.")

_EXPORT = gettext_noop("Export the transcript as text, .docx, .srt or .vtt from the program that made it.")
_HTML_NAMES = """
    html head body a abbr address article aside audio b big blockquote br button canvas caption center cite code col dd
    del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i
    iframe img input ins kbd label legend li link main mark menu meta nav noscript object ol option p param picture pre
    q ruby s samp script section select small source span strike strong style sub summary sup svg table tbody td
    template textarea tfoot th thead time title tr track tt u ul var video wbr
"""
_HTML = frozenset(_HTML_NAMES.split())
_XML = re.compile(r"\s*<\?xml\b")
_NAMESPACE = re.compile(r"\s*<[A-Za-z_][\w.:-]*\s[^<>]*\bxmlns(?::\w+)?\s*=")
_JSON = re.compile(r"\s*(?:\{\s*\"|\[\s*(?:\[|\{\s*[\"}]|\"|\d+\s*,|null|true|false))")
_LATEX = re.compile(r"\s*\\documentclass\b")
_POSTSCRIPT = re.compile(r"%!PS")
_LONGEST_NAME = 40


def refuse_data(text: str) -> None:
    """Raise FormatError for data that is not text for people, saying what it seems to be."""
    reason = _reason(text)
    if reason:
        raise FormatError(reason, advice=_EXPORT)


def _reason(text: str) -> str:
    root = root_name(text)
    if root and root not in _HTML and (_XML.match(text) or _NAMESPACE.match(text) or _is_whole(text, root)):
        return _XML_FILE % {"root": root[:_LONGEST_NAME]}
    if _JSON.match(text) and text.rstrip()[-1:] in "}]" and _is_json(text):
        return gettext_noop("This is a JSON file in a form that Panels does not read.")
    if _LATEX.match(text):
        return gettext_noop("This is a LaTeX file.")
    return gettext_noop("This is a PostScript file.") if _POSTSCRIPT.match(text) else ""


def _is_whole(text: str, root: str) -> bool:
    """Whether the first element holds the whole text."""
    return text[-_LONGEST_NAME * 3 :].rstrip().lower().endswith((f"</{root}>", f":{root}>"))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
