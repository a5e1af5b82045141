"""Whatever was done to a session, each of its states can be had back as readers saw it."""

import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from panels.editorial.history import event_history
from panels.editorial.history.event_restore import restore
from panels.editorial.saving.corrections import UNDO
from panels.editorial.session_editor.saving import save
from panels.editorial.session_editor.steps import anchors_of, found
from panels.editorial.transcript_edits import StepError
from panels.models import Event, Revision, Speaker
from panels.reading.export import transcript_of
from panels.transcript import Transcript
from tests.sampling import sampled

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CHANGES = 30
TEXTS = (
    "Other words.",
    "两个段落。\n\n第二段。",
    "**Marked** [words](https://example.org/).\n\n- of a list",
    "“Quoted.”",
)
TAGS = ("Archives", "Night", "读者", "New: a tag")


def page_of(event: Event, client: Client) -> str:
    """The public page, but for the number of its version, which goes on."""
    return re.sub(r"version \d+", "", client.get(event.get_absolute_url()).content.decode())


def a_step(now: Transcript, chance: random.Random) -> dict[str, Any]:
    """One of those that the desk takes, at some passage; not all can be taken everywhere."""
    anchors = anchors_of(now)
    at, after = chance.choice(anchors), chance.choice(["", *anchors])
    named = chance.choice([*(panelist.name for panelist in now.panelists), "", "Somebody New"])
    is_answer = found(now, at)[1] is not None
    fields: dict[str, Any] = {"text": chance.choice(TEXTS), "speaker": named}
    fields |= {"tags": chance.sample(TAGS, chance.randrange(3)), "time": chance.choice([None, 61, 3_600])}
    if is_answer and named and chance.random() < 0.3:
        fields |= {"attribution": "inferred", "evidence": "From the minutes."}
    if not is_answer:
        fields["follow_up"] = chance.random() < 0.5
    steps: list[dict[str, Any]] = [
        {"do": "edit", "at": at, "fields": fields},
        {"do": "add", "what": chance.choice(["question", "answer"]), "after": after, "fields": {"text": "Added."}},
        {"do": "move", "at": at, "after": after},
        {"do": "delete", "at": at},
        {"do": "split", "at": at, "before": 2},
        {"do": "merge", "at": at, "whose": chance.choice(["previous", "this"])},
        {"do": "make_question", "at": at},
        {"do": "make_answer", "at": at},
    ]
    return chance.choice(steps)


def change_the_head(event: Event, chance: random.Random) -> None:
    """What stands above the questions: the event itself, its tags, and who took part as what."""
    panelist = chance.choice(list(event.panelists.order_by("pk")))
    changes: list[Callable[[], object]] = [
        lambda: Event.objects.filter(pk=event.pk).update(title=f"Title {chance.randrange(100)}"),
        lambda: Event.objects.filter(pk=event.pk).update(introduction=chance.choice(TEXTS)),
        lambda: Event.objects.filter(pk=event.pk).update(programme=chance.choice(["", "Evenings"])),
        lambda: Event.objects.filter(pk=event.pk).update(date=f"2021-0{chance.randrange(1, 10)}-11"),
        lambda: Event.objects.filter(pk=event.pk).update(slug=f"talk-{chance.randrange(1_000)}"),
        lambda: event.tags.set(chance.sample(TAGS, chance.randrange(3))),
        lambda: event.panelists.filter(pk=panelist.pk).update(title=f"Office {chance.randrange(100)}"),
        lambda: event.panelists.filter(pk=panelist.pk).update(role=chance.choice(["panelist", "moderator"])),
        lambda: event.panelists.exclude(speaker__answers__event=event).delete(),
        lambda: event.panelists.create(
            speaker=Speaker.objects.create(name=f"Guest {(count := Speaker.objects.count())}", slug=f"guest-{count}"),
            position=99 + event.panelists.count(),
        ),
    ]
    chance.choice(changes)()
    event.refresh_from_db()


def change(event: Event, chance: random.Random) -> None:
    """Raises StepError for a step that cannot be taken."""
    if chance.random() < 0.3:
        event_history.ensure_recorded(event)
        change_the_head(event, chance)
        event_history.record(event, by=None)
    else:
        now = transcript_of(event)
        save(event, [a_step(now, chance)], version=now.version or 0, by=None, change_note=UNDO)


@pytest.mark.parametrize("seed", sampled([[seed] for seed in range(3)], every=3))
def test_every_state_comes_back_byte_for_byte(seed: int, client: Client) -> None:
    call_command("loaddata", "library_round_table_2021_09_18", verbosity=0)
    event = Event.objects.get()
    chance = random.Random(seed)
    pages = {event_history.record(event, by=None).pk: page_of(event, client)}
    while len(pages) < CHANGES:
        try:
            change(event, chance)
        except StepError:
            continue
        event.refresh_from_db()
        pages[event.revisions.latest("number").pk] = page_of(event, client)

    for state in chance.sample(sorted(pages), len(pages)):
        restore(Revision.objects.get(pk=state), by=None, change_note=UNDO)
        event.refresh_from_db()
        assert page_of(event, client) == pages[state]
    assert len(set(pages.values())) > CHANGES / 2
