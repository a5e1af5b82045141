"""Rolling captions: cues that repeat the text of the previous cue, read once.

Live captions and YouTube's automatic ones carry the last line over, add word after word, or show a line once for each
of its words. A file rolls if many of its cues do; somebody saying "Yes." twice is no sign of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from panels.formats.captions.cue_files import Cue
from panels.formats.limits import timed
from panels.formats.parsing.spacing import UNSPACED
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_ROLLING = gettext_noop("rolling captions: repeated in %(count)s cues, read once")

_PIECE = re.compile(rf"<[^<>\n]*>|\{{\\[^{{}}\n]*\}}|(?P<word>[{UNSPACED}]|[^\s<{UNSPACED}]+|<)|(?P<end>\n)")
_GAP = 1.0  # maximum seconds between a cue and one that continues it
_SOME = 0.25  # of the pairs of cues, in a rolling file
_LONG = 3  # equal words that are no coincidence, wherever a line ends
_MOST = 120  # words that a cue carries over
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Shown:
    """The words of a cue, where each ends in its text, and after how many of them a line ends."""

    cue: Cue
    words: tuple[str, ...]
    ends: tuple[int, ...]
    lines: frozenset[int]


def read_once(cues: Sequence[Cue]) -> tuple[list[Cue], list[Unread]]:
    """The cues without the words that they carry over, and a note if the file rolls."""
    shown = [_shown(cue) for cue in timed(cues)]
    carried = [0, *(_carried(before, after) for before, after in timed(list(pairwise(shown))))]
    signs = sum(_is_sign(*pair, count) for pair, count in zip(pairwise(shown), carried[1:], strict=True))
    if signs < min(_PAIR, len(cues) - 1) or signs < _SOME * (len(cues) - 1) or not signs:
        return list(cues), []
    remaining = [_cut(one, count) for one, count in zip(shown, carried, strict=True)]
    first = next(one for one, count in zip(shown, carried, strict=True) if count)
    repeated = sum(1 for count in carried if count)
    words = " ".join(first.words[: carried[shown.index(first)]])
    note = Unread(line=first.cue.line, text=words, reason=_ROLLING % {"count": repeated})
    return [cue for cue in remaining if cue.text.strip()], [note]


def _shown(cue: Cue) -> _Shown:
    words: list[str] = []
    ends: list[int] = []
    lines = set()
    for piece in _PIECE.finditer(cue.text):
        if piece["word"]:
            words.append(piece["word"])
            ends.append(piece.end())
        elif piece["end"]:
            lines.add(len(words))
    return _Shown(cue, tuple(words), tuple(ends), frozenset({*lines, len(words)} - {0}))


def _carried(before: _Shown, after: _Shown) -> int:
    """The number of words at the beginning of a cue that are the last ones of the previous cue."""
    if after.cue.start - before.cue.end > _GAP or before.cue.voice != after.cue.voice:
        return 0
    most = min(len(before.words), len(after.words), _MOST)
    for count in range(most, 0, -1):
        whole = count in after.lines or count == len(before.words) or count >= _LONG
        if whole and before.words[-count:] == after.words[:count]:
            return count
    return 0


def _is_sign(before: _Shown, after: _Shown, count: int) -> bool:
    """Whether a pair of cues shows that the file rolls: new words follow, or another word is highlighted."""
    return 0 < count < len(after.words) or (0 < count == len(before.words) and before.cue.text != after.cue.text)


def _cut(shown: _Shown, count: int) -> Cue:
    if not count:
        return shown.cue
    gone, rest = shown.cue.text[: shown.ends[count - 1]], shown.cue.text[shown.ends[count - 1] :]
    marks = "".join(piece[0] for piece in _PIECE.finditer(gone) if piece[0][:1] in "<{" and not piece["word"])
    return replace(shown.cue, text=marks + rest.lstrip("\n "), line=shown.cue.line + gone.count("\n"))
