"""The language of a text whose source does not say it: a guess, to be shown as one."""

import re
from functools import cache
from typing import Any

from panels.transcript import Transcript
from panels.transcript.scripts import contradicts_script, language_by_script, script_of

_READ = 20_000  # characters from the start of a text
_FEWEST = 120  # letters: shorter texts are often taken for another language
_CERTAIN = 0.95  # probability; real transcripts are recognised with 0.98 and more, lists of names with less than 0.8
_MODEL_READS = 3_000  # bytes, in pieces from all over the text
_URL = re.compile(r"https?://\S+")


def guess_language(transcript: Transcript) -> str:
    """The language that the words are probably in, as a tag; empty if they do not tell."""
    return language_of("\n".join(turn.text for turn in transcript.turns))


def language_of(text: str) -> str:
    """The language of a text by its script, or by its words if several languages share the script.

    Empty if neither is certain, as in a short text or a list of names.
    """
    return language_by_script(text) or _language_by_words(text)


def _language_by_words(text: str) -> str:
    read = _URL.sub(" ", text[:_READ])
    if not script_of(read) or sum(map(str.isalpha, read)) < _FEWEST:
        return ""
    found = _identifier().FindLanguage(read.encode(errors="ignore").decode())
    tag: str = found.language
    is_certain = found.is_reliable and found.probability >= _CERTAIN
    return tag if is_certain and not contradicts_script(tag, read) else ""


@cache
def _identifier() -> Any:
    """Loaded with the first text that needs it: 3 MB that a worker who imports nothing does not hold."""
    import gcld3  # noqa: PLC0415

    return gcld3.NNetLanguageIdentifier(0, _MODEL_READS)
