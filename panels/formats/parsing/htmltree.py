"""Parse untrusted HTML to a tree: tag soup is accepted, depth and size are bounded, nothing is fetched."""

from __future__ import annotations

from lxml import etree

from panels.formats.errors import FormatError
from panels.formats.limits import TAGS, check_count, in_force
from panels.formats.parsing.xmltree import check_depth
from panels.formats.wording import gettext_noop

_INCOMPLETE = gettext_noop("The HTML could not be read completely: %(fault)s.")

_OF_HEAD = frozenset({"title", "meta", "link", "script", "style", "base", "noscript", "template", "object"})


def parse(text: str) -> etree._Element:
    """The root of a page or of a pasted fragment.

    Raises FormatError if it is nested too deep or too large, and if the parser would stop before the end, as in a text
    of many megabytes without any markup. Anything else is read to the end.
    """
    check_count(text.count("<"), in_force().elements, TAGS)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    # NUL is not a character of HTML, nor is a lone surrogate one of UTF-8.
    source = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as fault:
        raise FormatError(
            gettext_noop("The HTML contains no text."),
            advice=gettext_noop("Use a page that contains a transcript."),
        ) from fault
    for entry in parser.error_log:
        if entry.level_name == "FATAL":
            raise FormatError(
                _INCOMPLETE % {"fault": entry.message.partition(",")[0]},
                line=entry.line,
                advice=gettext_noop("Reduce the nesting there, or copy only the text of the page."),
            )
    if root is None:
        raise FormatError(
            gettext_noop("The HTML contains no text."),
            advice=gettext_noop("Use a page that contains a transcript."),
        )
    _empty_head(root)
    check_depth(root)
    return root


def _empty_head(root: etree._Element) -> None:
    """Move elements that do not belong to the head out of it: the parser leaves those that HTML 4 did not know."""
    head, body = root.find("head"), root.find("body")
    foreign = [child for child in head if child.tag not in _OF_HEAD] if head is not None else []
    if not foreign:
        return
    if body is None:
        body = etree.SubElement(root, "body")
    for at, child in enumerate(foreign):
        body.insert(at, child)
    foreign[-1].tail = (foreign[-1].tail or "") + (body.text or "")
    body.text = None
