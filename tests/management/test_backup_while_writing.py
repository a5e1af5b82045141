"""A backup that is made while editors save holds every session whole, and all that was saved before it began."""

import random
import threading
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from panels.management.backup import archive
from panels.management.backup.errors import BackupError
from panels.models import Answer, Event
from tests.builders import make_session
from tests.scratch import manage, scratch_database

pytestmark = pytest.mark.django_db(transaction=True)

_WRITERS = 3
_SHOW = """
from panels.models import Event
from django.db import connection
connection.check_constraints()
for event in Event.objects.order_by("slug"):
    words = {answer.text for answer in event.answers.all()}
    print(event.slug, event.questions.count(), event.answers.count(), len(words), words == {event.programme})
"""


class Writers:
    """Threads that store one session after the other, and write one word into all answers of one that is there."""

    def __init__(self) -> None:
        self.lock, self.stop = threading.Lock(), threading.Event()
        self.stored: list[str] = []
        self.faults: list[BaseException] = []
        self.threads = [threading.Thread(target=self._write, args=(number,)) for number in range(_WRITERS)]

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def acknowledged(self) -> list[str]:
        with self.lock:
            return list(self.stored)

    def wait_for(self, count: int) -> None:
        deadline = time.monotonic() + 60
        while len(self.acknowledged()) < count and not self.faults and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not self.faults
        assert len(self.acknowledged()) >= count

    def _write(self, number: int) -> None:
        try:
            for turn in range(1_000_000):
                if self.stop.is_set():
                    return
                slug = f"writer-{number}-{turn}"
                with transaction.atomic():
                    event = make_session(2, 3, slug=slug)
                    self._rewrite(event, "first")
                with self.lock:
                    self.stored.append(slug)
                with transaction.atomic():
                    self._rewrite(Event.objects.select_for_update().get(slug=f"writer-{number}-{turn // 2}"), slug)
        except BaseException as fault:
            self.faults.append(fault)
        finally:
            connection.close()

    @staticmethod
    def _rewrite(event: Event, word: str) -> None:
        """In many statements, so that a copy that is not of one moment would show it."""
        for answer in Answer.objects.filter(event=event):
            Answer.objects.filter(pk=answer.pk).update(text=word)
        Event.objects.filter(pk=event.pk).update(programme=word)


def test_a_backup_made_while_others_write_restores_whole(tmp_path: Path) -> None:
    with Writers() as writers:
        writers.wait_for(6)
        for number in range(50):  # a small database is copied fast: until somebody saved meanwhile
            before = writers.acknowledged()
            taken = tmp_path / f"{number}.zip"
            call_command("backup", taken, verbosity=0)
            during = len(writers.acknowledged()) - len(before)
            if during >= 2:
                break
        writers.wait_for(len(before) + during + 3)  # they go on afterwards
    assert not writers.faults
    assert during

    with scratch_database(tmp_path) as url:
        settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url, "DEMO_HOME": "/nonexistent"}
        restored = manage("restore", str(taken), **settings)
        shown = manage("shell", "-v0", "-c", _SHOW, **settings)

    assert restored.returncode == 0, restored.stderr
    sessions = {line.split()[0]: line.split()[1:] for line in shown.stdout.splitlines()}
    assert shown.returncode == 0, shown.stderr
    assert set(before) <= sessions.keys()
    assert {tuple(one) for one in sessions.values()} == {("2", "6", "1", "True")}
    print(f"{len(before)} sessions before, {during} stored during it, {len(sessions)} in it")  # noqa: T201 - the figure


def test_a_backup_damaged_anywhere_is_refused(tmp_path: Path) -> None:
    make_session(2, 3, slug="night")
    path = tmp_path / "a.zip"
    call_command("backup", path, verbosity=0)
    whole = path.read_bytes()
    chance = random.Random(19)
    places = [0, len(whole) // 2, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(300))]
    places += range(len(whole) - 100, len(whole))  # the checksum itself, and the end of the list of members

    for place in places:
        with path.open("r+b") as file:
            file.seek(place)
            file.write(bytes([whole[place] ^ (1 << chance.randrange(8))]))
        with pytest.raises(BackupError, match="is damaged, incomplete or not a backup"):
            archive.check(path)
        with path.open("r+b") as file:
            file.seek(place)
            file.write(whole[place : place + 1])
    archive.check(path)
    for length in (0, 1, 64, 71, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(CommandError, match="is damaged, incomplete or not a backup"):
            call_command("restore", path)
