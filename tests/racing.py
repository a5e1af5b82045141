"""Several editors at once: each act in a thread of its own, with its own connection, let loose at one moment."""

import os
import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What the acts answered, in their order; an exception of one is raised here."""
    barrier = threading.Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)
    faults: list[BaseException] = []

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=60)
            answers[place] = act()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return answers


class Between:
    """Lets somebody else act between the queries of one request: after its `number`th one."""

    def __init__(self, number: int, act: Callable[[], Any]) -> None:
        self.number, self.act, self.seen = number, act, 0

    def __call__(self, execute: Callable[..., Any], *query: Any) -> Any:
        answer = execute(*query)
        self.seen += 1
        if self.seen == self.number:
            at_once(self.act)
        return answer
