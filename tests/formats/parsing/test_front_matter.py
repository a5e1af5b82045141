import datetime as dt

import pytest

from panels.formats.base import FormatError
from panels.formats.parsing.front_matter import read_head
from panels.transcript import PanelMember, Role, Transcript, Unread

YAML = """---
title: Fees
date: 2019-06-19
tags: [a, b]
speakers:
  - Ada Byron (CTO)
host: Ben
odd: x
---
Words"""
TOML = """+++
title = "Fees"
date = 2019-06-19
tags = ["a", "b"]
speakers = ["Ada Byron (CTO)"]
host = "Ben"
odd = "x"
+++
"""
JSON = """{"title": "Fees", "date": "2019-06-19", "tags": "a, b",
"speakers": ["Ada Byron (CTO)"], "host": "Ben",
"odd": "x"}
"""


@pytest.mark.parametrize("text", [YAML, TOML, JSON])
def test_heads_say_the_same(text: str) -> None:
    head = read_head(text.split("\n"))

    line = next(n for n, words in enumerate(text.split("\n"), 1) if words.strip().startswith(("odd", '"odd')))
    assert head.transcript == Transcript(
        title="Fees",
        date=dt.date(2019, 6, 19),
        tags=("a", "b"),
        panelists=(PanelMember(name="Ada Byron", title="CTO"), PanelMember(name="Ben", role=Role.HOST)),
        unread=(Unread(line=line, text="odd: x", reason="field that sessions do not have"),),
    )


@pytest.mark.parametrize(
    "text", ["---\na: [\n---", "---\na: &x 1\nb: *x\n---", "+++\na = \n+++", f"+++\na = {'9' * 5000}\n+++"]
)
def test_a_broken_head_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        read_head(text.split("\n"))


@pytest.mark.parametrize("text", ["", "---", "---\nA rule above.\n", "{% raw %}", "{not json"])
def test_what_is_no_head_is_left_alone(text: str) -> None:
    assert read_head(text.split("\n")).found is False


@pytest.mark.parametrize(
    "fields",
    [
        ["tags: [a, b]", "categories: [podcast]", "keywords: a, c"],
        ["categories: [podcast]", "keywords: a, c", "tags: [a, b]"],
        ["keywords: a, c", "tags: [a, b]", "categories: [podcast]"],
        ["keywords: A, c", "topics: [a, b]", "category: podcast"],
    ],
)
def test_tags_are_joined_in_whatever_order_their_fields_stand(fields: list[str]) -> None:
    head = read_head(["---", *fields, "---"])

    assert [tag.casefold() for tag in head.transcript.tags] == ["a", "b", "c", "podcast"]
    assert head.transcript.unread == ()


def test_whoever_is_listed_again_as_the_moderator_is_that() -> None:
    head = read_head(["---", "speakers: [Ida Krane, Ben Marsh]", "moderator: Ida Krane", "---", ""])

    assert [(one.name, one.role.value) for one in head.transcript.panelists] == [
        ("Ida Krane", "moderator"),
        ("Ben Marsh", "panelist"),
    ]
