"""Editors and readers at once on a real server, through all forms; 1 if a save fails or an acknowledged word is lost.

    python -m tests.stress --seconds 120
    .ci/with_postgres python -m tests.stress --editors 8 --readers 8 --forms passage,details

Uses the database that DATABASE_URL names, which must be empty, or an SQLite file of its own. Each editor opens a form,
writes a word of their own into it and saves; whoever is told that others changed it begins anew. Actions of the lists
are forms here, too; one session more is published, withdrawn and moved to the trash by them. Readers ask for the public
pages of the other sessions. At the end the log of all acknowledged saves is compared with what is stored and
with the history: none may be lost, and nothing stored that was not acknowledged.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from itertools import count

import django
from django.core.management import call_command
from django.db import connection

from tests.stress.browsing import Account, Browser
from tests.stress.editing import FORMS, READ, StressedSite

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="how long they are at work (default: 60)")
    parser.add_argument("--editors", type=int, default=8)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--sessions", type=int, default=2, help="that are edited and read (default: 2)")
    parser.add_argument("--forms", default=",".join(FORMS), help=f"some of: {', '.join(FORMS)} (default: all)")
    parser.add_argument("--threads", type=int, default=4, help="of each of the server's two workers (default: 4)")
    options = parser.parse_args()
    if unknown := set(options.forms.split(",")) - set(FORMS):
        parser.error(f"there is no form {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/stress.sqlite3")
        django.setup()
        call_command("migrate", verbosity=0)
        account = _run(options)
        from tests.stress.checking import faults_in

        faults = [*account.faults, *faults_in(account)]
        connection.close()
    _report(account, options)
    for fault in faults[:40]:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} faults")
    sys.exit(1 if faults or not account.acknowledged else 0)


def _report(account: Account, options: argparse.Namespace) -> None:
    saved = Counter(form for form, _key, _word in account.acknowledged)
    print(f"{connection.vendor}: {saved.total():,} saves acknowledged to {options.editors} editors", end=" ")
    print(f"in {options.seconds:.0f} seconds, {options.readers} readers")
    for form in options.forms.split(","):
        refused = account.refused[form]
        why = "; ".join(f"{reason}: {times:,}" for reason, times in refused.most_common())
        print(f"  {form}: {saved[form]:,} saved, {refused.total():,} begun anew{f' ({why})' if why else ''}")
    print(f"a request took {statistics.median(account.took):.2f} s, the slowest {max(account.took):.1f} s;", end=" ")
    print(f"answers: {dict(sorted(account.answers.items()))}")


def _run(options: argparse.Namespace) -> Account:
    from tests.served import free_port, granian, serving, wait_for

    site, cookies = _make_site(options.sessions), [_sign_in(number) for number in range(options.editors)]
    connection.close()
    port, account = free_port(), Account()
    address = f"http://127.0.0.1:{port}"
    command = granian(port, "--workers", "2", "--blocking-threads", str(options.threads))
    with serving(command, dict(os.environ)):
        wait_for(address)
        end, forms = time.monotonic() + options.seconds, options.forms.split(",")
        at_work = [
            threading.Thread(target=_edit, args=(number, Browser(address, account, cookie), site, forms, end))
            for number, cookie in enumerate(cookies)
        ]
        at_work += [
            threading.Thread(target=_read, args=(number, Browser(address, account), site, end))
            for number in range(options.readers)
        ]
        for thread in at_work:
            thread.start()
        for thread in at_work:
            thread.join()
        return account


def _make_site(sessions: int) -> StressedSite:
    from panels.models import Question, Tag
    from tests.builders import make_correction, make_session

    events = [make_session(4, 5, title=f"Session {number}") for number in range(sessions + 1)]
    for event in events:
        make_correction(event, note="A first note.")
        event.tags.add("Night", "Lamps")
    return StressedSite(
        events={event.pk: list(event.answers.values_list("anchor", flat=True)) for event in events},
        slugs=[event.slug for event in events[:-1]],
        speakers=list(events[0].panelists.values_list("speaker", flat=True)),
        tags=list(Tag.objects.values_list("pk", flat=True)),
        questions=list(Question.objects.values_list("pk", flat=True)),
    )


def _sign_in(number: int) -> str:
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.create_superuser(f"editor-{number}"))
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={'c' * 32}"


def _edit(number: int, browser: Browser, site: StressedSite, forms: list[str], end: float) -> None:
    """Save one form after the other, each time with a word that is written nowhere else."""
    chance, account = random.Random(number), browser.account
    for save in count():
        if time.monotonic() > end:
            return
        form, word = chance.choice(forms), f"w{number}x{save}"
        key, why_not = FORMS[form](browser, site, word, chance)
        with account.lock:
            if why_not:
                account.refused[form][why_not] += 1
            else:
                account.acknowledged.append((form, key, word))


def _read(number: int, browser: Browser, site: StressedSite, end: float) -> None:
    chance = random.Random(number)
    while time.monotonic() < end:
        page = browser.get(chance.choice(READ).format(slug=chance.choice(site.slugs)))
        if page.status != 200:
            with browser.account.lock:
                browser.account.faults.append(f"a reader got {page.status}")


if __name__ == "__main__":
    main()
