"""A faulty fixture loads nothing, and says which object, which field and what is wrong."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panels.models import Event, Question, Speaker

pytestmark = pytest.mark.django_db

Objects = list[dict[str, Any]]
Mend = Callable[[Objects], None]


def sound() -> Objects:
    """A session of two questions, one of them answered."""
    event = ["night-opening"]
    return [
        {"model": "panels.tag", "fields": {"name": "Libraries", "slug": "libraries"}},
        {"model": "panels.speaker", "fields": {"name": "Jane Doe", "slug": "jane-doe"}},
        {"model": "panels.event", "fields": {"title": "Night opening", "slug": "night-opening"}},
        {"model": "panels.panelist", "fields": {"event": event, "speaker": ["jane-doe"]}},
        {"model": "panels.taggedevent", "fields": {"content_object": event, "tag": ["libraries"]}},
        {"model": "panels.question", "fields": {"event": event, "number": 1, "anchor": "q1", "text": "Why?"}},
        {
            "model": "panels.question",
            "fields": {"event": event, "number": 2, "anchor": "q2", "text": "When?"},
        },
        {
            "model": "panels.answer",
            "fields": {
                "question": [*event, "q1"],
                "position": 1,
                "anchor": "q1-a1",
                "speaker": ["jane-doe"],
                "text": "So.",
            },
        },
    ]


def load(tmp_path: Path, content: Objects | str | bytes) -> None:
    path = tmp_path / "session.json"
    raw = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    call_command("loaddata", path, verbosity=0)


def change(index: int, **fields: Any) -> Mend:
    def mend(objects: Objects) -> None:
        objects[index]["fields"] |= fields

    return mend


def test_a_sound_fixture_loads_twice_and_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, sound())
    before = list(Question.objects.values())

    load(tmp_path, sound())

    assert list(Question.objects.values()) == before
    assert Event.objects.get().answers.get().speaker == Speaker.objects.get()


def test_loading_asks_the_database_a_few_times_an_object(tmp_path: Path) -> None:
    with CaptureQueriesContext(connection) as queries:
        load(tmp_path, sound())

    assert len(queries) <= 7 * len(sound()), len(queries)


FAULTS: list[tuple[str, Mend, list[str]]] = [
    (
        "unknown speaker",
        change(7, speaker=["jon-doe"]),
        ["object 8", "q1-a1", 'speaker: no speaker ["jon-doe"]'],
    ),
    ("two questions of one number", change(6, number=1), ["object 7", "night-opening q2", "has this number"]),
    ("inferred without evidence", change(7, attribution="inferred"), ["object 8", "q1-a1", "needs evidence"]),
    (
        "unknown with a speaker",
        change(7, attribution="unknown"),
        ["object 8", "exactly when its attribution"],
    ),
    ("field too long", change(2, title="x" * 301), ["object 3", "night-opening", "title:", "300"]),
    (
        "unknown field",
        change(2, subtitle="?"),
        ["object 3", "subtitle: unknown field", "source_note"],
    ),
    ("bad date", change(2, date="10 April"), ["object 3", "night-opening", "10 April"]),
    ("unknown status", change(2, status="secret"), ["object 3", "Status must be"]),
    ("published without a time", change(2, status="published"), ["object 3", "time of publication"]),
    ("bad anchor", change(7, anchor="a1"), ["object 8", "anchor:", "q3-a2"]),
    ("no anchor", change(7, anchor=""), ["object 8", "anchor:", "missing"]),
    (
        "answer of no question",
        change(7, question=["night-opening", "q9"]),
        ["object 8", "question: no question"],
    ),
    ("a number for a text", change(2, title=7), ["object 3", "title: 7 is not text"]),
    ("a list for a text", change(5, text=["Why?"]), ["object 6", 'text: ["Why?"] is not text']),
    ("a bad slug", change(1, slug="Jane Doe"), ["object 2", "slug:", "jane-doe"]),
    ("a numeric id", lambda objects: objects[2].update(pk=1), ["object 3", "pk: remove it"]),
    (
        "unknown model",
        lambda objects: objects[0].update(model="panels.label"),
        ["object 1", "unknown model", "speaker"],
    ),
    ("no fields", lambda objects: objects[3].pop("fields"), ["object 4", '"fields"']),
    ("no object", lambda objects: objects.insert(0, "tag"), ["object 1", '"model"']),  # type: ignore[arg-type]
    ("too many parts", change(7, speaker=["jane", "doe"]), ["object 8", "speaker:", "natural key"]),
    ("a text for a key", change(7, speaker="jane-doe"), ["object 8", "speaker:", "as a list"]),
]


@pytest.mark.parametrize(("mend", "said"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_mistake_loads_nothing_and_is_named(mend: Mend, said: list[str], tmp_path: Path) -> None:
    objects = sound()
    mend(objects)

    with pytest.raises(CommandError) as caught:
        load(tmp_path, objects)

    message = str(caught.value)
    assert [part for part in [*said, "session.json", "Nothing was loaded"] if part not in message] == [], message
    assert not Event.objects.exists()
    assert not Speaker.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[\n  {"model": "panels.tag",}\n]', "line 2, column 2[56]"),
        ("[" * 100_000, "nested too deeply"),
        (b'[{"model": "\xff"}]', "not UTF-8"),
        ('{"model": "panels.tag"}', "a fixture is a list"),
    ],
    ids=["broken JSON", "deep JSON", "bad bytes", "no list"],
)
def test_what_is_no_fixture_is_refused(content: str | bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=said):
        load(tmp_path, content)


def test_a_missing_fixture_is_named() -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("loaddata", "nowhere", verbosity=0)


def test_a_fixture_may_swap_numbers(tmp_path: Path) -> None:
    load(tmp_path, sound())
    objects = sound()
    objects[5]["fields"]["number"], objects[6]["fields"]["number"] = 2, 1

    load(tmp_path, objects)

    assert list(Question.objects.order_by("number").values_list("anchor", flat=True)) == ["q2", "q1"]


def test_a_fixture_may_not_take_the_number_of_an_editors_question(tmp_path: Path) -> None:
    load(tmp_path, sound()[:6])
    Question.objects.create(event=Event.objects.get(), text="An editor's")

    objects = sound()
    objects[6]["fields"]["anchor"] = "q3"

    with pytest.raises(CommandError, match="has this"):
        load(tmp_path, objects)

    assert list(Question.objects.values_list("text", flat=True)) == ["Why?", "An editor's"]


def test_a_translation_may_stand_before_its_original(tmp_path: Path) -> None:
    original = {"model": "panels.event", "fields": {"title": "Original", "slug": "original"}}
    translation = {
        "model": "panels.event",
        "fields": {
            "title": "Translation",
            "slug": "other",
            "translation": "human",
            "translation_of": ["original"],
        },
    }

    load(tmp_path, [translation, original])

    assert Event.objects.get(slug="other").translation_of == Event.objects.get(slug="original")


def test_a_translation_of_nothing_is_named(tmp_path: Path) -> None:
    fields = {"title": "T", "slug": "t", "translation": "human", "translation_of": ["nowhere"]}

    with pytest.raises(CommandError, match="nowhere"):
        load(tmp_path, [{"model": "panels.event", "fields": fields}])

    assert not Event.objects.exists()


@pytest.mark.parametrize("value", [None, True, 7, -1, 10**30, 1.5, "", "?", [], ["?"], [[]], {}, {"a": 1}], ids=str)
@pytest.mark.parametrize("index", range(8))
def test_a_field_of_any_other_kind_is_refused_or_obeys_the_rules(index: int, value: Any, tmp_path: Path) -> None:
    for name in sound()[index]["fields"]:
        objects = sound()
        objects[index]["fields"] |= {name: value}
        with contextlib.suppress(CommandError):  # any other exception would be a traceback for somebody
            load(tmp_path, objects)
            assert Event.objects.get().natural_key()
            call_command("write_fixture", Event.objects.get().slug, output=tmp_path / "written.json")
            call_command("loaddata", tmp_path / "written.json", verbosity=0)
        Event.objects.all().delete()
