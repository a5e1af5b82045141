import pytest

from panels.formats.speakers.names import definition, guesses, looks_like_name


@pytest.mark.parametrize(
    "label",
    [
        "Ada Byron",
        "Maria van der Weide",
        "MF",
        "mooku",
        "張三",
        "Q",
        "Audience member",
        "Speaker 0",
        "Lena | Nora",
        "MM/JHD",
        "Ada Byron, Example Ltd",
        "Prof. Dr. Ada Byron",
        "Ada Byron Jr.",
        "@ada",
        "I",
    ],
)
def test_a_name_looks_like_one(label: str) -> None:
    assert looks_like_name(label)


@pytest.mark.parametrize(
    "label",
    [
        "Break",
        "6:16",
        "Slides",
        "Bette Midler Song",
        "so, I start with a question",
        "https://example.org",
        "- item",
        "我的演讲主题是",
        "第一点",
        "Fixed",
        "It was good.",
    ],
)
def test_what_is_no_name_does_not(label: str) -> None:
    assert not looks_like_name(label)


@pytest.mark.parametrize(
    ("label", "expected"),
    [("MvdW", ["Maria van der Weide"]), ("Jane", ["Jane Doe"]), ("Kral", ["Karl Sample"]), ("Zoe", [])],
)
def test_who_may_be_meant(label: str, expected: list[str]) -> None:
    known = ["Maria van der Weide", "Jane Doe", "Karl Sample"]

    assert [candidate.name for candidate in guesses(label, known)] == expected


def test_a_definition_fits_its_name() -> None:
    assert definition("Mary Fable (MF)") == ("Mary Fable", "MF")
    assert definition("Alex (laughs)") is None
