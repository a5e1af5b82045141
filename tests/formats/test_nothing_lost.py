"""The law of all readers: every word of a source is somewhere in what is read, whatever the source."""

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from panels.formats import registry
from panels.formats.base import FormatError, Source
from panels.formats.native import json_archive

PIECES = [
    "Ada Byron: hello there",
    "**Ada Byron:** so it goes",
    "**Carl** [0:07] indeed",
    "__Ben__: emphasised words",
    "### Dora：",
    "Emil  0:03  ",
    "(00:01:21):",
    "Q: why so?",
    "A - because",
    "# A heading",
    "## Another heading?",
    "Plain words stand here.",
    "```",
    "**Break:** \\[23:43\\]",
    "[link]: https://example.org",
    "12:00:01 <nick> in a log",
    "12:00:02 -!- nick has joined",
    "00:06:51\tAda:\tin a chat",
    "- a point of a list",
    "> quoted words",
    "Transcribed by https://otter.ai",
    "",
    "",
    "",
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("\n".join)
WORD = re.compile(r"[^\W\d_]{2,}")


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.lower()))


@given(TEXTS)
def test_every_word_is_kept(text: str) -> None:
    try:
        written = re.sub(r"\\[nt]", " ", json_archive.write(registry.read(Source.of(text))))
    except FormatError:
        return

    assert words(text) - words(written) == Counter()
