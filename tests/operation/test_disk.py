"""A full disk and a read-only one: pages are read, saving is refused in words, and nothing that was saved is lost.

On a small disk of its own, with the server that `make demo` starts.
"""

import os
import re
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import OpenerDirector, Request

import pytest
from lxml import html

from tests.served import PATIENCE, demo, free_port, granian, new_browser, read, serving, sign_in, status_of, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.once]

READERS = (
    "/", "/events/", "/events/babbitt-2020-04-10/", "/events/babbitt-2020-04-10/q1/", "/search/?q=archive",
    "/speakers/", "/tags/", "/api/v1/answers/", "/feeds/events.atom", "/healthz", "/admin/login/",
)  # fmt: skip
EDITORS = ("/admin/", "/admin/panels/event/", "/admin/panels/speaker/add/")


@pytest.fixture
def disk(tmp_path: Path, missing: Callable[[str], None]) -> Iterator[Path]:
    """A disk of 24 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], check=False, capture_output=True)
    if done.returncode:
        missing("the right to mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is free in the block."""
    filling = disk / "filling"
    with filling.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    try:
        yield
    finally:
        filling.unlink()


class SpeakerEditor:
    """Adds speakers in the admin and remembers what the server answered."""

    def __init__(self, browser: OpenerDirector, address: str) -> None:
        self.browser, self.address = browser, address
        self.saved: list[str] = []
        self.refused: list[str] = []

    def save(self, name: str, size: int = 300_000) -> str:
        """Save a speaker with a long biography. What the page says if it is refused."""
        add = f"{self.address}/admin/panels/speaker/add/"
        page = html.fromstring(read(self.browser, add))
        [form] = [form for form in page.forms if "biography" in form.fields]
        fields = dict(form.form_values()) | {"name": name, "biography": "words " * (size // 6)}
        answer = self.send(Request(add, urlencode(fields).encode()))
        if answer.status == HTTPStatus.OK:
            assert not answer.url.endswith("/add/"), html.fromstring(answer.read()).text_content()
            self.saved.append(name)
            return ""
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        self.refused.append(name)
        return str(answer.read().decode())

    def send(self, request: Request) -> Any:
        """The answer, whatever its status is."""
        try:
            return self.browser.open(request, timeout=PATIENCE)
        except HTTPError as refused:
            return refused

    def save_again(self, name: str) -> None:
        """Save once there is room: a request that was just answered may still be closing what cannot write."""
        for _ in range(20):
            if not self.save(name):
                return
            time.sleep(0.2)
        pytest.fail("saving is still refused although the disk can be written")

    def save_until_refused(self) -> str:
        for number in range(200):
            if said := self.save(f"Speaker {len(self.saved)}-{number}"):
                return said
        pytest.fail("a full disk took 60 MB")


def statuses(browser: OpenerDirector, address: str, paths: tuple[str, ...]) -> dict[str, int]:
    return {path: status_of(browser, f"{address}{path}") for path in paths}


def try_to_sign_in(address: str, password: str) -> int:
    browser = new_browser()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', read(browser, f"{address}/admin/login/"))
    assert token
    fields = {"csrfmiddlewaretoken": token[1], "username": "editor", "password": password, "next": "/admin/"}
    return status_of(browser, Request(f"{address}/admin/login/", urlencode(fields).encode()))


def sign_in_until_refused(address: str, password: str) -> int:
    """The status of the refusal: a few small rows may find room in what the database's files already have."""
    for _ in range(100):
        if (status := try_to_sign_in(address, password)) != 200:
            return status
    pytest.fail("a full disk took a hundred sessions")


def stored(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {name for (name,) in connection.execute("SELECT name FROM panels_speaker")}


def all_200(paths: tuple[str, ...]) -> dict[str, int]:
    return dict.fromkeys(paths, 200)


def test_on_a_full_disk_pages_are_read_and_saving_is_refused_until_there_is_room(disk: Path) -> None:
    with demo(disk) as (address, password):
        browser = sign_in(address, password)
        editor = SpeakerEditor(browser, address)
        assert editor.save("Before") == ""

        with filled(disk):
            said = editor.save_until_refused()
            assert "The server’s disk is full." in said
            assert "Nothing was saved, and nothing that was saved before is lost." in said
            with ThreadPoolExecutor(8) as threads:  # more than the server has: each of its threads answers
                read_by_many = threads.map(lambda _: statuses(new_browser(), address, READERS), range(8))
                assert list(read_by_many) == [all_200(READERS)] * 8
            assert statuses(browser, address, EDITORS) == all_200(EDITORS)
            time.sleep(35)  # the server ends threads that idle for 30 seconds, and their connections with them
            assert statuses(new_browser(), address, READERS) == all_200(READERS)
            assert editor.save("Refused again") != ""
            assert sign_in_until_refused(address, password) == 503

        editor.save_again("Afterwards")
        assert try_to_sign_in(address, password) == 200
        names = stored(disk / "panels.sqlite3")

    assert {"Before", "Afterwards"} <= set(editor.saved) <= names
    assert not (set(editor.refused) - {"Afterwards"}) & names


@contextmanager
def server(home: Path, port: int) -> Iterator[str]:
    """The server alone, as after a restart; `demo` would write before."""
    environment = {
        "PATH": os.environ["PATH"], "SECRET_KEY": (home / "secret-key").read_text(), "HTTPS": "false",
        "DATABASE_URL": f"sqlite:///{home}/panels.sqlite3",
    }  # fmt: skip
    with serving(granian(port), environment):
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)


@pytest.mark.parametrize("was_killed", [False, True])
def test_on_a_read_only_disk_pages_are_read_and_saving_is_refused_until_it_can_be_written(
    disk: Path, *, was_killed: bool
) -> None:
    with demo(disk) as (address, password):
        editor = SpeakerEditor(sign_in(address, password), address)
        editor.save("Before")
        kept = {name: (disk / name).read_bytes() for name in ("panels.sqlite3-wal", "panels.sqlite3-shm")}
        whole = (disk / "panels.sqlite3").read_bytes()
    if was_killed:  # what SQLite leaves behind then
        (disk / "panels.sqlite3").write_bytes(whole)
        for name, content in kept.items():
            (disk / name).write_bytes(content)
    remount(disk, "ro")

    with server(disk, free_port()) as address:
        editor.address = address
        assert statuses(new_browser(), address, READERS) == all_200(READERS)
        assert "Before" in read(new_browser(), f"{address}/healthz") + " ".join(stored_read_only(disk))
        said = editor.save("Refused")
        assert "read-only" in said
        assert "Nothing was saved, and nothing that was saved before is lost." in said
        assert try_to_sign_in(address, password) == 503
        assert statuses(editor.browser, address, EDITORS) == all_200(EDITORS)

        remount(disk, "rw")
        editor.save_again("Afterwards")
        assert try_to_sign_in(address, password) == 200
        names = stored(disk / "panels.sqlite3")

    assert editor.saved == ["Before", "Afterwards"]
    assert {"Before", "Afterwards"} <= names
    assert "Refused" not in names


def stored_read_only(disk: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{disk}/panels.sqlite3?mode=ro", uri=True)) as connection:
        try:
            return [name for (name,) in connection.execute("SELECT name FROM panels_speaker")]
        except sqlite3.OperationalError:
            pass
    with closing(sqlite3.connect(f"file:{disk}/panels.sqlite3?immutable=1", uri=True)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM panels_speaker")]
