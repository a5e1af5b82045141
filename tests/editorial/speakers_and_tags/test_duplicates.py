import pytest

from panels.editorial.speakers_and_tags.duplicates import likely_duplicates


def pairs(*names: str, people: bool = True) -> list[tuple[str, str, str]]:
    found = likely_duplicates([(name, name.split(" = ")) for name in names], people=people)
    return [(pair.one, pair.other, pair.why) for pair in found]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Jane Doe", "Doe, Jane", "same words"),
        ("Zhang San", "张三", "same words"),
        ("Zhang San", "Zhang = 张三", "same words"),
        ("Zoë Müller", "Zoe Muller", "same words"),
        ("ZhangSan", "Zhang San", "same words"),
        ("J. Doe", "Jane Doe", "initials"),
        ("Jane Doe", "Doe J.", "initials"),
        ("Jane Doe", "Jane Deo", "similar spelling"),
        ("Erika Mustermann", "Erika Musterman", "similar spelling"),
        ("Mustermann", "Erika Mustermann", "one name contains the other"),
    ],
)
def test_what_may_be_one_person(one: str, other: str, why: str) -> None:
    assert pairs(one, other) == [(one, other, why)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jane Doe", "John Doe"), ("Ann Lee", "Bob Ray"), ("Li Si", "Wang Wu"), ("J. Doe", "K. Doe"), ("...", "—")],
)
def test_what_is_taken_for_two(one: str, other: str) -> None:
    assert pairs(one, other) == []


def test_tags_are_compared_by_their_words_and_letters_alone() -> None:
    assert pairs("Archive", "Archives", "Town archive", "archive, town", people=False) == [
        ("Town archive", "archive, town", "same words"),
        ("Archive", "Archives", "similar spelling"),
    ]


def test_a_name_that_many_share_is_no_likeness() -> None:
    assert pairs("Lee", *(f"Person{chr(97 + n)} Q{chr(97 + n) * 3} Lee" for n in range(25))) == []
