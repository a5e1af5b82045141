"""Many ways to write who speaks: each sample is read with its labels, and no word of it is lost.

`samples/ways_of_naming.txt` holds them: a name after `===`, the labels expected (`?` for nobody), the text.
"""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.native import json_archive
from panels.transcript import Transcript

SAMPLES = (Path(__file__).parents[2] / "samples" / "ways_of_naming.txt").read_text()
CASES = {
    name: (labels.split("; "), text)
    for name, labels, text in re.findall(r"^=== (.+)\n(.+)\n\n((?:(?!=== ).*\n)+)", SAMPLES, re.MULTILINE)
}
WORD = re.compile(r"[^\W\d_]{2,}")
MARKUP = re.compile(r"</?[a-z]\w*[^<>]*>")
ENCODINGS = {
    "utf-8-sig": "Erika Mustermann: Grüße!\n\n张三：你好。\n\nErika Mustermann: Warum?\n\n张三：因为。\n",
    "utf-16": "Erika Mustermann: Grüße!\n\n张三：你好。\n\nErika Mustermann: Warum?\n\n张三：因为。\n",
    "windows-1252": "Müller: „Grüße“ – los geht’s.\n\nMuster: Schön.\n\nMüller: Überall?\n\nMuster: Natürlich.\n",
    "gb18030": "张三：大家好，欢迎各位来到今天的讨论。\n\n李四：谢谢。\n\n张三：请问为什么？\n\n李四：没有原因。\n",
}


def labels_of(transcript: Transcript) -> list[str]:
    turns = [turn for exchange in transcript.exchanges for turn in (exchange.question, *exchange.answers) if turn]
    questions = [exchange.question for exchange in transcript.exchanges]
    return [turn.label or turn.speaker or "?" for turn in turns if turn.label or turn not in questions]


def test_every_sample_is_found() -> None:
    assert len(CASES) == SAMPLES.count("=== ")


@pytest.mark.parametrize("case", CASES)
def test_labels_are_read(case: str) -> None:
    labels, text = CASES[case]

    transcript = registry.read(Source.of(text))

    assert [label.rstrip(" -.:") for label in labels_of(transcript)] == [label.rstrip(".") for label in labels]


@pytest.mark.parametrize("case", [case for case in CASES if not case.startswith(("ama", "asr", "csv", "table", "vtt"))])
def test_no_word_is_lost(case: str) -> None:
    _, text = CASES[case]

    written = re.sub(r"\\[nt]", " ", json_archive.write(registry.read(Source.of(text))))

    assert Counter(WORD.findall(MARKUP.sub(" ", text).lower())) - Counter(WORD.findall(written.lower())) == Counter()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_neither_encoding_nor_line_ends_matter(encoding: str, end: str) -> None:
    text = ENCODINGS[encoding]

    raw = text.replace("\n", end).encode(encoding)

    found = registry.read(Source(raw))

    doubts = [item for item in found.unread if item.reason.startswith("not UTF-8: read as ")]
    remaining = tuple(item for item in found.unread if item not in doubts)
    assert replace(found, unread=remaining) == registry.read(Source.of(text))
    assert len(doubts) == (encoding in ("windows-1252", "gb18030"))
