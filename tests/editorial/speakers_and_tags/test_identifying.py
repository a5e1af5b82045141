import pytest

from panels.editorial.history import event_history
from panels.editorial.speakers_and_tags.identifying import (
    IdentifyError,
    candidates,
    identify,
    in_series,
    speaker_called,
    take_back,
    unidentified_labels,
)
from panels.models import Event, Speaker
from panels.reading.export import transcript_of
from tests.builders import make_answer, make_event, make_panelist, make_question, make_speaker

pytestmark = pytest.mark.django_db

WHY = "The programme lists Ida Krane as the only IK."


def make_labelled(slug: str, *, status: str = "draft", answers: int = 1, **fields: str) -> Event:
    """A session of a series in which “IK” asks and answers."""
    fields.setdefault("programme", "Lantern Talks")
    public = {"status": status, "published_at": "2021-05-01T00:00Z"} if status == "published" else {}
    event = make_event(slug=slug, **fields, **public)
    label = make_speaker("IK", session=event)
    make_panelist(event, speaker=label, title="Archivist")
    question = make_question(event, asked_by=label)
    for number in range(answers):
        make_answer(question, speaker=label, text=f"Answer {number}.")
    return event


def same(event: Event, other: object) -> bool:
    return transcript_of(Event.objects.get(pk=event.pk)).exchanges == other


def test_label_is_identified_in_its_session_with_the_reason() -> None:
    event, ida = make_labelled("first"), make_speaker("Ida Krane")

    identify([event.labels.get()], ida, evidence=WHY, by=None)

    answer = event.answers.get()
    assert (answer.speaker, answer.attribution, answer.evidence) == (ida, "inferred", WHY)
    assert event.questions.get().asked_by == ida
    assert list(event.panelists.values_list("speaker", "title")) == [(ida.pk, "Archivist")]
    assert event_history.transcript_at(event.revisions.order_by("number")[0]).panelists[0].name == "IK"
    assert event.revisions.order_by("-number")[0].why == "“IK” identified as Ida Krane"


def test_source_may_say_itself_who_it_is() -> None:
    event, ida = make_labelled("first"), make_speaker("Ida Krane")

    identify([event.labels.get()], ida, evidence=WHY, by=None, stated=True)

    assert list(event.answers.values_list("attribution", "evidence")) == [("stated", "")]


def test_who_sits_on_the_panel_already_keeps_one_seat() -> None:
    event, ida = make_labelled("first"), make_speaker("Ida Krane")
    make_panelist(event, speaker=ida)

    identify([event.labels.get()], ida, evidence=WHY, by=None)

    assert list(event.panelists.values_list("speaker", "title")) == [(ida.pk, "Archivist")]


def test_published_session_gets_a_correction_and_keeps_what_readers_saw() -> None:
    event, ida = make_labelled("first", status="published"), make_speaker("Ida Krane")

    identify([event.labels.get()], ida, evidence=WHY, by=None)

    assert event.corrections.get().note == f"“IK” identified as Ida Krane: {WHY}"
    assert list(Event.objects.published()) == [event]
    assert Speaker.objects.published().get() == ida


def test_whole_series_is_identified_and_taken_back_at_once() -> None:
    events = [make_labelled(slug) for slug in ("first", "second", "third")]
    other = make_labelled("fourth", programme="Other Talks")
    ida = make_speaker("Ida Krane")
    before = [transcript_of(Event.objects.get(pk=event.pk)).exchanges for event in events]
    label = events[0].labels.get()

    done = identify([label, *in_series(label)], ida, evidence=WHY, by=None)

    assert ida.answers.count() == 3
    assert [one.session for one in unidentified_labels()] == [other]
    assert take_back(done, by=None) == events
    assert all(same(event, exchanges) for event, exchanges in zip(events, before, strict=True))
    assert ida.answers.count() == 0
    assert [event.labels.count() for event in events] == [1, 1, 1]


def test_what_was_done_since_stays_when_an_identification_is_taken_back() -> None:
    event, ida, ben = make_labelled("first"), make_speaker("Ida Krane"), make_speaker("Ben Marsh")
    other = make_speaker("BM", session=event)
    theirs = make_answer(event.questions.get(), speaker=other, text="Mine.")
    label = event.labels.get(name="IK")
    done = identify([label], ida, evidence=WHY, by=None)
    identify([other], ben, evidence=WHY, by=None)
    event.answers.filter(anchor="q1-a1").update(text="Corrected.")

    take_back(done, by=None)

    assert list(event.answers.order_by("position").values_list("speaker", "attribution", "text")) == [
        (label.pk, "stated", "Corrected."),
        (ben.pk, "inferred", "Mine."),
    ]
    assert event.questions.get().asked_by == label
    assert list(event.panelists.values_list("speaker", "title")) == [(label.pk, "Archivist")]
    assert theirs.pk in ben.answers.values_list("pk", flat=True)


