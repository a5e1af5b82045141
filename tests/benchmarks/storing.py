"""How long storing an import keeps others from writing, beside the same rows written one by one.

    python -m tests.benchmarks.storing
    .ci/with_postgres python -m tests.benchmarks.storing --questions 500

Works on the database that DATABASE_URL names, which must be empty, or on an SQLite file of its own. A new session is
stored, then a corrected text of it: a question is put in at the start, so that all that follow move, and the answers
of every tenth question are changed. "prepared" is what is computed before the transaction, "locked" what runs inside
it: all that another editor waits for. "row by row" saves one model after the other, as `Model.save()` does, with
nothing checked and no history. Processor time of this process; on PostgreSQL it leaves out what the server does, and
the clock is printed beside it.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import django
from django.core.management import call_command

from panels.management.generated_sessions import WORDS, session_of
from panels.transcript import Exchange, Transcript, Turn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=2_000, help="of two answers each (default: 2000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        django.setup()
        call_command("migrate", verbosity=0)
        _compare(options.questions)


def _compare(questions: int) -> None:
    text = _session(questions)
    print(f"{questions:,} questions of two answers: milliseconds of the processor (of the clock)")
    event = _stored("new", text)
    _stored("corrected", _corrected(text))
    event.answers.all().delete()
    _timed("row by row", lambda: _one_by_one(event, text))


def _stored(name: str, text: Transcript) -> Any:
    from panels.editorial.importing import plan
    from panels.editorial.importing.drafts import ready, run_import

    planned = _timed(f"{name}, planned", lambda: plan(text))
    made = _timed(f"{name}, prepared", lambda: ready(planned))
    return _timed(f"{name}, locked", lambda: run_import(made, by=None, why=""))


def _timed(name: str, do: Callable[[], Any]) -> Any:
    busy, begun = time.process_time(), time.perf_counter()
    done = do()
    busy, took = time.process_time() - busy, time.perf_counter() - begun
    print(f"  {name:22} {busy * 1000:8.0f} ({took * 1000:.0f})", flush=True)
    return done


def _session(questions: int) -> Transcript:
    base, chance = session_of(5), random.Random(1)
    names = [one.name for one in base.panelists]

    def said(length: int) -> Turn:
        return Turn(text=" ".join(chance.choices(WORDS, k=length)), speaker=chance.choice(names))

    exchanges = (Exchange(question=said(15), answers=(said(80), said(80))) for _ in range(questions))
    return replace(base, exchanges=tuple(exchanges))


def _corrected(text: Transcript) -> Transcript:
    asked = Exchange(question=Turn(text="May I begin?"), answers=(Turn(text="You may."),))
    changed = (
        replace(one, answers=tuple(replace(turn, text=f"{turn.text} indeed") for turn in one.answers))
        if number % 10 == 0
        else one
        for number, one in enumerate(text.exchanges)
    )
    return replace(text, exchanges=(asked, *changed))


def _one_by_one(event: Any, text: Transcript) -> None:
    from django.db import transaction

    from panels.models import Answer, Speaker

    speakers = {speaker.name: speaker for speaker in Speaker.objects.all()}
    with transaction.atomic():
        event.questions.all().delete()
        for number, exchange in enumerate(text.exchanges, start=1):
            words = exchange.question.text if exchange.question else ""
            question = event.questions.create(number=number, anchor=f"q{9000 + number}", text=words)
            for place, turn in enumerate(exchange.answers, start=1):
                Answer.objects.create(
                    question=question, event=event, position=place, anchor=f"q{9000 + number}-a{place}",
                    text=turn.text, speaker=speakers[turn.speaker or ""],
                )  # fmt: skip


if __name__ == "__main__":
    main()
