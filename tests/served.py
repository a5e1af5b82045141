"""The real application server for a test, and something that reads its pages."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds for an answer, and for a server to stop: what takes longer will never come
LAST_LINE = "Press Ctrl-C to stop. Your changes are kept for the next start.\n"


def new_browser() -> OpenerDirector:
    """Something that keeps cookies."""
    return build_opener(HTTPCookieProcessor(CookieJar()))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def granian(port: int, *options: str) -> list[str]:
    """The application server for `serving`. A worker that is still starting does not hear that it is to stop."""
    command = ["granian", "--no-log", "--interface", "wsgi", "--workers-kill-timeout", "10", "--port", str(port)]
    return [*command, *options, "panels.wsgi:application"]


@contextmanager
def serving(command: list[str], environment: dict[str, str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A server that runs until the block ends, started with `python -m`."""
    arguments = [sys.executable, "-m", *command]
    with subprocess.Popen(arguments, cwd=ROOT, env=environment, text=True, start_new_session=True, **options) as server:
        try:
            yield server
        finally:
            if server.poll() is None:
                server.terminate()
            wait_for_end(server)


def wait_for_end(server: subprocess.Popen[str]) -> None:
    """One that does not stop is killed with all that it started, so that no test waits forever."""
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        raise


def environment_of(home: Path) -> dict[str, str]:
    """What a demo of the test's own knows of the environment."""
    return {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ} | {"DEMO_HOME": str(home)}


@contextmanager
def no_other_demo() -> Iterator[None]:
    """Wait until no other process is in this block: all demos collect the static files into one folder."""
    with Path(__file__).open(encoding="utf-8") as this:
        fcntl.flock(this, fcntl.LOCK_EX)
        yield


@contextmanager
def demo(home: Path) -> Iterator[tuple[str, str]]:
    """The address and the password of a demo that runs until the block ends. One at a time, in whatever process."""
    command = ["panels.demo", "--port", str(free_port())]
    with no_other_demo(), serving(command, environment_of(home), stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        said = "".join(takewhile(lambda line: line != LAST_LINE, server.stdout))
        address, password = re.search(r"(http://\S+)/\n", said), re.search(r"password +(\S+)", said)
        assert address, said
        assert password
        wait_for(address[1])
        yield address[1], password[1]


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            read(new_browser(), f"{address}/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the demo did not start within 20 seconds")


def sign_in(address: str, password: str) -> OpenerDirector:
    browser = new_browser()
    post(browser, f"{address}/admin/login/?next=/admin/", username="editor", password=password)
    return browser


def status_of(browser: OpenerDirector, address: str | Request, data: bytes | None = None) -> int:
    try:
        with browser.open(address, data, PATIENCE) as response:
            status: int = response.status
    except HTTPError as refused:
        with refused:
            return refused.code
    return status


def read(browser: OpenerDirector, address: str | Request) -> str:
    with browser.open(address, timeout=PATIENCE) as response:
        text: str = response.read().decode()
    return text


def post(browser: OpenerDirector, address: str, **fields: str) -> str:
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', read(browser, address))
    assert token
    data = urlencode(fields | {"csrfmiddlewaretoken": token[1]}).encode()
    return read(browser, Request(address, data, {"Referer": address}))
