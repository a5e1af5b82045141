"""An archive of 500 sessions in eight series, such as newsrooms have.

Labels recur and mean different people, two people have one name, translations have the title and date of an original,
files do not say their language, and lists have one speaker.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F

from panels.formats.native import json_archive
from panels.models import Answer, Event, Panelist, Speaker
from panels.transcript import Attribution, Exchange, PanelMember, Transcript, Turn
from tests.builders import make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.exhaustive]

SUBJECTS = ("the reading room", "the last bus", "a bridge for cyclists", "rents at the harbour", "the school kitchen")
WORDS = {
    "en": "In year {year} we asked {number} neighbours about {subject}, and most of them had never been asked before.",
    "fr": "En l'an {year} nous avons demandé à {number} voisins leur avis sur {subject}, sans les prévenir.",
    "zh-Hans": "在{year}年，我们向{number}位邻居询问了这个问题（{subject}），其中大多数人从来没有被这样问过。",
    "ar": "في عام {year} سألنا {number} من الجيران عن هذا الموضوع، ومعظمهم لم يسألهم أحد من قبل عن رأيهم.",
}
UNSAID = {"zh-Hans", "ar"}
LABELS = ("IK", "BM", "Ida", "Tom", "Moderator", "Speaker 1")
NAMES = ("Ben Marsh", "Carla Stone", "Ida Krane")
SHARED = "Ida Krane"
LABELLED = ("Lantern Talks", "Mill Evenings", "Quay Hours", "Cellar Rounds")
TRANSLATED = ("Town Talk", "River Talk")
EACH, DAYS = 50, 25


def session(programme: str, day: int, *, title: str, language: str, voices: tuple[str, ...] = ()) -> Transcript:
    """A session in which every voice speaks once, or somebody without a label twice."""
    subject = SUBJECTS[day % len(SUBJECTS)]
    texts = [
        WORDS[language].format(year=1900 + day * 7 + place, number=day * 3 + place, subject=subject)
        for place in range(1, max(2, len(voices)) + 1)
    ]
    turns = (
        Turn(text=text, label=voice, speaker=voice, attribution=Attribution.STATED) if voice else Turn(text=text)
        for text, voice in zip(texts, voices or ("", ""), strict=True)
    )
    return Transcript(
        title=title,
        date=dt.date(2021, 1, 1) + dt.timedelta(days=day),
        language="" if language in UNSAID else language,
        programme=programme,
        panelists=() if voices else (PanelMember(name="Ida Vale"),),
        exchanges=(Exchange(question=None, answers=tuple(turns)),),
    )


def archive() -> Iterator[tuple[Transcript, str]]:
    """The sessions, each with the language that it is in."""
    days = iter(range(1, 1_000))  # one number for each text, so that no two are alike
    for at, programme in enumerate(LABELLED):
        language = list(WORDS)[at]
        for number in range(EACH):
            voices = tuple(LABELS[(number + place) % len(LABELS)] for place in range(3))
            yield session(programme, next(days), title=programme, language=language, voices=voices), language
    for number in range(EACH):
        title = f"Names {number}"
        yield session("Known Names", next(days), title=title, language="en", voices=NAMES), "en"
    for programme in TRANSLATED:
        for _number in range(DAYS):
            day = next(days)
            for language in WORDS:
                yield session(programme, day, title=programme, language=language), language
    for _number in range(EACH):
        yield session("One Voice", next(days), title="One Voice", language="en"), "en"


def states() -> list[list[Any]]:
    """Every row with all of its values."""
    stored: list[Any] = [model.objects.order_by("pk").values() for model in (Event, Speaker, Panelist, Answer)]
    return [list(rows) for rows in stored]


def test_an_archive_is_stored_whole_and_a_second_load_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    namesakes = [make_speaker(SHARED, note=note) for note in ("historian", "painter")]
    every = list(archive())
    for number, (one, _language) in enumerate(every):
        (tmp_path / f"{number:03}.json").write_text(json_archive.write(one), encoding="utf-8")

    call_command("import_sessions", tmp_path)
    first = capsys.readouterr().out
    before = states()
    call_command("import_sessions", tmp_path)
    second = capsys.readouterr().out

    assert len(every) == 500
    assert len({one.programme for one, _language in every}) == 8
    assert first.endswith("500 stored\n")
    assert "100 with a guessed language: ar\n100 with a guessed language: zh-Hans\n" in first
    assert "250 with one listed speaker and no labels: left unattributed" in first
    assert second.endswith("500 kept\n")
    assert states() == before
    stored = Event.objects.values_list("programme", "date", "language")
    assert Counter(stored) == Counter((one.programme, one.date, language) for one, language in every)
    call_command("check_languages")
    _check_who_spoke(namesakes)


def _check_who_spoke(namesakes: list[Speaker]) -> None:
    """No label stands in two sessions, and no name that two people have was taken for one of them."""
    labels = Speaker.objects.filter(session__isnull=False)
    assert {one.name for one in labels} == {*LABELS, SHARED}
    assert labels.count() == len(LABELLED) * EACH * 3 + EACH
    assert not Answer.objects.filter(speaker__session__isnull=False).exclude(speaker__session=F("event")).exists()
    assert not Answer.objects.filter(speaker__in=namesakes).exists()
    identified = Speaker.objects.identified().exclude(pk__in=[one.pk for one in namesakes])
    assert {one.name: one.answers.count() for one in identified} == {
        "Ben Marsh": EACH,
        "Carla Stone": EACH,
        "Ida Vale": 0,
    }
    assert Answer.objects.filter(event__programme="One Voice", speaker__isnull=False).count() == 0
