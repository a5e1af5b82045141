"""`make demo` as a newcomer meets it: the real application server, twice."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.served import (
    PATIENCE,
    ROOT,
    demo,
    environment_of,
    free_port,
    new_browser,
    no_other_demo,
    post,
    read,
    serving,
    sign_in,
)


@pytest.mark.slow
def test_demo_serves_the_seed_and_keeps_what_an_editor_did(tmp_path: Path) -> None:
    with demo(tmp_path) as (address, password):
        page = read(new_browser(), f"{address}/events/babbitt-2020-04-10/")
        assert page.count('<article class="answer ') == 28
        assert re.search(r'href="/static/panels/css/shared/base\.\w{12}\.css"', page)
        browser = sign_in(address, password)
        assert "Your desk" in read(browser, f"{address}/admin/")
        tags = f"{address}/admin/panels/tag/"
        post(browser, f"{tags}add/", name="Written by an editor", slug="")
        deleted = re.search(r'href="/admin/panels/tag/(\d+)/change/[^"]*">Block<', read(browser, tags))
        assert deleted
        deleting = f"{tags}{deleted[1]}/delete/"
        version = re.search(r'name="version" value="([^"]+)"', read(browser, deleting))
        assert version
        post(browser, deleting, post="yes", version=version[1])

    with demo(tmp_path) as (address, same_password):
        assert same_password == password
        listed = read(sign_in(address, password), f"{address}/admin/panels/tag/")
        assert "Written by an editor" in listed
        assert ">Block<" not in listed
    assert (tmp_path / "editor-password").stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_a_demo_that_is_stopped_while_it_starts_ends(tmp_path: Path) -> None:
    port = str(free_port())
    with no_other_demo(), serving(["panels.demo", "--port", port], environment_of(tmp_path)) as server:
        while not (workers := Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()):
            assert server.poll() is None
            time.sleep(0.01)

        server.terminate()

        assert server.wait(PATIENCE) == 0
        assert not any(Path(f"/proc/{worker}").exists() for worker in workers.split())


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
    assert done.stderr == f"demo: port {port} is in use by another program. Choose another port: make demo PORT=8001\n"
    assert list(tmp_path.iterdir()) == []
