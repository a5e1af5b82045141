"""The log of acknowledged saves against what is stored, and against the history."""

import re
from collections import defaultdict
from collections.abc import Iterator

from panels.editorial.history import event_history
from panels.models import Event, Speaker, Tag
from panels.transcript import Transcript
from tests.stress.browsing import Account

_WORD = re.compile(r"\bw\d+x\d+\b")
GROWING = {"details", "correction", "passage", "text"}
"""Forms in whose fields words are only ever added: all that were acknowledged are there at the end."""


def faults_in(account: Account) -> Iterator[str]:
    """What was acknowledged and is not there, and what is there and was never acknowledged."""
    acknowledged: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for form, key, word in account.acknowledged:
        acknowledged[form][key].add(word)
    for event in Event.objects.all():
        yield from _faults_of(event, {form: keys.get(event.pk, set()) for form, keys in acknowledged.items()})
    for key, words in acknowledged["speaker"].items():
        there = set(_WORD.findall(Speaker.objects.get(pk=key).biography))
        yield from (f"lost from a biography: {word}" for word in words - there)
        yield from (f"in a biography, never acknowledged: {word}" for word in there - words)
    for key, words in acknowledged["tag"].items():
        name = Tag.objects.get(pk=key).name
        if name not in words:
            yield f"a tag's name was never acknowledged: {name}"


def _faults_of(event: Event, acknowledged: dict[str, set[str]]) -> Iterator[str]:
    event_history.ensure_recorded(event)
    revisions = event.revisions.order_by("number").iterator(chunk_size=100)
    states = [event_history.transcript_at(revision) for revision in revisions]
    for form in ("details", "panel", "correction", "passage", "text"):
        words = acknowledged.get(form, set())
        ever = {word for state in states for word in _words(form, state)}
        now = _words(form, states[-1])
        yield from (f"{form}: lost, in no state of the history: {word}" for word in words - ever)
        if form in GROWING:
            yield from (f"{form}: lost from what is stored now: {word}" for word in words - now)
        others = acknowledged.get({"passage": "text", "text": "passage"}.get(form, form), set())
        yield from (f"{form}: stored, never acknowledged: {word}" for word in ever - words - others)


def _words(form: str, state: Transcript) -> set[str]:
    if form == "details":
        return set(_WORD.findall(state.introduction))
    if form == "panel":
        return {word for one in state.panelists for word in _WORD.findall(one.title)}
    if form == "correction":
        return {word for one in state.corrections for word in _WORD.findall(one.note)}
    turns = (turn for one in state.exchanges for turn in (one.question, *one.answers) if turn)
    return {word for turn in turns for word in _WORD.findall(turn.text)}
