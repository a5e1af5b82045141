"""Lighthouse on a demo of its own: `python -m tests.lighthouse`, with LIGHTHOUSE naming its command.

Every page kind has to score 100 for accessibility, best practices and SEO, as a phone sees it. Performance is timed,
and machines are noisy: it is told, and has to be 100 too only with `--performance`.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PAGES = {
    "home": "/",
    "transcript": "/events/babbitt-2020-04-10/",
    "answer": "/events/babbitt-2020-04-10/q4-a1/",
    "speaker": "/speakers/zhang-san/",
    "tag": "/tags/libraries/",
    "search": "/search/",  # what was found is not for search engines to keep
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SECONDS_TO_START = 120
TRIES = 4  # Lighthouse fails now and then to record what the browser does
CHROMIUM_FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"


def main() -> int:
    """Print a line a page; return 1 if one falls short."""
    options = _options()
    command, chromium = os.environ.get("LIGHTHOUSE"), shutil.which("chromium")
    if not command or not chromium:
        sys.stderr.write("LIGHTHOUSE does not name Lighthouse's command, or there is no Chromium.\n")
        return 2
    required = CATEGORIES if options.performance else CATEGORIES[1:]
    is_well = True
    with tempfile.TemporaryDirectory() as home, _demo(home) as site:
        for name, path in PAGES.items():
            report = _report(command, chromium, f"{site}{path}", Path(home) / "report.json")
            scores = {category: round(100 * (report["categories"][category]["score"] or 0)) for category in CATEGORIES}
            sys.stdout.write(f"{name:12}{'  '.join(f'{key} {score}' for key, score in scores.items())}\n")
            short = [category for category in required if scores[category] < 100]
            for category in short:
                sys.stdout.writelines(f"  {category}: {fault}\n" for fault in _faults(report, category))
            is_well = is_well and not short
    return 0 if is_well else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.lighthouse", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--performance", action="store_true", help="fail where performance is below 100, too")
    return parser.parse_args()


@contextmanager
def _demo(home: str) -> Iterator[str]:
    """The address of a demo with a database of its own, which ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {**os.environ, "DEMO_HOME": home, "DATABASE_URL": f"sqlite:///{home}/panels.sqlite3"}
    command = [sys.executable, "-m", "panels.demo", "--port", str(port)]
    server = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_for(address: str) -> None:
    for _ in range(SECONDS_TO_START):
        try:
            urllib.request.urlopen(address).close()
        except urllib.error.URLError:
            time.sleep(1)
        else:
            return
    sys.exit(f"The demo did not answer at {address} within {SECONDS_TO_START} seconds.")


def _report(command: str, chromium: str, address: str, path: Path) -> dict[str, Any]:
    options = ["--quiet", "--output=json", f"--output-path={path}", f"--only-categories={','.join(CATEGORIES)}"]
    for _ in range(TRIES):
        done = subprocess.run(
            [command, address, *options, f"--chrome-flags={CHROMIUM_FLAGS}"],
            env={**os.environ, "CHROME_PATH": chromium},
            check=False,
        )
        if done.returncode == 0:
            break
    else:
        sys.exit(f"Lighthouse made no report of {address} in {TRIES} tries.")
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def _faults(report: dict[str, Any], category: str) -> Iterator[str]:
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            yield f"{audit['title']} {audit.get('displayValue', '')}"


if __name__ == "__main__":
    sys.exit(main())
