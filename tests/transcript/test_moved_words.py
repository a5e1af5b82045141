"""Words that left a passage are found where they stand now."""

import pytest

from panels.transcript.moved_words import moved_words

LONG = "We shall open at ten on every night of the year."


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ({"a": "Yes.", "b": LONG}, {"a": f"Yes.\n\n{LONG}"}, {"b": {"a": 1.0}}),
        ({"a": LONG, "b": "Yes."}, {"a": f"{LONG}\n\nYes."}, {"b": {"a": 1.0}}),
        ({"a": f"Yes. {LONG}"}, {"a": "Yes.", "c": LONG}, {"a": {"c": 1.0}}),
        ({"a": f"Yes. {LONG}", "b": "No."}, {"a": "Yes.", "b": f"{LONG} No."}, {"a": {"b": 1.0}}),
        ({"a": LONG, "b": "No."}, {"b": "No."}, {}),
        ({"a": "We open at ten."}, {"a": "We open at nine."}, {}),
        ({"a": "At ten, as ever.", "b": "At nine."}, {"a": "As ever.", "b": "At nine, at ten."}, {}),
        ({"a": "", "b": "No."}, {"b": "No."}, {}),
        (
            {"a": "大学的图书馆每天晚上开放", "b": "是的。"},
            {"b": "是的。大学的图书馆每天晚上开放。"},
            {"a": {"b": 1.0}},
        ),
    ],
)
def test_words_are_found_where_they_stand_now(
    old: dict[str, str], new: dict[str, str], moved: dict[str, dict[str, float]]
) -> None:
    assert moved_words(old, new) == moved


def test_words_that_went_to_two_places_are_shared_between_them() -> None:
    other = "The lamps of the reading room stay lit until the last reader leaves."

    shares = moved_words({"a": f"{LONG} {other}"}, {"b": LONG, "c": other})["a"]

    assert set(shares) == {"b", "c"}
    assert shares["c"] > shares["b"]


def test_a_phrase_that_many_passages_gained_tells_nothing_of_where_a_passage_went() -> None:
    old = {f"a{number}": f"{LONG} {number} " * 5 for number in range(1000)}
    new = {f"b{number}": text for number, text in enumerate(old.values())}

    moved = moved_words(old, new)

    assert {anchor: list(places) for anchor, places in moved.items()} == {
        f"a{number}": [f"b{number}"] for number in range(1000)
    }
    assert moved_words(old, dict.fromkeys(new, LONG)) == {}
