import pytest

from panels.models import Answer, Event
from panels.reading.discovery.parallel import ParallelQuestion, SideBySide, in_other_languages, side_by_side
from panels.reading.sessions import load_session
from tests.builders import make_answer, make_event, make_published, make_question, make_session

pytestmark = pytest.mark.django_db


def _translated(questions: int = 2, answers: int = 2) -> tuple[Event, Event]:
    original = make_session(questions, answers, language="ar", slug="original")
    translation = make_published(slug="translation", translation="machine", translation_of=original)
    for asked in original.questions.order_by("number"):
        copy = make_question(translation, anchor=asked.anchor)
        for answer in asked.answers.order_by("position"):
            make_answer(copy, anchor=answer.anchor, speaker=answer.speaker)
    return original, translation


def _read(left: Event, right: Event) -> SideBySide:
    return side_by_side(load_session(left), load_session(right))


def _shown(asked: ParallelQuestion) -> list[tuple[str, bool, bool]]:
    """Each anchor, and whether it is in the left and in the right text."""
    question = (asked.anchor, asked.left is not None, asked.right is not None)
    return [question, *((one.anchor, one.left is not None, one.right is not None) for one in asked.answers)]


def test_passages_stand_beside_each_other_by_anchor() -> None:
    both = _read(*_translated())

    assert [_shown(asked) for asked in both.questions] == [
        [("q1", True, True), ("q1-a1", True, True), ("q1-a2", True, True)],
        [("q2", True, True), ("q2-a1", True, True), ("q2-a2", True, True)],
    ]
    assert (both.missing_left, both.missing_right) == (0, 0)


def test_what_is_missing_on_one_side_leaves_its_place_empty() -> None:
    original, translation = _translated()
    translation.answers.get(anchor="q1-a1").delete()
    translation.questions.get(anchor="q2").delete()
    make_answer(make_question(translation))

    both = _read(original, translation)

    assert [_shown(asked) for asked in both.questions] == [
        [("q1", True, True), ("q1-a1", True, False), ("q1-a2", True, True)],
        [("q3", False, True), ("q3-a1", False, True)],
        [("q2", True, False), ("q2-a1", True, False), ("q2-a2", True, False)],
    ]
    assert (both.missing_left, both.missing_right) == (2, 4)


def test_an_answer_moved_in_one_text_stays_one_pair() -> None:
    original, translation = _translated()
    moved = translation.answers.get(anchor="q1-a2")
    Answer.objects.filter(pk=moved.pk).update(question=translation.questions.get(number=2), position=9)

    both = _read(original, translation)

    assert [_shown(asked) for asked in both.questions] == [
        [("q1", True, True), ("q1-a1", True, True), ("q1-a2", True, True)],
        [("q2", True, True), ("q2-a1", True, True), ("q2-a2", True, True)],
    ]
    assert (both.missing_left, both.missing_right) == (0, 0)


def test_long_sessions_are_parted_between_questions() -> None:
    original, translation = _translated(questions=3, answers=1)
    original.answers.update(text="word " * 5000)

    both = _read(original, translation)

    assert [[asked.anchor for asked in page] for page in both.pages] == [["q1"], ["q2"], ["q3"]]
    assert [both.page_of(anchor) for anchor in ("q1", "q2-a1", "q9")] == [1, 2, None]


def test_a_question_that_fits_no_page_is_parted_between_answers() -> None:
    original, translation = _translated(questions=1, answers=3)
    original.answers.update(text="word " * 5000)

    pages = _read(original, translation).pages

    parts = [(asked.anchor, asked.is_continued, [one.anchor for one in asked.answers]) for (asked,) in pages]
    assert parts == [("q1", False, ["q1-a1"]), ("q1", True, ["q1-a2"]), ("q1", True, ["q1-a3"])]


def test_a_session_of_nothing_has_one_empty_page() -> None:
    both = _read(make_published(), make_published())

    assert both.pages == ((),)


def test_a_passage_is_found_in_the_other_published_languages_that_have_it() -> None:
    original, translation = _translated(1, 1)
    make_answer(make_question(make_event(translation="human", translation_of=original)))
    make_published(language="de", translation="human", translation_of=original)

    assert in_other_languages(original, "q1-a1") == [translation]
    assert in_other_languages(translation, "q1") == [original]
    assert in_other_languages(original, "q7") == []
