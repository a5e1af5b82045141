import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from panels.models import Event, FormerEventSlug, RetiredAnchor
from tests.builders import (
    make_answer,
    make_event,
    make_panelist,
    make_published,
    make_question,
    make_session,
    make_speaker,
)
from tests.scratch import manage, scratch_database

pytestmark = pytest.mark.django_db


def test_slug_is_made_from_the_title_in_pinyin() -> None:
    event = make_event(title="城市档案：谁来记录？")

    assert event.slug == "cheng-shi-dang-an-shui-lai-ji-lu"


@pytest.mark.parametrize(("title", "slug"), [("🎉", "event"), ("Ökologie & Öffentlichkeit", "okologie-offentlichkeit")])
def test_slug_is_never_empty(title: str, slug: str) -> None:
    assert make_event(title=title).slug == slug


def test_slug_never_collides() -> None:
    slugs = [make_event(title="The same").slug for _ in range(3)]

    assert slugs == ["the-same", "the-same-2", "the-same-3"]


def test_slug_is_not_given_again_while_an_old_address_leads_there() -> None:
    moved = make_published(title="The same")
    moved.slug = "elsewhere"
    moved.save()

    assert make_event(title="The same").slug == "the-same-2"


def test_changed_slug_leaves_the_former_one_behind_however_it_is_written() -> None:
    event = make_published(slug="first")

    Event.objects.filter(pk=event.pk).update(slug="second")
    Event.objects.filter(pk=event.pk).update(slug="third")

    assert sorted(FormerEventSlug.objects.values_list("slug", "target")) == [
        ("first", event.pk),
        ("second", event.pk),
    ]


def test_slug_taken_back_is_no_longer_former() -> None:
    event = make_published(slug="first")
    for slug in ("second", "first"):
        Event.objects.filter(pk=event.pk).update(slug=slug)

    assert list(FormerEventSlug.objects.values_list("slug", flat=True)) == ["second"]


def test_clean_refuses_the_former_address_of_another_event() -> None:
    moved = make_published(slug="first")
    moved.slug = "second"
    moved.save()

    with pytest.raises(ValidationError) as caught:
        Event(title="New", slug="first").full_clean()

    assert list(caught.value.message_dict) == ["slug"]


def test_a_slug_that_readers_never_saw_is_free_again() -> None:
    draft = make_event(slug="first")
    draft.slug = "second"
    draft.save()

    Event(title="New", slug="first").full_clean()
    assert make_event(title="First").slug == "first"
    assert not FormerEventSlug.objects.exists()


@pytest.mark.parametrize("status", ["published", "withdrawn", "binned"])
def test_a_slug_that_readers_saw_stays_reserved_whatever_became_of_its_event(status: str) -> None:
    event = make_published(slug="first")
    Event.objects.filter(pk=event.pk).update(status=status)
    Event.objects.filter(pk=event.pk).update(slug="second")

    assert make_event(title="First").slug == "first-2"
    with pytest.raises(ValidationError):
        Event(title="New", slug="first").full_clean()


_ADD = """
from django.db import connection
with connection.cursor() as cursor:
    for slug, status, published_at in (
        ("draft", "draft", None), ("seen", "published", "2026-01-01 00:00:00+00:00"), ("trash", "binned", None),
        ("seen-trash", "binned", "2026-01-01 00:00:00+00:00"),
    ):
        fields = ["title", "slug", "status", "published_at", "language", "programme", "introduction", "publisher",
                  "source_title", "licence", "translation", "translated_from", "source_url", "recording_url",
                  "source_note"]
        values = [slug, slug, status, published_at, "en", *[""] * 10]
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO panels_event ({', '.join(fields)}) VALUES ({marks})", values)
        cursor.execute(
            "INSERT INTO panels_formereventslug (slug, target_id) SELECT 'old-' || slug, id FROM panels_event "
            "WHERE slug = %s", [slug],
        )
"""
_SHOW = """
from panels.models import Event, FormerEventSlug
print([(one.title, one.slug.replace(str(one.pk), "N")) for one in Event.objects.order_by("title")])
print(sorted(FormerEventSlug.objects.values_list("slug", flat=True)))
"""


