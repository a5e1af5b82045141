"""What formats say to people, in the language of the interface.

Formats speak English (`panels/formats/wording.py`), and drafts and revisions keep their English sentences. They are
translated when they are shown.
"""

from functools import lru_cache

from django.utils.translation import gettext

from panels.editorial.transcript_edits import SOLE_SPEAKER
from panels.formats import registry  # noqa: F401 — marks the sentences of all formats
from panels.formats.base import FormatError
from panels.formats.wording import TEMPLATES, values_in


def translated(sentence: str) -> str:
    """A reason or an advice in the active language; a sentence of another version of Panels as it is."""
    if not sentence:
        return ""
    known = gettext(sentence)
    return known if known != sentence else _with_values(sentence)


def translated_evidence(evidence: str) -> str:
    """Translate as `translated` does, but leave text that an editor typed, even if the interface has the same words."""
    return gettext(evidence) if evidence == SOLE_SPEAKER else _with_values(evidence)


def error_text(error: FormatError) -> str:
    """Why a text cannot be read, and what to do, in the active language."""
    parts = {"line": error.line, "reason": translated(error.reason), "advice": translated(error.advice)}
    whole = gettext("line %(line)d: %(reason)s %(advice)s") if error.line else gettext("%(reason)s %(advice)s")
    return (whole % parts).strip()


def _with_values(sentence: str) -> str:
    """A sentence with values, translated with the same values."""
    fitting = _template_of(sentence)
    return gettext(fitting[0]) % fitting[1] if fitting else sentence


@lru_cache(maxsize=1024)
def _template_of(sentence: str) -> tuple[str, dict[str, str]] | None:
    """The template that a sentence was made of, with the values in it; the longest if several fit."""
    fitting = [(template, values) for template in TEMPLATES if (values := values_in(sentence, template)) is not None]
    return max(fitting, key=lambda one: len(one[0]), default=None)
