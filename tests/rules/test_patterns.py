"""Every regular expression takes time in proportion to the text, so that nobody's text keeps the server busy."""

import re

import pytest

from panels.reading.quote_checker.quotation import read_quotation
from panels.transcript.text import without_marks
from tests.rules.backtracking import Backtracking
from tests.rules.patterns import Use, pumps, steep, uses

USES = uses()
MODULES = sorted({use.where.partition(":")[0] for use in USES})

BAD = [
    (r"\]\([^)\n]*\)|[*`]", "sub"),
    (r"\s*[,;]\s*", "split"),
    (r"(a+)+b", "match"),
    (r"(.+) \((.+)\)", "fullmatch"),
    (r"\[([^\]\n]*)\]\([^)\n]*\)", "sub"),
    (r"[\[]\s*(?:…|\.(?: ?\.){2,})+\s*[\]]", "finditer"),
    (r"(?:REPLY|ANSWER)\s*:?(?:\s+BY\s+.*)?", "fullmatch"),
    (r"(?:^|\s)(?:[\w-]*speaker[\w-]*|who)(?:$|\s)", "search"),
    (r"(?P<name>.+?) \(attribution inferred: (?P<evidence>.+)\)", "fullmatch"),
    (r"\s*<!DOCTYPE\s+[^\[>]*(?:\[(.*?)\]\s*)?>", "match"),
    (r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z", "search"),
]


def test_all_patterns_are_found() -> None:
    names = {(use.where.partition(":")[0], use.name) for use in USES}

    assert len(USES) > 250
    assert {
        ("panels.transcript.text", "_MARKS"),  # a name at the beginning of a line
        ("panels.transcript.words", "_wide"),  # one of several that a loop makes
        ("panels.transcript.words", "_STEM_FIXES"),  # in a tuple
        ("panels.formats.speakers.names", "re"),  # inside a function
        ("panels.models.validators", "re"),  # handed on at once
    } <= names


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("module", MODULES)
def test_every_pattern_is_linear(module: str) -> None:
    found = {str(use): shown for use in USES if use.where.partition(":")[0] == module if (shown := steep(use))}

    assert found == {}


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize(("pattern", "method"), BAD)
def test_a_pattern_that_is_not_would_be_noticed(pattern: str, method: str) -> None:
    assert steep(Use("here:1", "_BAD", re.compile(pattern), method))


@pytest.mark.slow
def test_the_counted_search_finds_what_re_finds() -> None:
    for use in USES:
        if isinstance(use.pattern.pattern, str):
            search = Backtracking(use.pattern)
            for before, pumped, after in pumps(use.pattern)[::40]:
                text = before + pumped * 3 + after

                assert search.spans(text, "finditer", 10_000_000) == [
                    found.span() for found in use.pattern.finditer(text)
                ], (use, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[the library](https://example.org/a_(b)_c) opens", "the library opens"),
        ("[a](b) [c](d)", "a c"),
        ("[a](", "a("),
        ("*so* it `is`", "so it is"),
        ("[a](b", "a(b"),
    ],
)
def test_marks_are_taken_off_as_before(text: str, expected: str) -> None:
    assert without_marks(text) == expected


def test_a_row_of_dots_is_one_gap() -> None:
    read = read_quotation("What the library keeps [" + "." * 5000 + "] and what it gives away")

    assert len(read.runs) == 2
