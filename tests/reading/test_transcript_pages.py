"""Long sessions in parts: nothing is lost between them, and from each one finds every anchor."""

import pytest

from panels.reading import transcript_pages
from panels.reading.sessions import load_session
from panels.reading.transcript_pages import TranscriptView, show
from tests.builders import make_answer, make_panelist, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


def anchors_of(shown: TranscriptView) -> list[list[str]]:
    return [list(part.anchors) for part in shown.parts]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of some four short answers."""
    monkeypatch.setattr(transcript_pages, "WHOLE", 6_000)
    monkeypatch.setattr(transcript_pages, "LARGEST", 6_000)


def test_a_usual_session_is_whole() -> None:
    shown = show(load_session(make_session(8, 4)))

    assert len(shown.parts) == 1
    assert (shown.before, shown.after) == (None, None)
    assert shown.own_query == ""


def test_a_session_of_nothing_has_one_part() -> None:
    shown = show(load_session(make_session(0, 0)))

    assert anchors_of(shown) == [[]]


@pytest.mark.usefixtures("small")
def test_parts_hold_every_passage_once_and_in_order() -> None:
    session = load_session(make_session(6, 2))

    shown = show(session)

    assert len(shown.parts) == 3
    whole = [one for part in anchors_of(shown) for one in part]
    assert whole == [one for n in range(1, 7) for one in (f"q{n}", f"q{n}-a1", f"q{n}-a2")]
    assert [(part.first, part.last) for part in shown.parts] == [(1, 2), (3, 4), (5, 6)]


@pytest.mark.usefixtures("small")
def test_a_question_with_many_answers_goes_on_in_the_next_part() -> None:
    shown = show(load_session(make_session(1, 14)))

    assert [part.questions[0].is_continued for part in shown.parts] == [False, True, True]
    assert [one for part in anchors_of(shown) for one in part] == ["q1", *(f"q1-a{n}" for n in range(1, 15))]


def test_an_answer_is_never_cut_however_long_it_is() -> None:
    event = make_published()
    question = make_question(event)
    for _ in range(3):
        make_answer(question, text="word " * 60_000)

    shown = show(load_session(event))

    assert anchors_of(shown) == [["q1", "q1-a1"], ["q1-a2"], ["q1-a3"]]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("question_view", "shown"), [("", 1), ("2", 2), ("0", 1), ("99", 3), ("9" * 400, 3), ("²", 1), ("-1", 1), ("x", 1)]
)
def test_the_nearest_part_is_shown(question_view: str, shown: int) -> None:
    assert show(load_session(make_session(6, 2)), part=question_view).part.number == shown


@pytest.mark.usefixtures("small")
def test_every_anchor_that_is_not_here_is_listed_with_its_part() -> None:
    shown = show(load_session(make_session(6, 2)), part="2")

    listed = {anchor: part.number for part, anchors in shown.other_pages for anchor in anchors}

    assert set(listed).isdisjoint(shown.part.anchors)
    assert set(listed) | set(shown.part.anchors) == {one for part in shown.parts for one in part.anchors}
    assert (listed["q1-a2"], listed["q5"]) == (1, 3)
    assert all(shown.part_of(anchor) == number for anchor, number in listed.items())


@pytest.mark.usefixtures("small")
def test_of_sessions_too_long_to_list_the_questions_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = show(load_session(make_session(6, 2)))

    monkeypatch.setattr(transcript_pages, "_LISTED", 6)
    by_question = [anchors for _part, anchors in shown.other_pages]
    monkeypatch.setattr(transcript_pages, "_LISTED", 5)
    not_at_all = [anchors for _part, anchors in shown.other_pages]

    assert by_question == [["q3", "q4"], ["q5", "q6"]]
    assert not_at_all == [[], []]


@pytest.mark.usefixtures("small")
def test_one_speaker_is_followed_from_answer_to_answer_and_from_part_to_part() -> None:
    event = make_session(6, 2)
    make_answer(event.questions.get(number=5), attribution="unknown")

    shown = show(load_session(event), part="2")

    steps = {
        answer_view.answer.anchor: (answer_view.before, answer_view.after)
        for question_view in shown.part.questions
        for answer_view in question_view.answers
    }
    assert steps["q3-a1"] == ("?part=1#q2-a1", "#q4-a1")
    assert steps["q4-a2"] == ("#q3-a2", "?part=3#q5-a2")
    first = show(load_session(event)).part.questions[0].answers[0]
    assert (first.before, first.after) == ("", "#q2-a1")
    nameless = show(load_session(event), part="3").part.questions[0].answers[2]
    assert (nameless.before, nameless.after) == ("", "")


@pytest.mark.usefixtures("small")
def test_parts_of_the_answers_of_some_keep_who_was_chosen() -> None:
    jane, kim = make_speaker("Jane"), make_speaker("Kim")
    event = make_session(12, 2, speakers=[jane, kim])
    make_panelist(event, speaker=make_speaker("Lee"))

    shown = show(load_session(event), ["kim", "nobody"], part="2")

    assert shown.chosen == (kim,)
    assert shown.own_query == "?speaker=kim&part=2"
    assert {
        answer_view.answer.speaker for question_view in shown.part.questions for answer_view in question_view.answers
    } == {kim}
    assert sum(len(part.questions) for part in shown.parts) == 12
