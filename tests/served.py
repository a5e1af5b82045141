"""The real application server for a test, and something that reads its pages."""

import fcntl
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from itertools import takewhile
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAST_LINE = "Press Ctrl-C to stop. Your changes are kept for the next start.\n"


def new_browser() -> OpenerDirector:
    """Something that keeps cookies."""
    return build_opener(HTTPCookieProcessor(CookieJar()))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def start(home: Path, port: int) -> subprocess.Popen[str]:
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ} | {"DEMO_HOME": str(home)}
    arguments = [sys.executable, "-m", "panels.demo", "--port", str(port)]
    return subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


@contextmanager
def no_other_demo() -> Iterator[None]:
    """Wait until no other process is in this block: all demos collect the static files into one folder."""
    with Path(__file__).open(encoding="utf-8") as this:
        fcntl.flock(this, fcntl.LOCK_EX)
        yield


@contextmanager
def demo(home: Path) -> Iterator[tuple[str, str]]:
    """The address and the password of a demo that runs until the block ends. One at a time, in whatever process."""
    with no_other_demo(), start(home, free_port()) as server:
        try:
            assert server.stdout is not None
            said = "".join(takewhile(lambda line: line != LAST_LINE, server.stdout))
            address, password = re.search(r"(http://\S+)/\n", said), re.search(r"password +(\S+)", said)
            assert address, said
            assert password
            wait_for(address[1])
            yield address[1], password[1]
        finally:
            server.terminate()


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
        with browser.open(address, data) as response:
            status: int = response.status
    except HTTPError as refused:
        with refused:
            return refused.code
    return status


def read(browser: OpenerDirector, address: str | Request) -> str:
    with browser.open(address) as response:
        text: str = response.read().decode()
    return text


def post(browser: OpenerDirector, address: str, **fields: str) -> str:
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', read(browser, address))
    assert token
    data = urlencode(fields | {"csrfmiddlewaretoken": token[1]}).encode()
    return read(browser, Request(address, data, {"Referer": address}))
