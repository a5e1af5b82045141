"""Generated corrections of stored sessions: each is stored or refused with a sentence, and nothing of theirs is lost.

Thirty of three hundred are tried, ten of them through the command and ten in the admin; with PANELS_ALL_CORRECTIONS=1
all three hundred in each way.
"""

import os
import random
import re
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from panels.editorial.history.event_history import archive_of
from panels.editorial.importing import ImportOptions, ImportRefusedError, Plan, apply, plan
from panels.editorial.importing.drafts import ready, run_import
from panels.formats.native import text_write
from panels.models import Event, ImportDraft, Panelist, Revision, Speaker
from panels.reading.export import transcript_of
from panels.transcript import Transcript, Turn
from tests.admin.importing.pages import press_on_import
from tests.editorial.importing.corrections import CHANGES, SHAPES, Shape, corrected, said, text_of, with_names

pytestmark = pytest.mark.django_db
ALL = bool(os.environ.get("PANELS_ALL_CORRECTIONS"))
SEEDS = range(0, 300, 1 if ALL else 10)
BY_COMMAND, IN_THE_ADMIN = (SEEDS, SEEDS) if ALL else (SEEDS[::3], SEEDS[1::3])


def stored(shape: Shape) -> Event:
    """The session as it was imported, and then worked on: tagged, attributed, corrected and timed."""
    event = apply(plan(text_of(shape)))
    event.tags.add("By an editor")
    event.answers.get(anchor="q1-a2").tags.add("Night")
    event.answers.filter(anchor="q2-a1").update(media_time=7.5)
    lost = event.answers.filter(attribution="unknown").first()
    if lost is not None:
        speaker = Speaker.objects.get(name=shape.names[0])
        event.answers.filter(pk=lost.pk).update(speaker=speaker, attribution="inferred", evidence="By the voice.")
    event.corrections.create(date="2021-06-01", note="Mended.", anchor="q1-a1")
    return event


def passages(transcript: Transcript) -> dict[str, Turn]:
    turns = (turn for one in transcript.exchanges for turn in (one.question, *one.answers) if turn)
    return {turn.anchor: turn for turn in turns if turn.anchor}


def settled(planned: Plan, chance: random.Random) -> dict[str, Speaker | None]:
    """Whoever is in doubt is said to be one of those offered, or somebody new."""
    return {one.name: chance.choice([None, *one.similar]) for one in planned.doubts}


def check(event: Event, before: Transcript, seats: set[int]) -> None:
    """What must hold of any update: passages keep anchors and what editors did to them, whoever speaks keeps a seat."""
    now = transcript_of(event)
    old, new = passages(before), passages(now)
    assert old.keys() <= new.keys()
    words = Counter(turn.text for turn in old.values())
    for anchor, turn in old.items():
        here = new[anchor]
        assert set(turn.tags) <= set(here.tags), anchor
        assert turn.time is None or here.time is not None, anchor
        assert not turn.speaker or here.speaker, anchor
        if turn.attribution == "inferred" and here.speaker == turn.speaker:
            assert (here.attribution, here.evidence) in {("inferred", turn.evidence), ("stated", here.evidence)}, anchor
    for anchor, turn in new.items():
        if words[turn.text] == 1 and turn.text.endswith(")"):
            assert old[anchor].text == turn.text, anchor
    assert set(before.tags) <= set(now.tags)
    assert set(before.corrections) <= set(now.corrections)
    assert seats <= set(event.panelists.values_list("speaker", flat=True))
    assert not event.answers.exclude(question__event=event).exists()


def updated(event: Event, text: Transcript, chance: random.Random) -> tuple[Plan | None, str]:
    """What was stored, or why not. Whoever is in doubt keeps it from being stored until it is said who that is."""
    try:
        planned = plan(text, onto=event)
        if planned.doubts:
            with pytest.raises(ImportRefusedError, match="choose who"):
                apply(planned)
            planned = plan(text, ImportOptions(settled=settled(planned, chance)), onto=event)
        run_import(ready(planned), by=None, why="")
    except ImportRefusedError as refused:
        return None, str(refused)
    return planned, ""


