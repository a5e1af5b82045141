"""The quote checker's verdicts: a table of quotations, and what it says of each."""

from collections import Counter
from collections.abc import Iterable

import pytest

from panels.models import Answer, Correction, Event, FormerWording, Speaker
from panels.reading.quote_checker import DiffOp, ReadWording, Verdict, check, read_quotation
from tests.builders import make_answer, make_correction, make_event, make_published, make_question, make_speaker
from tests.reading.quote_checker.table import (
    CHANGED,
    CORRECTIONS,
    EXACT,
    FORMERLY,
    NEAR,
    RECORD,
    TABLE,
    TOO_SHORT,
    Case,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Event:
    """The record above, each answer by another speaker, and a draft beside it."""
    event = make_published(title="Cellar and Lamp", slug="cellar")
    question = make_question(event)
    for anchor, text in RECORD.items():
        make_answer(question, anchor=anchor, text=text, speaker=make_speaker(f"Speaker of {anchor}", slug=anchor))
    for anchor, note in CORRECTIONS.items():
        make_correction(event, anchor=anchor, note=note)
    for anchor, text in FORMERLY.items():
        correction = make_correction(event, anchor=anchor, note="The tense was mended.")
        FormerWording.objects.create(event=event, anchor=anchor, text=text, correction=correction)
    make_answer(make_question(make_event()), text="A hidden sentence about the canary in the cellar.")
    return event


def test_the_table_tells_60_quotations_apart() -> None:
    counts = Counter(case.verdict for case in TABLE)

    assert set(counts) == set(Verdict)
    assert len(TABLE) - counts[TOO_SHORT] >= 60


@pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case.verdict}: {case.pasted[:40]}")
def test_each_quotation_of_the_table(case: Case, record: Event) -> None:
    checked = check(read_quotation(case.pasted))

    assert checked.verdict is case.verdict
    assert [finding.answer.anchor for finding in checked.findings][:1] == ([case.anchor] if case.anchor else [])
    parts = checked.findings[0].match.parts if case.verdict in {EXACT, NEAR} else ()
    assert tuple(part.text.strip() for part in parts if part.mark is DiffOp.REMOVED) == case.quoted
    assert tuple(part.text.strip() for part in parts if part.mark is DiffOp.ADDED) == case.recorded


def test_word_for_word_and_changed_are_found_once(record: Event) -> None:
    for case in TABLE:
        if case.verdict in {EXACT, CHANGED}:
            assert len(check(read_quotation(case.pasted)).findings) == 1, case


def test_what_was_changed_names_the_correction(record: Event) -> None:
    for case in TABLE:
        if case.verdict is CHANGED:
            (finding,) = check(read_quotation(case.pasted)).findings
            assert finding.correction == Correction.objects.get(anchor=case.anchor)


def test_words_of_the_speaker_named(record: Event) -> None:
    quotation = read_quotation("I don’t think the cellar is dry")
    right, wrong = (Speaker.objects.get(slug=slug) for slug in ("q1-a2", "q1-a1"))

    by_right, by_wrong = check(quotation, speaker=right), check(quotation, speaker=wrong)

    assert (by_right.verdict, by_right.outside_filter) == (EXACT, False)
    assert (by_wrong.verdict, by_wrong.outside_filter) == (EXACT, True)
    assert by_wrong.findings[0].answer.speaker == right


def test_words_of_the_event_named(record: Event) -> None:
    quotation = read_quotation("I don’t think the cellar is dry")
    other = make_published()

    assert check(quotation, event=record).outside_filter is False
    assert check(quotation, event=other).outside_filter is True
    assert (
        check(read_quotation("Nobody ever said anything of this kind about lighthouses."), event=other).outside_filter
        is False
    )


def test_earlier_wordings_are_asked_where_there_are_any(record: Event) -> None:
    correction = make_correction(record, anchor="q1-a8", note="The ballot has another name now.")

    def earlier(answer: Answer) -> Iterable[ReadWording]:
        if answer.anchor == "q1-a8":
            yield ReadWording("They laughed and went home, before the ballots were burnt.", correction)

    checked = check(read_quotation("went home, before the ballots were burnt"), earlier=earlier)

    assert checked.verdict is CHANGED
    assert [(finding.answer.anchor, finding.correction) for finding in checked.findings] == [("q1-a8", correction)]


def test_the_address_leads_to_the_words(record: Event) -> None:
    finding = check(read_quotation("the cellar is dry. In 1990-1995 we lost forty boxes")).findings[0]

    assert finding.url == (
        "/events/cellar/#q1-a2:~:text=the%20cellar%20is%20dry.%20In%201990%E2%80%931995%20we%20lost%20forty%20boxes"
    )


def test_one_sentence_said_twice_is_found_twice(record: Event) -> None:
    make_answer(make_question(make_published()), text="Well, we lost forty boxes, and so did they.")

    assert len(check(read_quotation("we lost forty boxes")).findings) == 2
