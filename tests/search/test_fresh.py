"""The index says what readers see, whatever way it was written: compared, after each, with an index made anew."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from panels.editorial import publishing
from panels.editorial.importing.bulk import load
from panels.editorial.speakers_and_tags.merge import merge
from panels.management.generated_sessions import sessions
from panels.models import Answer, Event, Panelist, Question, Speaker, Tag, TaggedAnswer, TaggedEvent, TaggedQuestion
from panels.models.database import search_index
from panels.search import read_query, search
from panels.transcript import Transcript
from tests.builders import make_answer, make_panelist, make_question, make_speaker
from tests.search.corpus import store

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[int, list[str], str]]:
    """All that the index holds, with facets in no order."""
    columns = (
        "rowid, facets, words, names" if connection.vendor == "sqlite" else "id, facets, vector::text, pairs::text"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM panels_search ORDER BY 1")
        return [(key, sorted(facets.split()), str(rest)) for key, facets, *rest in cursor.fetchall()]


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def event(slug: str = "library") -> Event:
    return Event.objects.get(slug=slug)


def answer(anchor: str = "q1-a1") -> Answer:
    return Answer.objects.get(event=event(), anchor=anchor)


def _save_an_answer() -> None:
    one = answer()
    one.text = "Fresh 图书馆 words"
    one.save()


def _add_answers_at_once() -> None:
    question = event().questions.get(anchor="q2")
    ada = Speaker.objects.get(slug="ada-example")
    given = [(8, "q2-a8"), (9, "q2-a9")]
    Answer.objects.bulk_create(
        Answer(question=question, event=event(), speaker=ada, position=place, anchor=anchor, text=f"Fresh {anchor}")
        for place, anchor in given
    )


def _merge_speakers() -> None:
    merge(Speaker.objects.get(slug="renee-sample"), Speaker.objects.get(slug="ada-example"), by=None)


def _merge_tags() -> None:
    merge(Tag.objects.get(slug="libraries"), Tag.objects.get(slug="archives"), by=None)


def _move_to_another_question() -> None:
    question = event().questions.get(anchor="q2")
    Answer.objects.filter(pk=answer().pk).update(question=question, position=7)


def _tag_answers_at_once() -> None:
    tag = Tag.objects.get(slug="money")
    TaggedAnswer.objects.bulk_create(TaggedAnswer(tag=tag, content_object=one) for one in Answer.objects.all())


def _replace_speaker() -> None:
    Answer.objects.filter(speaker__slug="ada-example").update(speaker=Speaker.objects.get(slug="reading-board"))


WAYS: dict[str, Callable[[], object]] = {
    "nothing": lambda: None,
    "answer saved": _save_an_answer,
    "answer added": lambda: make_answer(event().questions.get(anchor="q1"), text="Fresh words"),
    "answers added at once": _add_answers_at_once,
    "answers updated": lambda: Answer.objects.filter(event=event()).update(text="All the same"),
    "answer deleted": lambda: answer().delete(),
    "answer deleted by SQL": lambda: sql(f"DELETE FROM panels_answer WHERE id = {answer('q2-a2').pk}"),
    "answer changed by SQL": lambda: sql("UPDATE panels_answer SET text = text || ' fresh'"),
    "answer moved": _move_to_another_question,
    "speaker of answers changed": _replace_speaker,
    "question added": lambda: make_question(event(), text="Fresh?", asked_by=make_speaker("Someone")),
    "question changed": lambda: Question.objects.filter(event=event()).update(text="Fresh?", asked_by=None),
    "question deleted": lambda: event().questions.get(anchor="q1").delete(),
    "title changed": lambda: Event.objects.filter(slug="library").update(title="Fresh", introduction="More"),
    "date changed": lambda: Event.objects.filter(slug="library").update(date=dt.date(1999, 12, 31)),
    "date removed": lambda: Event.objects.update(date=None),
    "language changed": lambda: Event.objects.filter(slug="library").update(language="zh-Hant"),
    "slug changed": lambda: Event.objects.filter(slug="library").update(slug="elsewhere"),
    "event withdrawn": lambda: publishing.withdraw(event(), by=None),
    "event put into the bin": lambda: publishing.move_to_trash(event(), by=None),
    "draft published": lambda: publishing.publish(event("draft"), by=None),
    "drafts published at once": lambda: publishing.publish_stored([event("draft").pk]),
    "all withdrawn by SQL": lambda: sql("UPDATE panels_event SET status = 'withdrawn', published_at = '2020-01-01'"),
    "event deleted": lambda: event().delete(),
    "all deleted": lambda: Event.objects.all().delete(),
    "panelist added": lambda: make_panelist(event(), speaker=make_speaker("Late Comer", original_name="晚来")),
    "panelist deleted": lambda: Panelist.objects.filter(event=event()).delete(),
    "panelists in another order": lambda: Panelist.objects.filter(event=event(), position=1).update(position=9),
    "speaker renamed": lambda: Speaker.objects.filter(slug="renee-sample").update(name="Fresh Name"),
    "speaker's other name": lambda: Speaker.objects.filter(slug="ada-example").update(original_name="艾达"),
    "speakers merged": _merge_speakers,
    "tag renamed": lambda: Tag.objects.filter(slug="money").update(name="Funds", slug="funds"),
    "tags merged": _merge_tags,
    "tag deleted": lambda: Tag.objects.filter(slug="archives").delete(),
    "event tagged": lambda: event().tags.add("Fresh", "Other"),
    "event untagged": lambda: TaggedEvent.objects.filter(content_object=event()).delete(),
    "question tagged": lambda: event().questions.get(anchor="q1").tags.add("Fresh"),
    "question untagged": lambda: TaggedQuestion.objects.all().delete(),
    "answers tagged at once": _tag_answers_at_once,
    "answer untagged": lambda: TaggedAnswer.objects.all().delete(),
    "fixtures loaded": lambda: call_command(
        "loaddata", "babbitt_2020_04_10", "chengshi_dangan_2022_05_21", verbosity=0
    ),
    "many drafts loaded": lambda: list(load(_generated())),
    "many loaded and published": lambda: list(load(_generated(), publish=True)),
}


_NATURAL = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}


def _generated() -> list[tuple[str, Transcript]]:
    return [(str(number), one) for number, one in enumerate(sessions(90))]


@pytest.mark.parametrize("way", WAYS)
def test_index_is_as_if_made_anew(way: str) -> None:
    store()
    before = rows()

    WAYS[way]()

    indexed = rows()
    assert (indexed == before) is (way in {"nothing", "slug changed", "tag renamed", "many drafts loaded"})
    search_index.rebuild(connection)
    assert indexed == rows()
    keys = [search_index.key_of(number) for number, *_ in indexed]
    assert len(keys) == len(set(keys))


def test_drafts_have_no_rows() -> None:
    store()

    assert search(read_query("hidden")).total == 0
    publishing.publish(event("draft"), by=None)
    assert search(read_query("hidden")).total == 2
    publishing.withdraw(event("draft"), by=None)
    assert search(read_query("hidden")).total == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has TRUNCATE")
@pytest.mark.parametrize("table", ["panels_answer", "panels_event", "panels_taggedanswer"])
def test_tables_emptied_at_once_leave_nothing(table: str) -> None:
    store()

    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"TRUNCATE {table} CASCADE")

    indexed = rows()
    search_index.rebuild(connection)
    assert indexed == rows()


def test_a_passage_of_whatever_length_and_shape_is_stored() -> None:
    question = make_question(Event.objects.create(title="x", status="published", published_at="2020-01-01T00:00Z"))
    odd = ["", "a" * 210_000, "图" * 210_000, "x " * 110_000, "\ue000", "'\\:*&|!<>()", "\u202e\u0301", " \n\t "]

    for text in odd:
        make_answer(question, text=text, speaker=make_speaker("O'Odd \\ : & | Name"))

    assert search(read_query("odd")).total == len(odd)
    assert search(read_query("图图")).total == 1


def test_index_can_be_removed_and_made_again() -> None:
    store()
    before = rows()

    search_index.remove(connection)
    make_answer(make_question(event()), text="Written while there was no index")
    search_index.install(connection)
    search_index.rebuild(connection)

    assert len(rows()) == len(before) + 2
    assert search(read_query("written while")).total == 1


def test_whoever_replaces_a_row_finds_it_once(tmp_path: Path) -> None:
    store()
    indexed = answer()
    fixture = tmp_path / "answer.json"
    call_command("dumpdata", "panels.answer", pks=str(indexed.pk), output=str(fixture), verbosity=0, **_NATURAL)
    Answer.objects.filter(pk=indexed.pk).update(text="Meanwhile")

    call_command("loaddata", str(fixture), verbosity=0)

    assert search(read_query("meanwhile")).total == 0
    assert search(read_query("running")).total == 1
