"""A corrected text, laid onto the event that is stored."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from panels.editorial.importing import ChangeKind, ImportOptions, ImportRefusedError, OutdatedError, Plan, apply, plan
from panels.models import Answer, Event, Question, RetiredAnchor, Speaker
from panels.reading.export import transcript_of
from panels.transcript import Attribution, CorrectionEntry, Exchange, PanelMember, Role, Transcript, Turn
from tests.builders import make_speaker

pytestmark = pytest.mark.django_db

LONG = "We opened the reading room at night because people who work in the day asked for it."
OTHER = "The heating costs more than the lamps, and nobody had reckoned with that in the first winter."
THIRD = "Three volunteers keep the desk, and one of them has kept it since the first evening."


def said(name: str | None, text: str, **more: object) -> Turn:
    stated = Attribution.STATED if name else Attribution.UNKNOWN
    return replace(Turn(text=text, speaker=name, label=name, attribution=stated), **more)  # type: ignore[arg-type]


SOURCE = Transcript(
    title="Night opening",
    date=dt.date(2021, 5, 1),
    language="en",
    introduction="A round-table.",
    panelists=(PanelMember(name="Jane Doe", role=Role.MODERATOR, title="Editor"), PanelMember(name="Kim")),
    exchanges=(
        Exchange(question=said("Jane Doe", "Why at night?"), answers=(said("Kim", LONG), said(None, OTHER))),
        Exchange(question=said("Jane Doe", "Who keeps it?"), answers=(said("Kim", THIRD),)),
    ),
)


@pytest.fixture
def event() -> Event:
    """As it was imported, and then worked on."""
    stored = apply(plan(SOURCE))
    stored.tags.add("Libraries")
    stored.answers.get(anchor="q1-a1").tags.add("Night")
    stored.corrections.create(date=dt.date(2021, 6, 1), note="Mended.", anchor="q1-a1")
    stored.answers.filter(anchor="q1-a2").update(
        speaker=Speaker.objects.get(name="Jane Doe"), attribution="inferred", evidence="Kim thanks her for it."
    )
    return stored


def changed(transcript: Transcript, old: str, new: str) -> Transcript:
    """The transcript with some words replaced wherever they stand."""

    def mended(turn: Turn) -> Turn:
        return replace(turn, text=turn.text.replace(old, new))

    return replace(
        transcript,
        exchanges=tuple(
            replace(one, question=one.question and mended(one.question), answers=tuple(map(mended, one.answers)))
            for one in transcript.exchanges
        ),
    )


def summary(planned: Plan) -> dict[str, list[str]]:
    assert planned.comparison is not None
    return {
        kind.value: [change.anchor for change in planned.comparison.of(kind)]
        for kind in ChangeKind
        if planned.comparison.of(kind) and kind is not ChangeKind.KEPT
    }


def test_the_same_text_again_changes_nothing(event: Event) -> None:
    before = transcript_of(event)

    planned = plan(SOURCE)
    apply(planned)

    assert planned.stored == event
    assert planned.changes_nothing
    assert transcript_of(event) == before


def test_corrected_words_keep_what_editors_did(event: Event) -> None:
    planned = plan(changed(SOURCE, "heating", "heating, alas,"))
    apply(planned)

    mended = event.answers.get(anchor="q1-a2")
    assert summary(planned) == {"changed": ["q1-a2"]}
    assert mended.text == OTHER.replace("heating", "heating, alas,")
    assert (str(mended.speaker), mended.attribution, mended.evidence) == (
        "Jane Doe",
        "inferred",
        "Kim thanks her for it.",
    )
    assert [tag.name for tag in event.answers.get(anchor="q1-a1").tags.all()] == ["Night"]
    assert [tag.name for tag in event.tags.all()] == ["Libraries"]
    assert event.corrections.get().note == "Mended."


def test_the_difference_is_shown_word_by_word(event: Event) -> None:
    planned = plan(changed(SOURCE, "heating", "rent"))

    assert planned.comparison is not None
    (change,) = planned.comparison.of(ChangeKind.CHANGED)
    assert [(piece.kind.value, piece.text) for piece in change.words][1:3] == [
        ("removed", "heating"),
        ("added", "rent"),
    ]
    assert change.fields == ("text",)


def test_a_plan_writes_nothing(event: Event) -> None:
    before = transcript_of(event)

    plan(changed(SOURCE, "heating", "rent"))

    assert transcript_of(event) == before


def test_a_name_that_the_source_gives_now_fills_a_gap(event: Event) -> None:
    event.answers.filter(anchor="q1-a2").update(speaker=None, attribution="unknown", evidence="")
    first, second = SOURCE.exchanges
    named = replace(first, answers=(first.answers[0], said("Jane Doe", OTHER)))

    apply(plan(replace(SOURCE, exchanges=(named, second))))

    answer = event.answers.get(anchor="q1-a2")
    assert (str(answer.speaker), answer.attribution) == ("Jane Doe", "stated")


def test_the_desk_s_name_stays_where_the_source_has_another_unless_told(event: Event) -> None:
    event.answers.filter(anchor="q2-a1").update(speaker=make_speaker("Erika Mustermann"))

    kept = plan(SOURCE)
    taken = plan(SOURCE, ImportOptions(taken={"q2-a1"}))

    assert [(one.anchor, one.stored, one.source) for one in kept.speaker_mismatches] == [
        ("q2-a1", "Erika Mustermann", "Kim")
    ]
    assert kept.changes_nothing
    apply(taken)
    assert str(event.answers.get(anchor="q2-a1").speaker) == "Kim"


def test_what_the_text_lacks_now_stays_where_it_was_unless_it_is_to_go(event: Event) -> None:
    shorter = replace(SOURCE, exchanges=(replace(SOURCE.exchanges[0], answers=SOURCE.exchanges[0].answers[1:]),))

    kept = plan(shorter)
    dropped = plan(shorter, ImportOptions(drop_missing=True))

    assert kept.changes_nothing
    assert summary(dropped) == {"removed": ["q1-a1", "q2", "q2-a1"]}
    apply(dropped)
    assert list(event.answers.values_list("anchor", "position")) == [("q1-a2", 1)]
    assert set(RetiredAnchor.objects.values_list("anchor", flat=True)) == {"q1-a1", "q2", "q2-a1"}


def test_new_passages_get_new_anchors_wherever_they_stand(event: Event) -> None:
    first, second = SOURCE.exchanges
    asked = Exchange(question=said("Jane Doe", "And what does it cost?"), answers=(said("Kim", "More than we have."),))
    longer = replace(first, answers=(said("Kim", "Let me begin with a word of thanks."), *first.answers))

    apply(plan(replace(SOURCE, exchanges=(asked, longer, second))))

    assert list(event.questions.values_list("number", "anchor")) == [(1, "q3"), (2, "q1"), (3, "q2")]
    order = event.answers.order_by("question__number", "position").values_list("anchor", flat=True)
    assert list(order) == ["q3-a1", "q1-a3", "q1-a1", "q1-a2", "q2-a1"]


def test_questions_and_answers_change_places(event: Event) -> None:
    first, second = SOURCE.exchanges
    turned = (replace(second, answers=(first.answers[1], *second.answers)), replace(first, answers=first.answers[:1]))

    planned = plan(replace(SOURCE, exchanges=turned))
    apply(planned)

    assert list(event.questions.values_list("number", "anchor")) == [(1, "q2"), (2, "q1")]
    assert list(
        event.answers.values_list("question__anchor", "position", "anchor").order_by("question__number", "position")
    ) == [
        ("q2", 1, "q1-a2"),
        ("q2", 2, "q2-a1"),
        ("q1", 1, "q1-a1"),
    ]
    assert "changed" not in summary(planned)


def test_what_is_said_once_is_taken_where_the_text_says_it(event: Event) -> None:
    corrected = replace(SOURCE, introduction="", licence="CC BY 4.0", source_url="https://example.org/night")

    planned = plan(corrected)
    apply(planned)

    event.refresh_from_db()
    assert (event.introduction, event.licence) == ("A round-table.", "CC BY 4.0")
    assert planned.comparison is not None
    assert {one.field for one in planned.comparison.event} == {"licence", "source_url"}


def test_a_source_is_known_again_by_its_address(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(source_url="https://example.org/night", title="Renamed here")

    assert plan(replace(SOURCE, source_url="https://example.org/night")).stored == event


def test_an_event_that_changed_since_is_not_overwritten(event: Event) -> None:
    planned = plan(changed(SOURCE, "heating", "rent"))
    Answer.objects.filter(event=event, anchor="q2-a1").update(text="Four volunteers keep it.")

    with pytest.raises(OutdatedError, match="since"):
        apply(planned)

    assert event.answers.get(anchor="q1-a2").text == OTHER


def test_a_fault_leaves_the_event_as_it_was(event: Event) -> None:
    before = transcript_of(event)

    with pytest.raises(ImportRefusedError, match="session: licence"):
        apply(plan(replace(changed(SOURCE, "heating", "rent"), licence="x" * 301)))

    event.refresh_from_db()
    assert transcript_of(event) == before


def test_two_speakers_of_one_name_stay_apart(event: Event) -> None:
    other = Speaker.objects.create(name="Kim")
    event.answers.filter(anchor="q2-a1").update(speaker=other)

    apply(plan(changed(SOURCE, "Three", "Four")))

    assert event.answers.get(anchor="q2-a1").speaker == other


def test_a_whole_record_makes_the_event_exactly_what_it_says(event: Event) -> None:
    record = transcript_of(event)
    first, second = record.exchanges
    untagged = replace(first.answers[0], tags=(), text="Because they asked.", time=12.5)
    edited = replace(
        record,
        slug="at-night",
        tags=("Reading",),
        introduction="",
        panelists=record.panelists[:1],
        corrections=(CorrectionEntry(date=dt.date(2021, 7, 1), note="Another."),),
        exchanges=(second, replace(first, answers=(untagged,))),
    )

    apply(plan(edited, onto=event, whole=True))

    event.refresh_from_db()
    assert replace(transcript_of(event), version=record.version) == edited
    assert not event.former_slugs.exists()  # readers never saw it


def test_an_earlier_state_comes_back_with_its_anchors(event: Event) -> None:
    before = transcript_of(event)
    event.questions.get(anchor="q1").delete()

    apply(plan(before, onto=event, whole=True))

    assert transcript_of(event) == before
    assert not RetiredAnchor.objects.exists()


def test_what_was_written_anew_is_known_by_its_words_in_a_text_and_by_its_anchor_in_a_record(event: Event) -> None:
    before = replace(transcript_of(event), version=None)
    answer = event.answers.get(anchor="q1-a2")
    answer.delete()
    Answer.objects.create(question=answer.question, event=event, anchor="q1-a3", text=OTHER, attribution="unknown")

    def anchors(*, whole: bool) -> list[str | None]:
        return [turn.anchor for turn in plan(before, onto=event, whole=whole).transcript.exchanges[0].answers]

    assert anchors(whole=False) == ["q1-a1", "q1-a3"]
    assert anchors(whole=True) == ["q1-a1", "q1-a2"]


def test_few_queries_for_one_word_in_a_long_session(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    exchanges = tuple(
        Exchange(
            question=said("Jane Doe", f"Question number {number}?"),
            answers=tuple(said("Kim", f"{OTHER} {number} {place}") for place in range(20)),
        )
        for number in range(20)
    )
    apply(plan(replace(SOURCE, exchanges=exchanges)))
    corrected = changed(replace(SOURCE, exchanges=exchanges), "winter. 7 7", "winter, 7 7")

    with django_assert_max_num_queries(60):
        planned = plan(corrected)
        apply(planned)

    assert summary(planned) == {"changed": ["q8-a8"]}


def passages(event: Event) -> list[str]:
    questions: dict[int, list[str]] = {}
    for number, anchor in Question.objects.filter(event=event).values_list("number", "anchor"):
        questions[number] = [anchor]
    for number, _, anchor in sorted(event.answers.values_list("question__number", "position", "anchor")):
        questions[number].append(anchor)
    return [anchor for number in sorted(questions) for anchor in questions[number]]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_shuffled_added_and_left_out_is_stored_as_planned(data: st.DataObject) -> None:
    Event.objects.all().delete()
    call_command("loaddata", "library_round_table_2021_09_18", verbosity=0)
    event = Event.objects.get()
    record = transcript_of(event)
    asked = [one.question for one in record.exchanges]
    answers = [turn for one in record.exchanges for turn in one.answers]
    chosen = data.draw(st.permutations(answers))[: data.draw(st.integers(1, len(answers)))]
    chosen += [said(None, f"New words {number}.") for number in range(data.draw(st.integers(0, 3)))]
    questions = data.draw(st.permutations(asked))[: data.draw(st.integers(1, len(asked)))]
    share = -(-len(chosen) // len(questions))
    exchanges = tuple(
        Exchange(question=question, answers=tuple(chosen[place * share : (place + 1) * share]))
        for place, question in enumerate(questions)
    )

    apply(plan(replace(record, exchanges=exchanges, corrections=()), onto=event, whole=True))

    stored = transcript_of(Event.objects.get())
    words = [[turn.text for turn in one.answers] for one in stored.exchanges]
    assert words == [[turn.text for turn in one.answers] for one in exchanges]
    kept = [turn.anchor for one in exchanges for turn in one.answers if turn.anchor]
    assert [turn.anchor for one in stored.exchanges for turn in one.answers if turn.anchor in kept] == kept
    assert len(set(passages(event))) == len(passages(event))
