"""Find two spellings of what may be one name: `Ben Marsh` and, once, `Ben Mrash`."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import combinations

from panels.editorial.proposals.unresolved import without_labels
from panels.formats.speakers.east_asian_names import is_east_asian
from panels.formats.speakers.names import is_misspelt
from panels.formats.speakers.parts_played import is_name_part
from panels.formats.speakers.words.identity import TITLES
from panels.transcript import Transcript, Turn
from panels.transcript.text import sort_key_of

_MOST = 100  # names that are compared with each other


@dataclass(frozen=True, slots=True)
class SpellingDoubt:
    """A name that may be another spelling of `speaker`, who speaks more often. An editor decides."""

    name: str
    speaker: str
    passages: int

    @property
    def text(self) -> str:
        """The key under which a declined proposal is remembered."""
        return f"{self.name} / {self.speaker}"


def spelling_doubts(transcript: Transcript, dismissed: Collection[str] = ()) -> tuple[SpellingDoubt, ...]:
    """The names that are nearly the same as others, each once, without the pairs `dismissed`."""
    count = Counter(turn.speaker for turn in transcript.turns if turn.speaker)
    names = [name for name, _count in count.most_common(_MOST) if not is_name_part(name)]
    keys = {name: sort_key_of(name).split() for name in names}
    found: dict[str, SpellingDoubt] = {}
    for speaker, name in combinations(names, 2):
        doubt = SpellingDoubt(name, speaker, count[name])
        if name in found or speaker in found or doubt.text in dismissed:
            continue
        exactly = is_east_asian(name) or is_east_asian(speaker)
        if _is_near(keys[name], keys[speaker], exactly=exactly):
            found[name] = doubt
    return tuple(found.values())


def with_spelling(transcript: Transcript, name: str, speaker: str) -> Transcript:
    """The transcript with the passages of a misspelt name attributed to the speaker."""
    label = next((turn.label for turn in transcript.turns if turn.speaker == speaker), speaker)

    def renamed(turn: Turn) -> Turn:
        return replace(turn, speaker=speaker, label=label, candidates=()) if turn.speaker == name else turn

    exchanges = (
        replace(one, question=one.question and renamed(one.question), answers=tuple(map(renamed, one.answers)))
        for one in transcript.exchanges
    )
    return without_labels(replace(transcript, exchanges=tuple(exchanges)), {name: speaker})


def _is_near(words: Collection[str], others: Collection[str], *, exactly: bool) -> bool:
    """Whether two names differ at most in the spelling of one word; with `exactly`, only if they sound the same."""
    if sorted(words) == sorted(others):
        return True
    these, those = set(words) - set(others), set(others) - set(words)
    if exactly or len(these) != 1 or len(those) != 1:
        return False
    (word,), (other,) = these, those
    if not (word.isalpha() and other.isalpha()) or {word, other} & TITLES:
        return False
    return is_misspelt(word, other)
