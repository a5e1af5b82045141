"""Definitions of links go with the words that refer to them; those of nothing are kept."""

from tests.formats.reading import reads

TEXT = """**Jane Doe:** See [the site][1] and [more].

**Kim Lee:** I did, at [The Site][1].

**Jane Doe:** So?

**Kim Lee:** [Well] then, [a](https://example.org/c).

[1]: https://example.org/a
[more]: <https://example.org/b> "Title words"
[2]: http
[^1]: A footnote of several words.
"""


def test_a_reference_has_its_definition_below() -> None:
    _, transcript = reads(TEXT)

    assert [answer.text for answer in transcript.exchanges[0].answers] == [
        'See [the site][1] and [more].\n\n[1]: https://example.org/a\n[more]: <https://example.org/b> "Title words"',
        "I did, at [The Site][1].\n\n[1]: https://example.org/a",
        "So?",
        "[Well] then, [a](https://example.org/c).",
    ]


def test_a_definition_of_nothing_is_kept() -> None:
    _, transcript = reads(TEXT)

    assert [(left.line, left.text) for left in transcript.unread] == [
        (11, "[2]: http"),
        (12, "[^1]: A footnote of several words."),
    ]


def test_a_label_in_brackets_defines_no_link() -> None:
    _, transcript = reads("[Jane]: Hello there.\n\n[Kim]: Hi.\n\n[Jane]: So?\n\n[Kim]: Yes.\n")

    assert [answer.speaker for answer in transcript.exchanges[0].answers] == ["Jane", "Kim", "Jane", "Kim"]
