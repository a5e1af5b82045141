"""Markdown to safe HTML: CommonMark with HTML disabled, then an allow-list as a second defence.

It is rendered on each read and not stored: stored HTML would outlive the sanitizer that made it. Prose without any
markup, which is most of what people say, takes a fast path of a few microseconds.
"""

import re
from functools import lru_cache
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKED = re.compile(r"[*_`\[<\\]|~~|&[#\w]|^(?: {4}|\t)|^ {0,3}[#>=+-]", re.MULTILINE)
_PLAIN_START = re.compile(r"(?!\d+[.)])[^\s#>*+=`~|\-\[]")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:", re.MULTILINE)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_ELEMENTS = {
    "p",
    "br",
    "em",
    "strong",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "s",
}

_commonmark = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough").disable("image")
_cleaner = nh3.Cleaner(
    tags=_ELEMENTS,
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener",
)

_inline_cleaner = nh3.Cleaner(tags={"br", "em", "strong", "code", "s"}, attributes={})


@lru_cache(maxsize=4096)
def render(text: str) -> SafeString:
    """The HTML of a Markdown text. Numbered items keep the form and number in which they were written."""
    if not _MARKED.search(text):
        return mark_safe(_plain(text))  # noqa: S308 - escaped in _plain
    html = _commonmark.render(_lower_headings(_escape_list_numbers(text)))
    return mark_safe(_cleaner.clean(html))  # noqa: S308 - cleaned against the allow-list


def render_inline(text: str) -> SafeString:
    """The HTML without block elements, for headings: paragraphs are separated by line breaks."""
    lines = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    return mark_safe(_inline_cleaner.clean(_commonmark.renderInline(lines)))  # noqa: S308 - cleaned


def split_opening(text: str) -> tuple[str, str]:
    """The first paragraph of a Markdown text, and the rest; the rest is empty if the text cannot be divided."""
    opening, _break, rest = text.strip().partition("\n\n")
    divisible = _PLAIN_START.match(opening) and not _DEFINITION.search(text)
    return (opening, rest.strip()) if divisible else (text, "")


def _plain(text: str) -> str:
    paragraphs = (escape(part.strip()).replace("\n", "<br>\n") for part in _PARAGRAPHS.split(text) if part.strip())
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)


def _escape_list_numbers(text: str) -> str:
    """`1) …` and `1. …` as plain paragraphs: as lists they could be renumbered and would lose their punctuation."""
    return re.sub(r"^( {0,3}\d+)([.)])(?=\s)", r"\1\\\2", text, flags=re.MULTILINE)


def _lower_headings(text: str) -> str:
    """The text with its headings moved below the page's own."""
    return re.sub(r"^( {0,3})#{1,2}(?=\s)", r"\1###", text, flags=re.MULTILINE)
