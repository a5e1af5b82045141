"""Many editors save one session at once, over a real server; 1 if a save fails or an acknowledged word is lost.

    python -m tests.stress --editors 20 --saves 200
    .ci/with_postgres python -m tests.stress

Uses the database that DATABASE_URL names, which must be empty, or an SQLite file of its own. Each editor opens a
passage, three times of four the one that they work on, writes a word of their own into it and saves; who is told that
others changed it saves once more, on what they are shown.
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

import django
from django.core.management import call_command
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
_TRIES = 50
_PATIENCE = 120  # seconds for an answer: twice as long as a writer waits for the others
_AT_OWN = 0.75


@dataclass
class Account:
    """What became of all saves."""

    answers: Counter[str] = field(default_factory=Counter)
    acknowledged: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """A redirect is the answer: it says that the save was done."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editors", type=int, default=20)
    parser.add_argument("--saves", type=int, default=200, help="of each editor (default: 200)")
    parser.add_argument("--threads", type=int, default=4, help="of each of the server's two workers (default: 4)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/stress.sqlite3")
        django.setup()
        call_command("migrate", verbosity=0)
        account, seconds = _run(options.editors, options.saves, options.threads)
        lost = _lost(account.acknowledged)
        connection.close()
    print(f"{connection.vendor}: {len(account.acknowledged):,} saves acknowledged to {options.editors} editors")
    print(f"{seconds:.0f} seconds; {len(account.acknowledged) / seconds:.0f} saves a second; a request took", end=" ")
    print(f"{statistics.median(account.took):.1f} s, the slowest {max(account.took):.1f} s;", end=" ")
    print(f"answers: {dict(sorted(account.answers.items()))}")
    for fault in [*account.faults, *(f"lost: {word}" for word in lost)][:20]:
        print(fault, file=sys.stderr)
    wanted = options.editors * options.saves
    sys.exit(1 if account.faults or lost or len(account.acknowledged) < wanted else 0)


def _run(editors: int, saves: int, threads: int) -> tuple[Account, float]:
    from tests.builders import make_session
    from tests.test_demo import free_port, wait_for

    event = make_session(4, 5, status="draft", published_at=None)
    anchors = list(event.answers.values_list("anchor", flat=True))
    cookies = [_sign_in(number) for number in range(editors)]
    connection.close()
    port = free_port()
    serve = [sys.executable, "-m", "granian", "--no-log", "--interface", "wsgi", "--workers", "2"]
    serve += ["--blocking-threads", str(threads), "--port", str(port), "panels.wsgi:application"]
    with subprocess.Popen(serve) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}")
            account = Account()
            address = f"http://127.0.0.1:{port}/admin/panels/event/{event.pk}/session/"
            at_work = [
                threading.Thread(target=_edit, args=(address, cookie, anchors, saves, number, account))
                for number, cookie in enumerate(cookies)
            ]
            start = time.monotonic()
            for thread in at_work:
                thread.start()
            for thread in at_work:
                thread.join()
            return account, time.monotonic() - start
        finally:
            server.terminate()


def _sign_in(number: int) -> str:
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.create_superuser(f"editor-{number}"))
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={'c' * 32}"


def _edit(address: str, cookie: str, anchors: list[str], saves: int, number: int, account: Account) -> None:
    chance = random.Random(number)
    opener = build_opener(Stay)
    for save in range(saves):
        word = f"w{number}x{save}."
        own = anchors[number % len(anchors)] if chance.random() < _AT_OWN else None
        anchor = own or chance.choice(anchors)
        page = _ask(opener, Request(f"{address}?edit={anchor}", headers={"Cookie": cookie}), account)[1]
        for _ in range(_TRIES):
            status, page = _save(opener, address, cookie, page, word, account)
            if status == HTTPStatus.FOUND:
                account.acknowledged.append(word)
                break
        else:
            account.faults.append(f"editor {number} gave up after {_TRIES} tries")


def _save(opener: OpenerDirector, address: str, cookie: str, page: str, word: str, account: Account) -> tuple[int, str]:
    """Save the form that is open on a page with another word in it; what comes back has it again if it was refused."""
    form = re.search(r'<form method="post" class="passage-form".*?</form>', page, re.DOTALL)
    if form is None:
        return 0, page
    values = dict(re.findall(r'name="(edition|at)" value="([^"]*)"', form[0]))
    text = re.search(r"<textarea[^>]*name=\"text\"[^>]*>\s*(.*?)</textarea>", form[0], re.DOTALL)
    speaker = re.search(r'value="([^"]*)" selected', form[0])
    words = [*(text[1].split() if text else []), word][-40:]
    fields = {**values, "text": " ".join(words), "speaker": speaker[1] if speaker else "", "attribution": "stated"}
    fields |= {"do": "save", "csrfmiddlewaretoken": "c" * 32}
    return _ask(opener, Request(address, urlencode(fields).encode(), {"Cookie": cookie}), account)


def _ask(opener: OpenerDirector, request: Request, account: Account) -> tuple[int, str]:
    start = time.monotonic()
    try:
        with opener.open(request, timeout=_PATIENCE) as response:
            status, page = response.status, response.read().decode()
    except HTTPError as answer:
        status, page = answer.code, answer.read().decode()
    except OSError as error:  # which a time that has run out is, too
        account.faults.append(f"no answer from {request.full_url}: {error}")
        return 0, ""
    account.took.append(time.monotonic() - start)
    account.answers[str(status)] += 1
    if status >= 500:
        account.faults.append(f"{status} for {request.full_url}")
    return status, page


def _lost(acknowledged: list[str]) -> list[str]:
    """Those words that are in no state of the history, the last of which is the present."""
    from panels import history
    from panels.models import Event

    event = Event.objects.get()
    history.keep(event)
    said: set[str] = set()
    for revision in event.revisions.iterator(chunk_size=100):
        for exchange in history.transcript_at(revision).exchanges:
            for turn in exchange.answers:
                said.update(turn.text.split())
    return [word for word in acknowledged if word not in said]


if __name__ == "__main__":
    main()
