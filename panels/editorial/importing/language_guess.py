"""The language of a text whose source does not say it: a guess, to be shown as one."""

from panels.editorial.importing.speaker_matching import turns_of
from panels.transcript import Transcript
from panels.transcript.scripts import language_by_script


def guess_language(transcript: Transcript) -> str:
    """The language that the words are probably in, as a tag; empty if they do not tell."""
    return language_by_script("\n".join(turn.text for turn in turns_of(transcript)))
