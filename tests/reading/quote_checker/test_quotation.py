"""How a pasted quotation is taken apart."""

import pytest

from panels.reading.quote_checker import LONGEST, read_quotation
from panels.reading.quote_checker.candidates import terms_of
from panels.reading.quote_checker.fragments import text_fragment


def runs(pasted: str) -> list[str]:
    return [" ".join(token.key for token in run) for run in read_quotation(pasted).runs]


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("“The lamp, lit.”", ["The lamp , lit"]),
        ("The lamp … was lit", ["The lamp", "was lit"]),
        ("The lamp [...] was lit", ["The lamp", "was lit"]),
        ("The lamp . . . was lit", ["The lamp", "was lit"]),
        ("灯……亮着", ["灯", "亮 着"]),
        ("灯（……）亮着", ["灯", "亮 着"]),
        ("then [t]he lamp", ["then", "the lamp"]),
        ("[the town] lit it", ["lit it"]),
        ("lit [sic] at ten", ["lit", "at ten"]),
        ("an (odd) lamp", ["an ( odd ) lamp"]),
        ("e\u0301te\u0301", ["été"]),
        ("soft\u00adware zero\u200bwidth", ["software zerowidth"]),
        ("ten–eleven", ["ten - eleven"]),
        ("snake_case", ["snake case"]),
        ("", []),
    ],
)
def test_runs(pasted: str, expected: list[str]) -> None:
    assert runs(pasted) == expected


def test_only_so_much_is_read() -> None:
    assert len(read_quotation("lamp " * 100_000).text) <= LONGEST


@pytest.mark.parametrize(
    ("pasted", "terms"),
    [
        ("the lamp was extinguished", ["extinguished", "lamp", "the", "was"]),
        ("我们先记下老人的声音，再谈修缮", ["我们先记", "下老人的", "声音", "再谈修缮"]),
        ("用OCR识别了", ["识别了", "OCR"]),
        ("是 的 啊", ["是", "的", "啊"]),
    ],
)
def test_terms(pasted: str, terms: list[str]) -> None:
    assert terms_of(read_quotation(pasted)) == terms


@pytest.mark.parametrize(
    ("passage", "fragment"),
    [
        ("The lamp, lit", ":~:text=The%20lamp%2C%20lit"),
        ("well-meant & dry", ":~:text=well%2Dmeant%20%26%20dry"),
        ("灯亮着", ":~:text=%E7%81%AF%E4%BA%AE%E7%9D%80"),
        ("One line.\n\nAnd another.", ":~:text=One%20line.,And%20another."),
        (
            "word " * 60 + "end",
            ":~:text=word%20word%20word%20word%20word%20word,word%20word%20word%20word%20word%20end",
        ),
        ("", ""),
    ],
)
def test_fragments(passage: str, fragment: str) -> None:
    assert text_fragment(passage) == fragment
