import datetime as dt
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.utils.translation import override

from panels.editorial.importing import ImportRefusedError, UnattributedTurn, apply, plan
from panels.editorial.importing.checking import faults
from panels.formats.base import Source
from panels.formats.registry import read
from panels.models import Event, Speaker, Tag
from panels.reading.export import transcript_of
from panels.transcript import Attribution, Candidate, CorrectionEntry, Exchange, PanelMember, Role, Transcript, Turn
from tests.builders import make_speaker
from tests.conftest import SAMPLES

pytestmark = pytest.mark.django_db


def stated(name: str, text: str = "So.") -> Turn:
    return Turn(text=text, label=name, speaker=name, attribution=Attribution.STATED)


def only(*answers: Turn) -> tuple[Exchange, ...]:
    return (Exchange(question=None, answers=answers),)


SMALL = Transcript(
    title="Night opening",
    date=dt.date(2021, 5, 1),
    language="en",
    tags=("Libraries",),
    panelists=(PanelMember(name="Jane Doe", role=Role.MODERATOR, title="Editor"),),
    exchanges=(
        Exchange(question=stated("Jane Doe", "Why?"), answers=(stated("Kim"), Turn(text="Lost.", line=9))),
        Exchange(question=None, answers=(stated("Kim", "By the way."),)),
    ),
    corrections=(CorrectionEntry(date=dt.date(2021, 6, 1), note="Mended.", anchor="q1-a1"),),
)


def test_apply_stores_a_draft_with_all_that_belongs_to_it() -> None:
    event = apply(plan(SMALL))

    assert (event.status, event.slug, str(event.date)) == ("draft", "night-opening", "2021-05-01")
    assert list(event.panelists.values_list("speaker__name", "role", "title")) == [("Jane Doe", "moderator", "Editor")]
    assert list(event.questions.values_list("anchor", "text", "asked_by__name")) == [
        ("q1", "Why?", "Jane Doe"),
        ("q2", "", None),
    ]
    assert list(event.answers.order_by("pk").values_list("anchor", "speaker__name", "attribution")) == [
        ("q1-a1", "Kim", "stated"),
        ("q1-a2", None, "unknown"),
        ("q2-a1", "Kim", "stated"),
    ]
    assert [tag.name for tag in event.tags.all()] == ["Libraries"]
    assert event.corrections.get().note == "Mended."


@pytest.mark.parametrize("name", ["babbitt_2020_04_10", "library_round_table_2021_09_18", "chengshi_dangan_2022_05_21"])
def test_what_was_exported_is_imported_as_it_was(name: str) -> None:
    call_command("loaddata", name, verbosity=0)
    transcript = transcript_of(Event.objects.get())
    Event.objects.get().delete()
    Speaker.objects.all().delete()

    event = apply(plan(transcript))

    assert replace(transcript_of(event), version=None) == replace(transcript, version=None)


def test_plan_writes_nothing_and_names_gaps_and_new_people() -> None:
    make_speaker("Kim")

    planned = plan(SMALL)

    assert not Event.objects.exists()
    assert [(person.name, person.is_label) for person in planned.new_people] == [("Jane Doe", False), ("Kim", True)]
    assert planned.unattributed == (UnattributedTurn(question=1, answer=2, line=9, candidates=()),)
    assert (planned.question_count, planned.answer_count) == (1, 3)


def test_plan_offers_who_may_be_the_same_and_takes_nobody() -> None:
    for name in ("Jane M. Doe", "Doe Jane", "Jan Dough", "Jane Dow", "Erika Mustermann"):
        make_speaker(name)

    (person, _kim) = plan(SMALL).people

    assert person.known is None
    assert [speaker.name for speaker in person.similar] == ["Doe Jane", "Jane Dow", "Jane M. Doe"]


def test_a_name_in_the_original_script_is_known() -> None:
    speaker = make_speaker("Zhang San", original_name="张三")

    event = apply(plan(replace(SMALL, exchanges=only(stated("张三")), corrections=())))

    assert event.answers.get().speaker == speaker


def test_somebody_listed_by_two_names_sits_on_the_panel_once() -> None:
    make_speaker("Zhang San", original_name="张三")
    twice = (PanelMember(name="Zhang San"), PanelMember(name="张三"))

    event = apply(plan(replace(SMALL, panelists=twice, exchanges=SMALL.exchanges[1:], corrections=())))

    assert event.panelists.count() == 1


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("Café", "Cafe\u0301"),
        ("Open data", "open data"),
        ("Open data", "OPEN\u00a0data"),
        ("Open data", "Open  data\u200b"),
        ("AI", "ＡＩ"),
        ("ガイド", "ｶﾞｲﾄﾞ"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("Archives", "Ar\u00adchives"),
        ("Ελλάδα", "ΕΛΛΆΔΑ"),
    ],
)
def test_tags_that_look_the_same_are_one(stored: str, written: str) -> None:
    Tag.objects.create(name=stored)

    event = apply(plan(replace(SMALL, tags=(written,))))

    assert [tag.name for tag in event.tags.all()] == [stored]
    event.tags.clear()
    apply(plan(replace(transcript_of(event), tags=(written, stored)), onto=event, whole=True))
    assert [tag.name for tag in event.tags.all()] == [stored]


