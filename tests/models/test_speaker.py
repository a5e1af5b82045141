from typing import Any

import pytest
from django.core.exceptions import ValidationError

from panels.models import Speaker
from tests.builders import make_answer, make_event, make_panelist, make_published, make_question, make_speaker

pytestmark = pytest.mark.django_db


def test_by_name_sorts_by_family_name_when_given_and_chinese_by_sound() -> None:
    make_speaker("Zoe Abel", family_name="Abel")
    make_speaker("Ludwig van Anders", family_name="van Anders")
    make_speaker("李四")
    make_speaker("Émile")
    make_speaker("J. P.")
    make_speaker("Musterstadt Archive", kind="organisation")

    names = [speaker.name for speaker in Speaker.objects.all().by_name()]

    assert names == ["Zoe Abel", "Émile", "J. P.", "李四", "Musterstadt Archive", "Ludwig van Anders"]


def test_by_name_is_one_order_on_every_database() -> None:
    for name in ("Li Na", "Lian", "li Bo", "Li-An"):
        make_speaker(name)

    assert [speaker.name for speaker in Speaker.objects.all().by_name()] == [
        "Li-An",
        "li Bo",
        "Li Na",
        "Lian",
    ]


def test_sort_key_follows_the_name() -> None:
    speaker = make_speaker("Zoe Abel")
    speaker.family_name = "Abel"
    speaker.save()

    assert Speaker.objects.get().sort_key == "abel zoe"


def test_clean_refuses_a_family_name_that_is_not_in_the_name() -> None:
    with pytest.raises(ValidationError) as caught:
        Speaker(name="Zoe Abel", family_name="Cain").full_clean(exclude=["sort_key"])

    assert list(caught.value.message_dict) == ["family_name"]


@pytest.mark.parametrize(("name", "slug"), [("曾国藩", "zeng-guofan"), ("…", "speaker"), ("O’Neil", "oneil")])
def test_slug_is_readable(name: str, slug: str) -> None:
    assert make_speaker(name).slug == slug


def test_published_are_those_in_a_public_event() -> None:
    public, draft = make_published(), make_event()
    make_panelist(public, speaker=make_speaker("Panelist"))
    make_answer(make_question(public), speaker=make_speaker("Answerer"))
    make_question(public, asked_by=make_speaker("Asker"))
    make_panelist(draft, speaker=make_speaker("Drafted"))
    make_speaker("Alone")

    assert {speaker.name for speaker in Speaker.objects.published()} == {"Panelist", "Answerer", "Asker"}


def test_with_counts_counts_what_is_public() -> None:
    speaker = make_speaker()
    for event in (make_published(), make_event()):
        make_panelist(event, speaker=speaker)
        make_answer(make_question(event), speaker=speaker)

    counted: Any = Speaker.objects.with_counts().get()

    assert (counted.event_count, counted.answer_count) == (1, 1)


def test_a_chinese_organisation_has_no_family_name() -> None:
    archive = make_speaker("单位档案馆", kind="organisation")

    assert (archive.slug, archive.sort_key) == ("dan-wei-dang-an-guan", "dan wei dang an guan")
