"""The language of a text whose source does not say it: a guess, to be shown as one."""

from panels.editorial.importing.speaker_matching import turns_of
from panels.transcript import Transcript
from panels.transcript.scripts import language_by_script

_READ = 20_000  # characters of the words


def guess_language(transcript: Transcript) -> str:
    """The language that the words are probably in, as a tag; empty if they do not tell."""
    return language_by_script(_words(transcript))


def _words(transcript: Transcript) -> str:
    """The first words: a guess needs no more."""
    words: list[str] = []
    size = 0
    for turn in turns_of(transcript):
        words.append(turn.text)
        size += len(turn.text)
        if size >= _READ:
            break
    return "\n".join(words)
