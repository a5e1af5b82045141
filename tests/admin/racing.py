"""Two editors at once, each with a connection of their own, and the forms over which they race."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from panels.editorial.history import event_history
from panels.models import Correction, Event, Panelist
from tests.admin.importing.pages import hidden_in
from tests.admin.session_editor.test_session_editor import address, typed
from tests.admin.test_admin import change, form_of
from tests.builders import make_correction, make_session

PATIENCE = 30  # seconds that one thread waits for the other

Fields = dict[str, Any]


@dataclass
class Editor:
    """Somebody at work; `words` are what they write, and nobody else."""

    name: str
    client: Client = field(default_factory=Client)

    @property
    def words(self) -> str:
        return f"Words of {self.name}"

    @classmethod
    def arriving(cls, name: str) -> "Editor":
        editor = cls(name)
        editor.client.force_login(User.objects.get_or_create(username=name, is_staff=True, is_superuser=True)[0])
        return editor


@dataclass(frozen=True)
class Form:
    """A form of an event: how it is read, how it is sent with an editor's words in it, and what is stored of it."""

    read: Callable[[Editor, Event], Fields]
    path: Callable[[Event], str]
    into: str
    stored: Callable[[Event], str]
    beside: Fields = field(default_factory=dict)
    """What else an editor changes who leaves the words alone."""

    def send(self, editor: Editor, event: Event, form: Fields) -> Any:
        return editor.client.post(self.path(event), form)

    def save(self, editor: Editor, event: Event, form: Fields | None = None) -> Any:
        form = self.read(editor, event) if form is None else form
        return self.send(editor, event, form | {self.into: editor.words})


def _details(editor: Editor, event: Event) -> Fields:
    return form_of(editor.client, change(event))


def _passage(editor: Editor, event: Event) -> Fields:
    return typed(event, "q1-a1", editor.client)


def _question(editor: Editor, event: Event) -> Fields:
    return typed(event, "q1", editor.client)


def _text(editor: Editor, event: Event) -> Fields:
    page = editor.client.get(f"{change(event).removesuffix('change/')}text/")
    return {"version": page.context["version"], "text": page.context["form"].initial["text"]}


class RacingTextForm(Form):
    """Saved in two steps: the text is sent, and what it would change is looked at and stored."""

    def save(self, editor: Editor, event: Event, form: Fields | None = None) -> Any:
        form = self.read(editor, event) if form is None else form
        mine = re.sub(r"(?m)^(\*\*.*\{#q1-a1[^}]*\} ).*$", rf"\g<1>{editor.words}", form["text"])
        return self.send(editor, event, form | {"text": mine})

    def send(self, editor: Editor, event: Event, form: Fields) -> Any:
        taken = super().send(editor, event, form)
        if taken.status_code != 302:
            return taken
        plan = editor.client.get(taken["Location"])
        number = re.search(r'name="version" value="([^"]*)"', plan.content.decode())
        sent = {
            "store": "",
            "title": event.title,
            "date": "2021-03-14",
            "version": unescape(number[1]) if number else "",
            "import_version": hidden_in(plan, "import_version"),
        }
        stored = editor.client.post(taken["Location"], sent)
        if stored["Location"] == taken["Location"]:  # it was not stored: the page is shown again, and says why
            return editor.client.get(stored["Location"])
        return stored


FORMS = {
    "details": Form(
        _details, change, "title", lambda event: Event.objects.get(pk=event.pk).title, {"publisher": "The library"}
    ),
    "panel": Form(
        _details,
        change,
        "panelists-0-title",
        lambda event: Panelist.objects.filter(event=event).order_by("position")[0].title,
        {"panelists-1-organisation": "The library"},
    ),
    "corrections": Form(
        _details,
        change,
        "corrections-0-note",
        lambda event: Correction.objects.get(event=event).note,
        {"corrections-0-anchor": "q1"},
    ),
    "answer": Form(_passage, address, "text", lambda event: event.answers.get(anchor="q1-a1").text, {"time": "1:00"}),
    "question": Form(_question, address, "text", lambda event: event.questions.get(anchor="q1").text, {"time": "1:00"}),
    "text": RacingTextForm(
        _text,
        lambda event: f"{change(event).removesuffix('change/')}text/",
        "text",
        lambda event: event.answers.get(anchor="q1-a1").text,
    ),
}


def make_race(**fields: Any) -> Event:
    """A draft with something in every form of it."""
    event = make_session(2, 2, **({"status": "draft", "published_at": None, "title": "A race"} | fields))
    make_correction(event, note="A first note.")
    return event


def was_saved(response: Any) -> bool:
    return bool(response.status_code == 302)


def states_of(event: Event) -> str:
    """Everything that was ever stored of the event, as far as its history tells, with its present state."""
    event_history.ensure_recorded(event)
    return "\n".join(str(event_history.transcript_at(revision)) for revision in event.revisions.all())


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """The results of the tasks, each on a connection of its own; all wait for each other just before they lock."""
    barrier = threading.Barrier(len(tasks))
    results: list[Any] = [None] * len(tasks)

    def run(place: int) -> None:
        try:
            with connection.execute_wrapper(_Waiting(barrier)):
                results[place] = tasks[place]()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results


class _Waiting:
    """Waits once, before the first statement that takes the lock for a change; fails if nobody else comes to lock."""

    def __init__(self, barrier: threading.Barrier) -> None:
        self.barrier, self.passed = barrier, False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        locks = sql.startswith("BEGIN IMMEDIATE") or (sql.endswith("FOR UPDATE") and '"panels_event"' in sql)
        if locks and not self.passed:
            self.passed = True
            self.barrier.wait(PATIENCE)
        return execute(sql, params, many, context)


@contextmanager
def meanwhile(number: int, task: Callable[[], Any]) -> Iterator[list[Any]]:
    """Run a task on another connection before query `number` that reads outside a writing transaction, from 0.

    Gives a list to which the task's result is added; it stays empty if there are fewer such queries.
    """
    done: list[Any] = []
    reading = {"snapshot": False, "count": 0}

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if "query_only = ON" in sql or "REPEATABLE READ" in sql:
            reading["snapshot"] = True
        elif "query_only = OFF" in sql:
            reading["snapshot"] = False
        elif sql.startswith("SELECT") and (reading["snapshot"] or not connection.in_atomic_block):
            if reading["count"] == number and not done:
                done.append(None)
                done[:] = at_once(task)
            reading["count"] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield done
