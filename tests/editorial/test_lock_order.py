"""No two that write at once wait for each other on PostgreSQL, wherever the one is when the other begins.

One is halted before one of the statements that lock something; the other runs until it is done, or until it waits for
what the one has locked; then the one goes on. This is repeated at later statements, until there is none left: at every
third, or with RACE_ROUNDS=9 at each.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction

from panels.editorial.history import event_history, row_history
from panels.editorial.history.event_restore import restore
from panels.editorial.history.event_versions import number_of
from panels.editorial.history.row_history import RowConflictError, RowGoneError
from panels.editorial.importing import ImportRefusedError
from panels.editorial.importing.drafts import DraftChangedError, plan_of, ready, start_import, store, version_of
from panels.editorial.publishing import StateError, delete_for_good, publish
from panels.editorial.saving.changes import EditConflictError, recorded_change
from panels.editorial.saving.corrections import ChangeNote
from panels.editorial.session_editor.saving import save
from panels.editorial.speakers_and_tags.identifying import IdentifyError, identify
from panels.editorial.speakers_and_tags.labels import make_labels
from panels.editorial.speakers_and_tags.merge import MergeError, merge
from panels.editorial.speakers_and_tags.split import SplitError, split
from panels.editorial.speakers_and_tags.tagging import tag
from panels.formats.base import Source
from panels.formats.native import session_document
from panels.models import Answer, Event, Panelist, Speaker, Tag
from panels.reading.export import transcript_of
from tests.builders import make_event, make_panelist, make_session, make_speaker
from tests.racing import ROUNDS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

PATIENCE = 60  # seconds
_numbers = count(1)
NOTE = ChangeNote("A note.")
TOLD = (
    Event.DoesNotExist,
    DraftChangedError,
    EditConflictError,
    IdentifyError,
    ImportRefusedError,
    MergeError,
    RowConflictError,
    RowGoneError,
    SplitError,
    StateError,
)
"""What the second is told about what the first did."""


class Scene:
    """Two sessions in a series with two speakers, a tag, a label and a corrected text of the later session."""

    def __init__(self) -> None:
        number = next(_numbers)
        self.ann, self.ben, self.cem = (
            make_speaker(f"{name} {number}") for name in ("Ann Ash", "Ben Birk", "Cem Cole")
        )
        self.first = make_session(1, 2, speakers=[self.ann, self.ben], programme="Talks", status="draft")
        self.event = make_session(1, 2, speakers=[self.ben, self.ann], programme="Talks", status="draft")
        self.translation = make_event(translation="human", translated_from="en", translation_of=self.event)
        self.tag, self.other_tag = (Tag.objects.create(name=f"{name} {number}") for name in ("Night", "Lamps"))
        self.event.tags.add(self.tag)
        self.labels = [Speaker.objects.create(name="A.", session=one) for one in (self.first, self.event)]
        for label in self.labels:
            assert label.session is not None
            make_panelist(label.session, speaker=label)
            Answer.objects.filter(event=label.session, anchor="q1-a2").update(speaker=label)
        self.draft = self._draft()
        self.planned, self.version = ready(plan_of(self.draft)), version_of(self.draft)

    def _draft(self) -> Any:
        """Its text names a speaker and a tag that are stored, and others that are not."""
        text = session_document.write(transcript_of(self.event)).replace("Answer 1.", "Answer 1, corrected.")
        text = text.replace(f"tags: {self.tag}", f"tags: {self.tag}, {self.other_tag}, Dusk of {self.tag}")
        text += f"\n**{self.cem}:** Words of Cem.\n\n**Zoe of {self.cem}:** Words of Zoe.\n"
        source = Source.of(text, "corrected.md")
        return start_import(source, by=None, onto=self.event, known=session_document.FORMAT)

    def store(self) -> None:
        store(self.draft, self.planned, version=self.version, by=None)

    def delete(self) -> None:
        Event.objects.filter(pk=self.event.pk).update(status="binned")
        delete_for_good(self.event, by=None)

    def save(self) -> None:
        fields = {"text": "Saved.", "speaker": self.cem.name, "tags": [self.other_tag.name]}
        steps = [{"do": "edit", "at": "q1-a1", "fields": fields}]
        save(self.event, steps, version=number_of(self.event), by=None)

    def save_details(self) -> None:
        with recorded_change(self.event, by=None) as change:
            change.event.title = "Saved"
            change.event.save()
            Panelist.objects.get_or_create(event=change.event, speaker=self.cem)
            change.event.tags.add(self.other_tag)

    def publish(self) -> None:
        publish(self.event, by=None)

    def restore(self) -> None:
        revision = event_history.record(self.event, by=None)
        restore(revision, by=None)

    def merge(self) -> None:
        merge(self.cem, self.ann, by=None)

    def split(self) -> None:
        split(self.ann, [self.first.pk], Speaker(name=f"Zoe of {self.cem}"), keeps_url=True, by=None)

    def make_labels(self) -> None:
        make_labels(self.ann, by=None)

    def identify(self) -> None:
        identify(self.labels[::-1], self.cem, evidence="Initials.", by=None)

    def tag_answers(self) -> None:
        rows = [*self.event.answers.all(), *self.first.answers.all()]
        editor: Any = None
        tag(rows, add=[self.other_tag], by=editor)

    def rename(self) -> None:
        self._change(self.cem, slug=f"renamed-{self.cem.slug}")

    def rename_tag(self) -> None:
        self._change(self.other_tag, name=f"Lanterns for {self.other_tag}")

    def delete_tag(self) -> None:
        row_history.delete(self.other_tag, by=None)

    def _change(self, row: Any, **values: str) -> None:
        row = type(row).objects.get(pk=row.pk)
        with row_history.changing(type(row), row.pk, version=row_history.version_of(row), by=None) as stored:
            for name, value in values.items():
                setattr(stored, name, value)
            stored.save()


WRITERS: dict[str, Callable[[Scene], None]] = {
    name: getattr(Scene, name)
    for name in (
        "store", "delete", "save", "save_details", "publish", "restore", "merge", "split", "make_labels", "identify",
        "tag_answers", "rename", "rename_tag", "delete_tag",
    )
}  # fmt: skip
PAIRS = [
    *(("store", other) for other in WRITERS if other != "store"),
    *(("identify", other) for other in ("merge", "rename", "tag_answers", "split", "delete")),
    *(("tag_answers", other) for other in ("rename_tag", "delete_tag", "merge", "save_details")),
    ("delete", "save_details"),
    ("rename", "save"),
    *(("make_labels", other) for other in ("identify", "merge", "save", "split", "delete")),
]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_of_two_writers_neither_waits_for_the_other(one: str, other: str) -> None:
    step = max(1, 9 // ROUNDS)
    for place in count(ROUNDS % step, step):
        scene = Scene()
        if not interrupted(place, partial(WRITERS[one], scene), partial(WRITERS[other], scene)):
            break
    assert place > step


def test_two_who_lock_in_opposite_orders_are_found() -> None:
    """What the test above would say of a fault."""
    one, other = make_event(), make_event()

    def lock(*events: Event) -> None:
        with transaction.atomic():
            for event in events:
                Event.objects.select_for_update().get(pk=event.pk)

    with pytest.raises(Exception, match="deadlock detected"):
        interrupted(1, lambda: lock(one, other), lambda: lock(other, one))


def interrupted(place: int, one: Callable[[], None], other: Callable[[], None]) -> bool:
    """Run one with the other in between, before its statement `place` of those that lock; whether it has as many."""
    halt = _Halt(place)
    first = _Thread(one, halt)
    first.start()
    assert halt.is_there.wait(PATIENCE)
    if halt.was_reached:
        second = _Thread(other)
        second.start()
        second.wait_until_done_or_locked()
        halt.may_go_on.set()
        second.join()
        second.tell()
    first.join()
    first.tell()
    return halt.was_reached


class _Halt:
    """Stops a thread before one of its statements."""

    def __init__(self, place: int) -> None:
        self.place, self.seen, self.was_reached = place, 0, False
        self.is_there, self.may_go_on = threading.Event(), threading.Event()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) or " FOR " in sql:
            if self.seen == self.place:
                self.was_reached = True
                self.is_there.set()
                assert self.may_go_on.wait(PATIENCE)
            self.seen += 1
        return execute(sql, params, many, context)


class _Thread(threading.Thread):
    """A writer with a connection of its own."""

    def __init__(self, act: Callable[[], None], halt: _Halt | None = None) -> None:
        super().__init__()
        self.act, self.halt, self.key = act, halt, 0
        self.fault: BaseException | None = None
        self.has_begun = threading.Event()

    def run(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET deadlock_timeout = '50ms'")
                cursor.execute("SELECT pg_backend_pid()")
                self.key = cursor.fetchone()[0]
            self.has_begun.set()
            with suppress(*TOLD), connection.execute_wrapper(self.halt or _plainly):
                self.act()
        except BaseException as fault:
            self.fault = fault
        finally:
            self.has_begun.set()
            if self.halt:
                self.halt.is_there.set()
            connection.close()

    def wait_until_done_or_locked(self) -> None:
        assert self.has_begun.wait(PATIENCE)
        while self.is_alive() and not self._is_waiting():
            self.join(0.005)

    def tell(self) -> None:
        if self.fault is not None:
            raise self.fault

    def _is_waiting(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [self.key])
            return bool(cursor.fetchone()[0])


def _plainly(execute: Any, *query: Any) -> Any:
    return execute(*query)
