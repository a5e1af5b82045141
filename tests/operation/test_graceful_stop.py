"""The documented server command ends what it has begun before it stops, and loses no request while it reloads.

A worker that is killed is replaced.
"""

import os
import re
import shlex
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.served import ROOT, free_port, new_browser, read, serving

pytestmark = [pytest.mark.slow, pytest.mark.once, pytest.mark.django_db]

_INSTALL = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
_FORM = b"username=nobody&password=" + b"x" * 2_000


@contextmanager
def documented_server(url: str) -> Iterator["tuple[subprocess.Popen[str], int]"]:
    """The process of the documented command, at a free port, once all its workers take connections."""
    command = re.search(r"^granian .*$", _INSTALL, re.MULTILINE)
    assert command
    port = free_port()
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    settings = kept | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url, "DEMO_HOME": "/nonexistent"}
    arguments = [str(port) if one == "8000" else one for one in shlex.split(command[0])]
    with serving(arguments, settings) as server:
        for _ in range(600):
            if listening(port) == len(workers(server.pid)) == 2:
                break
            time.sleep(0.1)
        else:
            pytest.fail("the workers did not start within a minute")
        yield server, port


def listening(port: int) -> int:
    """How many workers take connections: each has a socket of its own for that, in state 0A of proc_net_tcp(5)."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    return sum(address.endswith(f":{port:04X}") and state == "0A" for _, address, _, state, *_ in lines)


def begin_request(port: int) -> socket.socket:
    """A form of which half is sent: the server has begun with it and waits for the rest."""
    sent = socket.create_connection(("127.0.0.1", port), timeout=20)
    head = "POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    sent.sendall(f"{head}Content-Length: {len(_FORM)}\r\n\r\n".encode() + _FORM[:20])
    return sent


def end_request(sent: socket.socket) -> str:
    """The first line of the answer, once the rest is sent."""
    with sent:
        sent.sendall(_FORM[20:])
        return sent.recv(200).partition(b"\r\n")[0].decode()


def read_as_a_proxy(url: str) -> str:
    """Read a page; ask once more if the connection is closed before any answer, as proxies may (RFC 9110, 9.2.2).

    What waits in the queue of a process that ends has not been read by anybody. A refused connection is a fault.
    """
    try:
        return read(new_browser(), url)
    except (ConnectionResetError, URLError) as error:
        if not isinstance(getattr(error, "reason", error), ConnectionResetError):
            raise
        return read(new_browser(), url)


def test_what_was_begun_is_answered_before_the_server_stops(migrated_database: str) -> None:
    with documented_server(migrated_database) as (server, port):
        begun = [begin_request(port) for _ in range(6)]
        time.sleep(1)

        server.send_signal(signal.SIGTERM)
        time.sleep(2)
        answers = [end_request(sent) for sent in begun]

        assert answers == ["HTTP/1.1 403 Forbidden"] * 6  # it has no CSRF token
        assert server.wait(timeout=60) == 0


def test_no_request_is_lost_while_the_server_reloads(migrated_database: str) -> None:
    with documented_server(migrated_database) as (server, port):
        begun, seen, done = [begin_request(port) for _ in range(4)], [], threading.Event()

        def ask() -> None:
            while not done.is_set():
                seen.append(read_as_a_proxy(f"http://127.0.0.1:{port}/healthz"))

        readers = [threading.Thread(target=ask) for _ in range(3)]
        for reader in readers:
            reader.start()
        time.sleep(1)
        before = workers(server.pid)
        server.send_signal(signal.SIGHUP)
        time.sleep(2)
        answers = [end_request(sent) for sent in begun]
        deadline = time.monotonic() + 120
        while set(before) & set(workers(server.pid)) and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(2)
        done.set()
        for reader in readers:
            reader.join()

        assert not set(before) & set(workers(server.pid))
        assert answers == ["HTTP/1.1 403 Forbidden"] * 4
        assert set(seen) == {"ok"}  # and no reader was refused: that would have raised in its thread
        print(f"{len(seen)} requests answered while both workers were replaced")  # noqa: T201 - the figure
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) == 0


def test_a_killed_worker_is_replaced_and_the_other_answers_meanwhile(migrated_database: str) -> None:
    with documented_server(migrated_database) as (server, port):
        killed, other = workers(server.pid)

        os.kill(killed, signal.SIGKILL)

        deadline = time.monotonic() + 120
        while killed in (now := workers(server.pid)) or len(now) < 2:
            assert read_as_a_proxy(f"http://127.0.0.1:{port}/healthz") == "ok"
            assert time.monotonic() < deadline
        assert server.poll() is None
        assert other in now
        assert {read_as_a_proxy(f"http://127.0.0.1:{port}/healthz") for _ in range(20)} == {"ok"}
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) == 0


def workers(server: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]
