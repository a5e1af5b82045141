"""A small archive such as newsrooms have: a series, translations of one title and date, files without a language."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from panels.formats.native import json_archive
from panels.models import Event
from panels.transcript import Exchange, PanelMember, Transcript, Turn

pytestmark = pytest.mark.django_db

SUBJECTS = ("the reading room", "the last bus", "a bridge for cyclists", "rents at the harbour", "the school kitchen")
WORDS = {
    "en": "In year {year} we asked {number} neighbours about {subject}, and most of them had never been asked before.",
    "fr": "En l'an {year} nous avons demandé à {number} voisins leur avis sur {subject}, sans les prévenir.",
    "zh-Hans": "在{year}年，我们向{number}位邻居询问了这个问题（{subject}），其中大多数人从来没有被这样问过。",
    "ar": "في عام {year} سألنا {number} من الجيران عن هذا الموضوع، ومعظمهم لم يسألهم أحد من قبل عن رأيهم.",
}
UNSAID = {"zh-Hans", "ar"}


def session(title: str, day: int, subject: str, language: str) -> Transcript:
    texts = [
        WORDS[language].format(year=1900 + day * 7 + place, number=day + place, subject=subject) for place in (1, 2)
    ]
    return Transcript(
        title=title,
        date=dt.date(2021, 5, 1) + dt.timedelta(days=day),
        language="" if language in UNSAID else language,
        programme="Town talk",
        panelists=(PanelMember(name="Ida Krane"),),
        exchanges=(Exchange(question=None, answers=tuple(Turn(text=text) for text in texts)),),
    )


def archive() -> list[Transcript]:
    days = enumerate(SUBJECTS, start=1)
    return [session("Town talk", day, subject, language) for day, subject in days for language in WORDS]


def test_an_archive_is_stored_whole_and_a_second_load_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, one in enumerate(archive()):
        (tmp_path / f"{number:03}.json").write_text(json_archive.write(one), encoding="utf-8")

    call_command("import_sessions", tmp_path)
    first = capsys.readouterr().out
    rows = list(Event.objects.order_by("pk").values())
    call_command("import_sessions", tmp_path)
    second = capsys.readouterr().out

    assert first.endswith("20 stored\n")
    assert "5 with a guessed language: ar\n5 with a guessed language: zh-Hans\n" in first
    assert "20 with one listed speaker and no labels: left unattributed" in first
    assert second.endswith("20 kept\n")
    assert list(Event.objects.order_by("pk").values()) == rows
    found = Event.objects.values_list("language").annotate(count=Count("pk")).order_by("language")
    assert dict(found) == {"ar": 5, "en": 5, "fr": 5, "zh-Hans": 5}
    assert not Event.objects.filter(answers__speaker__isnull=False).exists()
    call_command("check_languages")