@pytest.mark.parametrize("seed", SEEDS)
def test_a_corrected_text_is_stored_or_refused_with_a_sentence(seed: int) -> None:
    shape = SHAPES[seed // 30]
    event = stored(shape)
    before, chance = transcript_of(event), random.Random(seed)
    seats = set(Panelist.objects.filter(event=event).values_list("speaker", flat=True))
    people = set(Speaker.objects.values_list("pk", flat=True))
    text, _names = corrected(text_of(shape), seed)
    planned, refusal = updated(event, text, chance)
    if planned is None:
        assert re.search(r"\w{3}", refusal)
        assert transcript_of(event) == before
        return

    event = Event.objects.get(pk=event.pk)
    check(event, before, seats)
    assert archive_of(transcript_of(event)) == bytes(Revision.objects.filter(event=event).latest("number").archive)
    made = set(Speaker.objects.exclude(pk__in=people).values_list("name", flat=True))
    assert made <= {one.name for one in planned.new_people}
    again = plan(text, ImportOptions(settled={one.name: one.known for one in planned.people if one.known}), onto=event)
    assert not {change.kind for change in again.comparison.passages if change.is_question} & {"added"}  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", BY_COMMAND)
def test_the_command_stores_or_refuses_a_corrected_text(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shape = SHAPES[seed // 30]
    event = stored(shape)
    before = transcript_of(event)
    seats = set(event.panelists.values_list("speaker", flat=True))
    path = tmp_path / "corrected.txt"
    path.write_text(text_write.write(replace(corrected(text_of(shape), seed)[0], slug=event.slug)), encoding="utf-8")

    with suppress(CommandError):
        call_command("import_sessions", str(path), "--update")

    told = capsys.readouterr()
    if re.match(r"refused +\S+: .*\w{3}", told.err):
        assert transcript_of(event) == before
    else:
        assert re.match(r"(updated|kept) ", told.out)
        check(Event.objects.get(pk=event.pk), before, seats)


@pytest.mark.parametrize("seed", IN_THE_ADMIN)
def test_the_admin_stores_or_refuses_a_corrected_text(seed: int, desk: Client) -> None:
    shape = SHAPES[seed // 30]
    event = stored(shape)
    before = transcript_of(event)
    seats = set(event.panelists.values_list("speaker", flat=True))
    text = text_write.write(corrected(text_of(shape), seed)[0])

    response = desk.post(f"/admin/panels/event/import/?event={event.pk}", {"text": text})
    assert response.status_code == 302, response.context["form"].errors
    address = response["Location"]
    fields = desk.get(address).context["form"]
    sent = {field.html_name: field.value() or "" for field in fields if field.html_name not in {"taken", "force_new"}}
    sent |= {name: "new" for name in sent if name.startswith("person-") and fields[name].field.help_text}
    sent = {name: value for name, value in sent.items() if value is not False}
    press_on_import(desk, address, {**sent, "keep": ""})
    page = desk.get(address)
    answer = press_on_import(desk, address, {**sent, "version": before.version or "", "store": ""}, follow=True)

    assert page.status_code == answer.status_code == 200
    if ImportDraft.objects.get().stored_at is None:
        assert transcript_of(event) == before
    else:
        check(Event.objects.get(pk=event.pk), before, seats)


def test_every_correction_is_tried() -> None:
    tried = Counter(name for seed in range(300) for name in corrected(text_of(SHAPES[seed // 30]), seed)[1])

    assert set(tried) == set(CHANGES)


def test_a_respelt_panelist_is_asked_about_and_is_who_the_editor_says() -> None:
    event = stored(SHAPES[0])
    text = with_names(text_of(SHAPES[0]), {"Ben Marsh": "Ben Marche"})
    stored_one = Speaker.objects.get(name="Ben Marsh")

    doubts = plan(text, onto=event).doubts
    apply(plan(text, ImportOptions(settled={"Ben Marche": stored_one}), onto=event))

    assert [(one.name, one.similar) for one in doubts] == [("Ben Marche", (stored_one,))]
    assert not Speaker.objects.filter(name="Ben Marche").exists()
    assert event.panelists.count() == 3


def test_a_respelt_panelist_may_be_somebody_new_and_the_stored_one_keeps_the_passages() -> None:
    event = stored(SHAPES[0])
    text = with_names(text_of(SHAPES[0]), {"Ben Marsh": "Ben Marche"})
    before = passages(transcript_of(event))

    apply(plan(text, ImportOptions(settled={"Ben Marche": None}), onto=event))

    assert passages(transcript_of(event)) == before
    assert [one.speaker.name for one in event.panelists.all()] == ["Jane Doe", "Ben Marche", "Ida Krane", "Ben Marsh"]


def test_somebody_renamed_is_asked_about_by_the_passages() -> None:
    event = stored(SHAPES[0])

    doubts = plan(with_names(text_of(SHAPES[0]), {"Ben Marsh": "Sam Abel"}), onto=event).doubts

    assert [(one.name, [str(who) for who in one.similar]) for one in doubts] == [("Sam Abel", ["Ben Marsh"])]


def test_another_speaker_of_exactly_the_new_name_is_not_taken_unasked() -> None:
    event = stored(SHAPES[0])
    namesake = Speaker.objects.create(name="Ben Marche")

    (doubt,) = plan(with_names(text_of(SHAPES[0]), {"Ben Marsh": "Ben Marche"}), onto=event).doubts

    assert doubt.known is None
    assert set(doubt.similar) == {namesake, Speaker.objects.get(name="Ben Marsh")}


def test_a_panelist_whom_the_text_lists_no_more_stays_while_passages_are_theirs() -> None:
    event = stored(SHAPES[0])
    text = text_of(SHAPES[0])
    shorter = replace(text, panelists=text.panelists[:1])

    apply(plan(shorter, onto=event))
    apply(plan(shorter, ImportOptions(drop_missing=True), onto=event))

    assert [one.speaker.name for one in event.panelists.all()] == ["Jane Doe", "Ben Marsh", "Ida Krane"]


def test_with_what_is_missing_to_be_deleted_goes_who_is_neither_listed_nor_speaks() -> None:
    event = stored(SHAPES[0])
    silent = Panelist.objects.create(event=event, speaker=Speaker.objects.create(name="Silent Guest"))
    text = text_of(SHAPES[0])

    apply(plan(replace(text, licence="CC0"), onto=event))
    assert Panelist.objects.filter(pk=silent.pk).exists()
    apply(plan(text, ImportOptions(drop_missing=True), onto=event))

    assert not Panelist.objects.filter(pk=silent.pk).exists()


def test_of_two_panelists_of_one_name_none_is_lost_or_taken_for_the_other() -> None:
    event = stored(SHAPES[5])
    other = Speaker.objects.create(name="Kim")
    Panelist.objects.create(event=event, speaker=other, title="Guest")
    text = text_of(SHAPES[5])
    added = replace(
        text.exchanges[0], answers=(*text.exchanges[0].answers, said("Kim", "And one thing more, from me."))
    )

    apply(plan(replace(text, licence="CC0"), onto=event))
    planned = plan(replace(text, exchanges=(added, *text.exchanges[1:])), onto=event)

    assert [one.speaker.name for one in event.panelists.all()].count("Kim") == 2
    assert [(one.name, len(one.similar)) for one in planned.doubts] == [("Kim", 2)]
    apply(
        plan(replace(text, exchanges=(added, *text.exchanges[1:])), ImportOptions(settled={"Kim": other}), onto=event)
    )
    assert event.answers.get(text="And one thing more, from me.").speaker == other
    assert event.answers.filter(speaker=other).count() == 1


def test_a_name_that_would_stand_for_two_is_refused() -> None:
    event = stored(SHAPES[0])
    other = Speaker.objects.create(name="Ben Marsh", slug="another-ben")
    text = with_names(text_of(SHAPES[0]), {"Ida Krane": "B. M."})

    with pytest.raises(ImportRefusedError, match="two speakers would be called “Ben Marsh”"):
        apply(plan(text, ImportOptions(settled={"B. M.": other}), onto=event))


def test_somebody_who_was_renamed_meanwhile_is_looked_at_again() -> None:
    speaker = Speaker.objects.create(name="Jane Doe")
    planned = plan(text_of(SHAPES[0]))
    Speaker.objects.filter(pk=speaker.pk).update(name="Jane Roe")

    with pytest.raises(ImportRefusedError, match="“Jane Doe” has changed since"):
        apply(planned)


def test_what_was_prepared_is_prepared_again_where_a_slug_was_taken_meanwhile() -> None:
    made = ready(plan(text_of(SHAPES[4])))
    Event.objects.create(title="Lesesaal")

    event = run_import(made, by=None, why="")

    assert event.slug == "lesesaal-2"
    assert archive_of(transcript_of(event)) == bytes(Revision.objects.get(event=event).archive)
