"""A bulk load stores what careful storing stores, refuses what it refuses, and goes on."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panels.editorial.importing import apply, plan
from panels.editorial.importing.bulk import counted, load
from panels.editorial.importing.checking import needs_no_validation
from panels.editorial.importing.writing.bulk_insert import COLUMNS
from panels.models import Event, Speaker, Tag, Version
from panels.reading.export import transcript_of
from panels.transcript import Attribution, Candidate, CorrectionEntry, Exchange, PanelMember, Role, Transcript, Turn
from tests.builders import make_speaker

pytestmark = pytest.mark.django_db


def stated(name: str | None, text: str = "So.", **more: Any) -> Turn:
    attribution = Attribution.STATED if name else Attribution.UNKNOWN
    return Turn(text=text, speaker=name, attribution=attribution, **more)


SMALL = Transcript(
    title="Night opening",
    date=dt.date(2021, 5, 1),
    language="en",
    tags=("Libraries",),
    source_url="https://example.org/night",
    panelists=(
        PanelMember(name="Jane Doe", role=Role.MODERATOR, title="Editor"),
        PanelMember(name="Zhang San", original_name="张三"),
    ),
    exchanges=(
        Exchange(
            question=stated("Jane Doe", "Why?", tags=("Night",), time=1.5),
            answers=(
                stated("Kim", tags=("night", "Lamps")),
                stated(None, "Lost.", candidates=(Candidate(name="Kim", evidence="the only one left"),)),
            ),
        ),
        Exchange(question=None, answers=(stated("张三", "By the way."),), follow_up=True),
    ),
    corrections=(CorrectionEntry(date=dt.date(2021, 6, 1), note="Mended.", anchor="q1-a1"),),
)


def loaded(*given: Transcript, **options: Any) -> list[tuple[str, str]]:
    named = ((str(number), transcript) for number, transcript in enumerate(given))
    return [(outcome.became.value, outcome.message) for outcome in load(named, **options)]


def words_of(event: Event) -> Transcript:
    """All but the version: it counts changes, and how many they are is a matter of the way and the database."""
    return replace(transcript_of(event), version=None)


def stored() -> list[list[Any]]:
    """All rows but for their keys and versions, by what they name."""
    return [
        sorted(Event.objects.values_list("slug", "title", "status", "date", "language", "source_url", "licence")),
        sorted(Speaker.objects.values_list("slug", "name", "original_name", "sort_key", "kind")),
        sorted(Tag.objects.values_list("slug", "name", "sort_key")),
        [words_of(event) for event in Event.objects.order_by("slug")],
    ]


def forget() -> None:
    Event.objects.all().delete()
    Speaker.objects.all().delete()
    Tag.objects.all().delete()


def both_ways(given: Iterable[Transcript]) -> tuple[list[Any], list[Any]]:
    given = list(given)
    loaded(*given)
    in_bulk = stored()
    forget()
    for one in given:
        planned = plan(one)
        if planned.stored is None:
            apply(planned)
    return in_bulk, stored()


def test_the_columns_are_the_models() -> None:
    given_later = {"withdrawal_reason"}  # empty by default in the database, and never loaded
    for model, columns in COLUMNS.items():
        stored = {field.column for field in model._meta.concrete_fields if not field.generated}
        assert stored - given_later == set(columns)


def test_a_load_stores_what_careful_storing_stores() -> None:
    other = replace(SMALL, title="Another", source_url="", panelists=(PanelMember(name="Kim", family_name="Kim"),))

    in_bulk, carefully = both_ways([SMALL, other])

    assert needs_no_validation(SMALL)
    assert in_bulk == carefully


@pytest.mark.parametrize("name", ["babbitt_2020_04_10", "library_round_table_2021_09_18", "chengshi_dangan_2022_05_21"])
def test_what_was_exported_is_loaded_as_it_was(name: str) -> None:
    call_command("loaddata", name, verbosity=0)
    record = words_of(Event.objects.get())
    forget()

    assert needs_no_validation(record)
    assert loaded(record) == [("stored", f"{record.slug}: {counted(record)}")]
    assert words_of(Event.objects.get()) == record


def test_who_and_what_is_stored_already_is_used() -> None:
    speaker = make_speaker("Zhang San", original_name="张三")
    Tag.objects.create(name="LIBRARIES")

    loaded(SMALL)

    assert Speaker.objects.filter(name__in=["Zhang San", "张三"]).get() == speaker
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["LIBRARIES", "Lamps", "Night"]


def test_what_is_stored_already_is_passed_over_also_within_a_load() -> None:
    loaded(SMALL)
    before = stored()

    told = loaded(SMALL, replace(SMALL, title="New", source_url=""), replace(SMALL, title="New", source_url=""))

    assert [(became, said.partition(":")[0]) for became, said in told] == [
        ("kept", "night-opening"),
        ("stored", "new"),
        ("kept", "new"),
    ]
    assert before[3][0] in stored()[3]


def test_equal_titles_of_other_days_get_slugs_of_their_own() -> None:
    days = [replace(SMALL, source_url="", date=dt.date(2021, 5, day)) for day in (1, 2, 3)]

    assert [said.partition(":")[0] for _, said in loaded(*days)] == [
        "night-opening",
        "night-opening-2",
        "night-opening-3",
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(SMALL, title=" "), "no title"),
        (replace(SMALL, title="x" * 301), "session: title:"),
        (replace(SMALL, slug="Not a slug"), "session: slug:"),
        (replace(SMALL, source_url="nowhere"), "session: source_url:"),
        (replace(SMALL, language="!"), "session: language:"),
        (replace(SMALL, exchanges=()), "this transcript contains no text"),
        (replace(SMALL, exchanges=(Exchange(question=stated("K" * 201)),)), "speaker KKK"),
        (replace(SMALL, exchanges=(Exchange(question=None, answers=(stated("Kim", anchor="x"),)),)), "anchor:"),
        (replace(SMALL, exchanges=(Exchange(question=None, answers=(stated("Kim", time=-1),)),)), "answer 1:"),
        (replace(SMALL, exchanges=(Exchange(question=stated("Kim", "a\0b")),)), "text:"),
        (replace(SMALL, tags=("x" * 101,)), ""),
    ],
)
def test_what_breaks_a_rule_is_refused_with_the_reason_and_the_rest_is_stored(wrong: Transcript, said: str) -> None:
    told = loaded(replace(SMALL, title="Before", source_url=""), wrong, replace(SMALL, title="After", source_url=""))

    assert [became for became, _ in told] == ["stored", "refused", "stored"]
    assert said in told[1][1]
    assert sorted(Event.objects.values_list("slug", flat=True)) == ["after", "before"]


def test_published_at_once_if_it_is_wanted() -> None:
    odd = replace(SMALL, title="Odd", source_url="", exchanges=(Exchange(question=stated("Kim", anchor="q7")),))

    loaded(SMALL, odd, publish=True)

    assert Event.objects.published().count() == 2
    assert None not in Event.objects.values_list("published_at", flat=True)


def test_anchors_editions_and_further_rows_follow_as_ever() -> None:
    loaded(SMALL)
    event = Event.objects.get()

    event.questions.get(number=1).answers.create(attribution="unknown", text="More.")
    event.questions.create(text="Further?")

    assert Version.objects.get(event=event).number > 1
    assert set(event.answers.values_list("anchor", flat=True)) == {"q1-a1", "q1-a2", "q1-a3", "q2-a1"}
    assert list(event.questions.values_list("anchor", flat=True)) == ["q1", "q2", "q3"]


def test_batches_are_whatever_size() -> None:
    days = [replace(SMALL, source_url="", date=dt.date(2021, 5, day)) for day in range(1, 12)]

    loaded(*days, batch=9)

    assert Event.objects.count() == 11
    assert sorted(Speaker.objects.identified().values_list("name", flat=True)) == ["Jane Doe", "Zhang San"]
    assert [label.name for event in Event.objects.all() for label in event.labels.all()] == ["Kim"] * 11


NAMES = st.sampled_from(["Kim", "kim", "Zhang San", "张三", " Jane", "K" * 201, "O'Sample", "!"])
TEXTS = st.sampled_from(["So.", "", " ", "a\0b", "因为", "So it was.\n\nAnd so it is."])
TIMES = st.sampled_from([None, 0.0, 1.5, -1.0, float("inf")])
TAGS = st.lists(st.sampled_from(["Night", "night", "夜", "", "x" * 101, "!"]), max_size=2).map(tuple)
ANCHORS = st.sampled_from([None, None, None, "q1", "q2", "q1-a1", "q9-a9", "x"])
TURNS = st.builds(
    Turn,
    text=TEXTS,
    speaker=st.none() | NAMES,
    attribution=st.sampled_from(Attribution),
    evidence=st.sampled_from(["", "He says so."]),
    time=TIMES,
    tags=TAGS,
    anchor=ANCHORS,
)
PANEL = st.lists(
    st.builds(
        PanelMember, name=NAMES, original_name=st.sampled_from(["", "张三"]), family_name=st.sampled_from(["", "Kim"])
    ),
    max_size=2,
).map(tuple)
SESSIONS = st.builds(
    Transcript,
    title=st.sampled_from(["Night", "夜", "", "!", "x" * 301]),
    date=st.sampled_from([None, dt.date(2021, 5, 1), dt.date(2021, 5, 2)]),
    language=st.sampled_from(["", "en", "zh-Hans", "not a tag"]),
    slug=st.sampled_from(["", "", "night", "Night!"]),
    source_url=st.sampled_from(["", "", "https://example.org/night", "nowhere"]),
    tags=TAGS,
    panelists=PANEL,
    exchanges=st.lists(
        st.builds(Exchange, question=st.none() | TURNS, answers=st.lists(TURNS, max_size=3).map(tuple)), max_size=3
    ).map(tuple),
    corrections=st.lists(
        st.builds(
            CorrectionEntry, date=st.just(dt.date(2021, 6, 1)), note=TEXTS, anchor=st.sampled_from(["", "q1", "x"])
        ),
        max_size=1,
    ).map(tuple),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=st.lists(SESSIONS, min_size=1, max_size=3))
def test_whatever_is_loaded_is_what_careful_storing_stores(made: list[Transcript]) -> None:
    forget()
    refusals = [outcome for outcome in load(("", one) for one in made) if outcome.became == "refused"]
    in_bulk = stored()
    forget()
    refused = 0
    for one in made:
        try:
            with transaction.atomic():
                planned = plan(one)
                if planned.stored is None:
                    apply(planned)
        except ValueError:
            refused += 1
    assert in_bulk == stored()
    assert len(refusals) == refused
    forget()
