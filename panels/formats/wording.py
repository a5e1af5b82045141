"""Mark the messages of readers and writers for translation.

Formats do not use Django and speak English: stored values and command output are the English sentences. The interface
translates them when it shows them (`panels/editorial/wording.py`).
"""

from __future__ import annotations

import re

TEMPLATES: dict[str, tuple[str, ...]] = {}
"""The marked sentences that hold values, each cut at its placeholders: words and names in turn, words at both ends."""

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def gettext_noop(message: str) -> str:
    """Mark a sentence, so that `make messages` collects it, and return it unchanged.

    A sentence with values is a constant of its module, `_COLUMN = gettext_noop("column “%(name)s”")`, and used as
    `_COLUMN % {"name": name}`: with its values in it, it is recognised by `values_in`.
    """
    if _PLACEHOLDER.search(message):
        TEMPLATES[message] = tuple(_PLACEHOLDER.split(message))
    return message


def values_in(sentence: str, template: str) -> dict[str, str] | None:
    """The values with which a template makes a sentence; None if it does not make it.

    >>> template = gettext_noop("column “%(name)s”")
    >>> values_in("column “Notes”", template)
    {'name': 'Notes'}
    """
    parts = TEMPLATES[template]
    first, *inner, last = parts[::2]
    until = len(sentence) - len(last)
    if not sentence.startswith(first) or not sentence.endswith(last) or until < len(first):
        return None
    values, start = [], len(first)
    for words in inner:
        end = sentence.find(words, start, until)
        if end < 0:
            return None
        values.append(sentence[start:end])
        start = end + len(words)
    return dict(zip(parts[1::2], (*values, sentence[start:until]), strict=True))
