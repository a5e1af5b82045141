"""The family name in a name, by the habits of its language; none where it is not plain."""

import pytest

from panels.formats.speakers.family_names import family_name_of


@pytest.mark.parametrize(
    ("name", "family_name"),
    [
        ("Ida Krane", "Krane"),
        ("Dr. Ida Krane", "Krane"),
        ("Senator Jane Doe", "Doe"),
        ("J. R. Marsh", "Marsh"),
        ("Erika von der Heide", "von der Heide"),
        ("Ana de la Cruz", "de la Cruz"),
        ("Noor bin Said", "bin Said"),
        ("Max Muster Jr.", "Muster"),
        ("Conan O'Brien", "O'Brien"),
        ("张三", "张"),
        ("欧阳修", "欧阳"),
        ("Иван Петров", "Петров"),
    ],
)
def test_family_name_stands_in_the_name(name: str, family_name: str) -> None:
    assert family_name_of(name) == family_name
    assert family_name in name


@pytest.mark.parametrize(
    "name",
    [
        "Ida",
        "IK",
        "Dr. Krane",
        "The Chair",
        "Speaker 1",
        "Bank of Exampleton",
        "City Library",
        "山田太郎",
        "王先生",
        "Krane, Ida",
    ],
)
def test_other_names_have_none(name: str) -> None:
    assert family_name_of(name) == ""
