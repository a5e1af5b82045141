"""`make demo` as a newcomer meets it: the real application server, twice."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAST_LINE = "Stop it with Ctrl-C. Run it again: nothing that you changed is lost.\n"


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
def demo(home: Path) -> Iterator[tuple[str, str]]:
    """The address and the password of a demo that runs until the block ends."""
    with start(home, free_port()) as server:
        try:
            assert server.stdout is not None
            said = "".join(iter(server.stdout.readline, LAST_LINE))
            address, password = re.search(r"(http://\S+)/\n", said), re.search(r"password +(\S+)", said)
            assert address
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


def read(browser: OpenerDirector, address: str | Request) -> str:
    with browser.open(address) as response:
        text: str = response.read().decode()
    return text


def post(browser: OpenerDirector, address: str, **fields: str) -> str:
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', read(browser, address))
    assert token
    data = urlencode(fields | {"csrfmiddlewaretoken": token[1]}).encode()
    return read(browser, Request(address, data, {"Referer": address}))


def test_demo_serves_the_seed_and_keeps_what_an_editor_did(tmp_path: Path) -> None:
    with demo(tmp_path) as (address, password):
        page = read(new_browser(), f"{address}/events/babbitt-2020-04-10/")
        assert page.count('<article class="answer ') == 28
        assert re.search(r'href="/static/panels/css/base\.\w{12}\.css"', page)
        browser = sign_in(address, password)
        assert "What is on the desk" in read(browser, f"{address}/admin/")
        tags = f"{address}/admin/panels/tag/"
        post(browser, f"{tags}add/", name="Written by an editor", slug="")
        deleted = re.search(r'href="/admin/panels/tag/(\d+)/change/[^"]*">Block<', read(browser, tags))
        assert deleted
        post(browser, f"{tags}{deleted[1]}/delete/", post="yes")

    with demo(tmp_path) as (address, same_password):
        assert same_password == password
        listed = read(sign_in(address, password), f"{address}/admin/panels/tag/")
        assert "Written by an editor" in listed
        assert ">Block<" not in listed
    assert (tmp_path / "editor-password").stat().st_mode & 0o077 == 0


def test_a_port_in_use_is_named_with_what_mends_it(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = subprocess.run(
            [sys.executable, "-m", "panels.demo", "--port", str(port)],
            cwd=ROOT, env=os.environ | {"DEMO_HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr == f"demo: port {port} is in use by another program. Choose another one: make demo PORT=8001\n"
    assert list(tmp_path.iterdir()) == []