@pytest.mark.slow
def test_the_migration_frees_what_readers_never_saw(tmp_path: Path) -> None:
    with scratch_database(tmp_path) as url:

        def run(*arguments: str) -> list[str]:
            done = manage(*arguments, SECRET_KEY="only-for-tests", DATABASE_URL=url)
            assert done.returncode == 0, done.stderr
            return done.stdout.splitlines()

        run("migrate", "panels", "0022", "-v0")
        run("shell", "-v0", "-c", _ADD)
        run("migrate", "-v0")

        assert run("shell", "-v0", "-c", _SHOW) == [
            "[('draft', 'draft'), ('seen', 'seen'), ('seen-trash', 'seen-trash'), ('trash', 'trash-N-trash')]",
            "['old-seen', 'old-seen-trash']",
        ]
        run("migrate", "panels", "0022", "-v0")
        run("migrate", "-v0")
        assert run("shell", "-v0", "-c", _SHOW)[1] == "['old-seen', 'old-seen-trash']"


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "published", "published_at": None},
        {"status": "withdrawn", "published_at": None},
        {"status": "lost"},
        {"title": ""},
        {"translated_from": "zh"},
        {"translation": "by ear"},
    ],
    ids=str,
)
def test_database_refuses(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.bulk_create([Event(**{"title": "Panel", "slug": "panel", **fields})])


def test_database_refuses_an_event_that_translates_itself() -> None:
    event = make_event(translation="human")

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(translation_of=event.pk)


def test_published_is_one_status_only() -> None:
    for status in ("draft", "in_review", "published", "withdrawn"):
        make_event(slug=f"event-{status.replace('_', '-')}", status=status)

    assert [event.slug for event in Event.objects.published()] == ["event-published"]


def test_newest_first_puts_undated_last_and_equal_days_by_slug() -> None:
    for slug, date in [
        ("b", dt.date(2020, 1, 1)),
        ("none", None),
        ("a", dt.date(2020, 1, 1)),
        ("c", dt.date(2021, 1, 1)),
    ]:
        make_event(slug=slug, date=date)

    assert [event.slug for event in Event.objects.all().newest_first()] == ["c", "a", "b", "none"]


def test_with_counts_does_not_multiply() -> None:
    event = make_session(questions=3, answers=2)
    make_answer(event.questions.get(number=1), attribution="unknown")

    counted: Any = Event.objects.with_counts().get()

    assert (counted.question_count, counted.answer_count, counted.unattributed_count) == (3, 7, 1)


def test_with_speaker_finds_panelists_answerers_and_askers() -> None:
    speaker = make_speaker()
    panel, answered, asked, _other = (make_published(slug=slug) for slug in ("panel", "answered", "asked", "other"))
    make_panelist(panel, speaker=speaker)
    make_answer(make_question(answered), speaker=speaker)
    make_question(asked, asked_by=speaker)

    found = Event.objects.all().with_speaker(speaker)

    assert {event.slug for event in found} == {"panel", "answered", "asked"}


def test_tagged_anywhere_finds_tags_on_event_question_and_answer() -> None:
    events = [make_published(slug=slug) for slug in ("event", "question", "answer", "other")]
    question, answer = make_question(events[1]), make_answer(make_question(events[2]))
    for tagged in (events[0], question, answer):
        tagged.tags.add("Archives")

    found = Event.objects.all().tagged_anywhere(events[0].tags.get())

    assert {event.slug for event in found} == {"event", "question", "answer"}


def test_deleting_an_event_leaves_nothing_behind() -> None:
    event = make_session(questions=2, answers=2)
    event.questions.get(number=2).delete()

    event.delete()

    assert not RetiredAnchor.objects.exists()
