from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from panels.formats.speakers.identity import identifies
from panels.management.generated_sessions import (
    ANSWERS,
    FREQUENT_SPEAKER,
    FREQUENT_TAG,
    TAG_OF_ANSWERS,
    session_of,
    sessions,
)
from panels.models import Answer, Event, Revision, Speaker, TaggedAnswer, TaggedEvent


def words() -> list[tuple[str, str]]:
    return list(Answer.objects.order_by("event__slug", "anchor").values_list("anchor", "text"))


@pytest.mark.django_db
def test_exactly_so_many_answers_are_generated_and_published(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("generate_corpus", answers=100)

    assert capsys.readouterr().out == "3 sessions generated, 0 were there already\n"
    assert Answer.objects.published().count() == 100


@pytest.mark.django_db
def test_a_larger_number_adds_what_is_missing_and_equals_one_run() -> None:
    call_command("generate_corpus", answers=ANSWERS, verbosity=0)
    call_command("generate_corpus", answers=3 * ANSWERS, verbosity=0)
    call_command("generate_corpus", answers=2 * ANSWERS, verbosity=0)
    in_steps = words()
    Event.objects.all().delete()
    Revision.objects.all().delete()

    call_command("generate_corpus", answers=3 * ANSWERS, verbosity=0)

    assert words() == in_steps
    assert len(in_steps) == 3 * ANSWERS


@pytest.mark.django_db
def test_drafts_are_not_published() -> None:
    call_command("generate_corpus", answers=10, draft=True, verbosity=0)

    assert Answer.objects.count() == 10
    assert not Event.objects.published().exists()


@pytest.mark.parametrize("number", ["0", "-3", "many"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(CommandError, match="--answers"):
        call_command("generate_corpus", "--answers", number)


def test_sessions_are_in_english_and_chinese_and_their_people_identified() -> None:
    some = list(sessions(40 * ANSWERS))

    assert Counter(one.language for one in some) == {"en": 30, "zh-Hans": 10}
    assert all(identifies(member.name) for one in some for member in one.panelists)


@pytest.mark.django_db
def test_a_speaker_and_two_tags_are_frequent() -> None:
    call_command("generate_corpus", answers=40 * ANSWERS, verbosity=0)

    given = Answer.objects.filter(speaker=Speaker.objects.get(name=FREQUENT_SPEAKER)).count()
    tagged = TaggedAnswer.objects.filter(tag__name=TAG_OF_ANSWERS).count()
    assert given / (40 * ANSWERS) == pytest.approx(0.02, rel=0.2)
    assert tagged / (40 * ANSWERS) == pytest.approx(0.1, rel=0.2)
    assert TaggedEvent.objects.filter(tag__name=FREQUENT_TAG).count() == 4


def test_a_session_can_have_any_length() -> None:
    assert sum(len(one.answers) for one in session_of(1_200).exchanges) == 1_200
