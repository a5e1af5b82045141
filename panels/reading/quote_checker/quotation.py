"""Parse a quotation into its runs of words, separated where something was left out or inserted."""

import re
from dataclasses import dataclass

from panels.reading.quote_checker.tokens import Token, readable, tokens_of, trimmed

LONGEST = 10_000
_FEWEST_WORDS = 3

_ELLIPSES = r"(?:…|⋯|\.(?: ?\.){2,}+|．{3,}+)++"  # possessive, because a row of dots could match in very many ways
_LEFT_OUT = rf"[\[(（【［]\s*{_ELLIPSES}\s*[\])）】］]|{_ELLIPSES}"
_PUT_IN = r"[\[［][^\]］\n]{0,120}[\]］]"
_LETTER_CHANGED = re.compile(r"\[(\w)\](?=\w)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*+\)")
_GAP = re.compile(rf"{_LEFT_OUT}|{_PUT_IN}|\x00")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A pasted quotation, and its runs of words; between two runs there is a gap of any length.

    A gap is an ellipsis or something in square brackets, such as "[the library]" or "[sic]". A run may begin a new
    sentence, so the case of its first letter is ignored.
    """

    text: str
    runs: tuple[tuple[Token, ...], ...]

    @property
    def words(self) -> tuple[Token, ...]:
        return tuple(token for run in self.runs for token in run if token.is_word)

    @property
    def is_too_short(self) -> bool:
        """Whether it has so few words that they would match anywhere."""
        return len(self.words) < _FEWEST_WORDS


def read_quotation(pasted: str) -> Quotation:
    """Parse a pasted text, of which at most `LONGEST` characters are read."""
    text = readable(pasted[:LONGEST]).strip()
    text = _LETTER_CHANGED.sub("\x00\\1", _LINK.sub(r"\1", text))
    runs = []
    start = 0
    for gap in [*_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        runs.append(_shifted(trimmed(tokens_of(text[start:end])), start))
        start = gap.end() if gap else end
    return Quotation(text.replace("\x00", " "), tuple(run for run in runs if run))


def _shifted(run: tuple[Token, ...], by: int) -> tuple[Token, ...]:
    return tuple(Token(token.key, token.start + by, token.end + by) for token in run)
