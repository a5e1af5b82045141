import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.transcript.diff import DiffKind, differences


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("So.", "So.", [("same", "So.")]),
        ("", "So.", [("added", "So.")]),
        ("So.", "", [("removed", "So.")]),
        ("a fine day", "a dull day", [("same", "a "), ("removed", "fine"), ("added", "dull"), ("same", " day")]),
        ("three old men", "two new men", [("removed", "three old"), ("added", "two new"), ("same", " men")]),
        ("区块链技术", "区块技术", [("same", "区块"), ("removed", "链"), ("same", "技术")]),
    ],
)
def test_words_that_differ(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(piece.kind.value, piece.text) for piece in differences(old, new)] == expected


@given(old=st.text(), new=st.text())
def test_both_texts_can_be_made_from_the_pieces(old: str, new: str) -> None:
    pieces = differences(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind is not DiffKind.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind is not DiffKind.REMOVED) == new
