"""The one function that says whether a label is a person, judged by a table of labels."""

import sys
import unicodedata
from pathlib import Path

import pytest

from panels.formats.speakers.people_labels import decides, is_person, person_name

LINES = (Path(__file__).parent / "labels_people.txt").read_text(encoding="utf-8").split("\n")
ENTRIES = [line for line in LINES if line and not line.startswith("# ")]
PEOPLE = dict(line.split(" => ") for line in ENTRIES if " => " in line)
NOBODY = [line for line in ENTRIES if " => " not in line]
MOST_MISSED = 0.03


def test_no_label_of_the_table_is_a_false_person_and_hardly_any_is_missed() -> None:
    false = [label for label in NOBODY if is_person(label)]
    missed = [label for label in PEOPLE if not is_person(label)]
    sys.stdout.write(
        f"\n{len(PEOPLE)} people, {len(missed)} missed {missed}; {len(NOBODY)} others, {len(false)} taken {false}\n"
    )

    assert (len(PEOPLE) > 75, len(NOBODY) > 75) == (True, True)
    assert false == []
    assert len(missed) <= MOST_MISSED * len(PEOPLE)


@pytest.mark.parametrize("label", PEOPLE)
def test_a_name_is_what_remains_without_marks(label: str) -> None:
    assert person_name(label) == PEOPLE[label]


@pytest.mark.parametrize("name", ["José Núñez", "Zoë Çelik", "Ångström"])
def test_a_composed_and_a_taken_apart_letter_are_one(name: str) -> None:
    assert person_name(unicodedata.normalize("NFD", name)) == person_name(unicodedata.normalize("NFC", name))


@pytest.mark.parametrize("label", ["Decision", "DECISION 58.1", "RESOLUTION", "决议", "Beschluss 3"])
def test_what_the_meeting_decides_is_told_from_who_speaks(label: str) -> None:
    assert decides(label)
    assert not decides("Ida Krane")


def test_a_word_of_people_may_end_as_those_of_headings_do() -> None:
    assert [is_person(label) for label in ("THE WITNESS", "Ida Clements", "Usability", "Fairness")] == [
        True,
        True,
        False,
        False,
    ]