def test_who_sat_on_the_panel_before_gets_their_own_seat_back() -> None:
    event, ida = make_labelled("first"), make_speaker("Ida Krane")
    make_panelist(event, speaker=ida)
    before = transcript_of(Event.objects.get(pk=event.pk))

    take_back(identify([event.labels.get()], ida, evidence=WHY, by=None), by=None)

    assert transcript_of(Event.objects.get(pk=event.pk)).panelists == before.panelists


def test_nothing_is_taken_back_that_has_another_speaker_now() -> None:
    event, ida, ben = make_labelled("first"), make_speaker("Ida Krane"), make_speaker("Ben Marsh")
    done = identify([event.labels.get()], ida, evidence=WHY, by=None)
    event.answers.update(speaker=ben)
    event.questions.update(asked_by=ben)

    with pytest.raises(IdentifyError, match="There is nothing to undo: the passages have another speaker now"):
        take_back(done, by=None)

    assert event.answers.get().speaker == ben


def test_nobody_is_identified_as_a_speaker_who_is_gone() -> None:
    event, ida = make_labelled("first"), make_speaker("Ida Krane")
    Speaker.objects.filter(pk=ida.pk).delete()

    with pytest.raises(IdentifyError, match="no longer exists"):
        identify([event.labels.get()], ida, evidence=WHY, by=None)


def test_label_is_identified_once_and_only_as_somebody_with_a_reason() -> None:
    event, ida = make_labelled("first"), make_speaker("Ida Krane")
    label = event.labels.get()

    with pytest.raises(IdentifyError, match="reason"):
        identify([label], ida, evidence=" ", by=None)
    with pytest.raises(IdentifyError, match="label"):
        identify([label], label, evidence=WHY, by=None)
    identify([label], ida, evidence=WHY, by=None)
    with pytest.raises(IdentifyError, match="already"):
        identify([label], ida, evidence=WHY, by=None)


def test_candidates_are_those_whom_the_label_fits_then_the_rest_of_the_panel() -> None:
    event, earlier = make_labelled("first"), make_event(programme="Lantern Talks")
    on_panel, fits, elsewhere = (make_speaker(name) for name in ("Ben Marsh", "Ida Krane", "Ilka Kranewitter"))
    make_panelist(event, speaker=on_panel)
    make_panelist(earlier, speaker=fits)
    make_panelist(make_event(programme="Other Talks"), speaker=elsewhere)

    found = candidates(event.labels.get())

    assert [(one.speaker, one.evidence, one.is_near) for one in found] == [
        (fits, "“IK” could be the initials of Ida Krane", True),
        (on_panel, "", True),
        (elsewhere, "“IK” could be the initials of Ilka Kranewitter", False),
    ]


def test_single_name_has_speakers_of_other_sessions_as_candidates() -> None:
    event = make_event()
    label = make_speaker("Ida", session=event)
    krane, marsh = make_speaker("Ida Krane"), make_speaker("Idan Marsh")
    make_speaker("Ida", session=make_event())

    assert [(one.speaker, one.is_near) for one in candidates(label)] == [(krane, False)]
    assert marsh.is_identified


def test_labels_are_listed_by_how_much_they_settle() -> None:
    make_labelled("few", answers=1)
    make_labelled("many", answers=3)
    silent = make_event()
    make_speaker("Q", session=silent)
    make_labelled("gone", answers=5)
    Event.objects.filter(slug="gone").update(status="binned")

    found = [(one.session.slug, one.passages) for one in unidentified_labels() if one.session]  # type: ignore[attr-defined]

    assert found == [("many", 4), ("few", 2)]


def test_typed_name_is_a_stored_speaker_or_a_new_one() -> None:
    ida = make_speaker("Ida Krane")
    make_speaker("Ben Marsh", session=make_event())

    assert speaker_called(" Ida Krane", by=None) == ida
    assert speaker_called("Ben Marsh", by=None).is_identified
    make_speaker("Ida Krane")
    with pytest.raises(IdentifyError, match="several"):
        speaker_called("Ida Krane", by=None)
