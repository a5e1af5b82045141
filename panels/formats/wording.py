"""The sentences that readers and writers say to people, marked for translation.

Formats know no Django and speak English: what is stored and what commands print is the English sentence. The interface
looks it up in the catalogue when it shows it (`panels/editorial/wording.py`).
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

    >>> gettext_noop("%(name)s leads the session") and values_in("Ida leads the session", "%(name)s leads the session")
    {'name': 'Ida'}
    """
    first, *rest = TEMPLATES[template]
    if not sentence.startswith(first):
        return None
    values, start = {}, len(first)
    for name, words in zip(rest[::2], rest[1::2], strict=True):
        is_last = words is rest[-1]
        end = len(sentence) - len(words) if is_last else sentence.find(words, start)
        if end < start or not sentence.startswith(words, end):
            return None
        values[name], start = sentence[start:end], end + len(words)
    return values