@pytest.mark.parametrize(
    ("stored", "written"), [("Café", "Cafe"), ("C", "C#"), ("H2O", "H₂O"), ("می\u200cروم", "میروم"), ("й", "и")]
)
def test_tags_that_look_different_are_two(stored: str, written: str) -> None:
    Tag.objects.create(name=stored)

    event = apply(plan(replace(SMALL, tags=(written, stored))))

    assert {tag.name for tag in event.tags.all()} == {stored, written}


def test_candidates_become_evidence_and_name_nobody() -> None:
    lost = Turn(text="Lost.", candidates=(Candidate(name="Kim", evidence="the only one left"),))

    event = apply(plan(replace(SMALL, exchanges=only(lost), corrections=())))

    answer = event.answers.get()
    assert (answer.speaker, answer.attribution, answer.evidence) == (None, "unknown", "- Kim: the only one left")


@pytest.mark.parametrize(
    ("transcript", "said"),
    [
        (replace(SMALL, title=" "), "no title"),
        (replace(SMALL, exchanges=()), "this transcript contains no text"),
        (replace(SMALL, title="x" * 301), "session: title:"),
        (replace(SMALL, slug="Not a slug"), "session: slug:"),
        (
            replace(SMALL, corrections=(CorrectionEntry(date=dt.date(2021, 6, 1), note=""),)),
            "correction of 2021-06-01: note:",
        ),
        (
            replace(SMALL, exchanges=only(replace(stated("Kim"), anchor="x"))),
            "question 1, answer 1: anchor:",
        ),
        (replace(SMALL, exchanges=only(stated("K" * 201))), "speaker KKK"),
    ],
    ids=["no title", "no words", "long title", "bad slug", "empty note", "bad anchor", "long name"],
)
def test_what_breaks_a_rule_stores_nothing_and_is_named(transcript: Transcript, said: str) -> None:
    with pytest.raises(ImportRefusedError, match=said):
        apply(plan(transcript))

    assert not Event.objects.exists()
    assert not Speaker.objects.exists()


def test_the_seeds_text_gives_the_seed_session_with_its_seven_gaps() -> None:
    call_command("loaddata", "babbitt_2020_04_10", verbosity=0)
    seed = transcript_of(Event.objects.get())
    source = Source((SAMPLES / "babbitt_2020_04_10.txt").read_bytes(), "babbitt.txt")

    planned = plan(read(source))
    event = apply(planned)

    texts = [(turn.text, turn.anchor) for exchange in seed.exchanges for turn in exchange.answers]
    assert list(event.answers.order_by("question__number", "position").values_list("text", "anchor")) == texts
    assert [question.text for question in event.questions.order_by("number")] == [
        exchange.question.text for exchange in seed.exchanges if exchange.question
    ]
    assert [(unattributed_turn.question, unattributed_turn.answer) for unattributed_turn in planned.unattributed] == [
        (1, 3),
        (2, 2),
        (3, 2),
        (4, 1),
        (6, 2),
        (7, 1),
        (8, 3),
    ]
    assert planned.new_people == ()
    assert transcript_of(event).panelists == seed.panelists
    assert transcript_of(event).introduction == seed.introduction
    assert transcript_of(event).tags == seed.tags
    site, marks, comments = (left.text for left in planned.transcript.unread)
    assert (site, comments) == ("admin 49 0", "• 评论列表")
    assert marks.splitlines() == [f"Question {number}" for number in range(1, 9)]


def test_faults_are_told_in_the_language_of_the_interface() -> None:
    turn = Turn(text="So.", speaker="Kim", attribution=Attribution.STATED, time=-1.0, line=7)
    transcript = Transcript(title="Roof", exchanges=(Exchange(question=None, answers=(turn,)),), source_url="nowhere")

    english = list(faults(transcript))
    with override("zh-hans"):
        chinese = list(faults(transcript))

    assert english == [
        "session: source_url: “nowhere” is not a valid URL",
        "line 7: question 1, answer 1: time: -1.0 seconds is not a plausible time in a recording",
    ]
    assert chinese == [
        "活动：来源网址：“nowhere”不是有效的网址",
        "第 7 行：问题 1 的回答 1：时间：录音录像中不会有这样的时间：-1.0 秒",
    ]
