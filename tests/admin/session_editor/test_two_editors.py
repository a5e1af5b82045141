"""Two editors at one session, in every order of what each does: no word is lost, and whoever comes second is told."""

from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement, product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from panels.editorial.history import event_history
from panels.editorial.history.event_versions import token_of
from panels.models import Answer, EditingSession, Event
from tests.admin.session_editor.test_session_editor import address, at, typed
from tests.builders import make_editor, make_session, make_speaker
from tests.sampling import sampled

pytestmark = pytest.mark.django_db

BUTTONS = ("save", "split", "merge", "make_question", "up", "delete")
SAID = {"ann": "Annwords first.\n\nAnnwords second.", "ben": "Benwords first.\n\nBenwords second."}
JSON = {"Accept": "application/json"}
CASES = [
    *(("q1-a2", "q1-a2", *buttons) for buttons in combinations_with_replacement(BUTTONS, 2)),
    *(("q1-a2", "q1-a3", *buttons) for buttons in product(BUTTONS, BUTTONS)),
    *(("q2", "q2-a2", *buttons) for buttons in product(("save", "up", "make_answer", "delete"), BUTTONS)),
]


@pytest.fixture
def event() -> Event:
    event = make_session(2, 3, status="draft", published_at=None, speakers=[make_speaker("Kim"), make_speaker("Jane")])
    for answer in event.answers.all():
        answer.text = f"What {answer.anchor} said.\n\nAnd more."
        answer.save()
    event_history.ensure_recorded(event)
    return event


@pytest.fixture
def clients() -> dict[str, Client]:
    made = {name: Client() for name in SAID}
    for name, client in made.items():
        client.force_login(make_editor(name))
    return made


def orders() -> Iterator[tuple[tuple[str, str], ...]]:
    """Every order in which two editors can each look at a passage and then press a button."""
    for anns in combinations(range(4), 2):
        bens = (place for place in range(4) if place not in anns)
        at_place = dict(zip((*anns, *bens), product(SAID, ("look", "press")), strict=True))
        yield tuple(at_place[place] for place in range(4))


def words_of(event: Event) -> str:
    """Everything that is in some state of the history, or kept for an editor who has not saved it."""
    event_history.ensure_recorded(event)
    states = (event_history.transcript_at(revision) for revision in event.revisions.all())
    turns = (turn for state in states for one in state.exchanges for turn in (one.question, *one.answers) if turn)
    kept = EditingSession.objects.filter(event=event).values_list("unsaved", flat=True)
    return " ".join([*(turn.text for turn in turns), *map(str, kept)])


def look(client: Client, event: Event, anchor: str) -> dict[str, Any]:
    """The form of a passage as the page has it; nothing where the passage is gone."""
    row = next((row for row in client.get(address(event, f"?edit={anchor}")).context["rows"] if row.form), None)
    if row is None:
        return {}
    fields = {field.name: field.value() or "" for field in row.form}
    return fields | {"at": anchor, "version": token_of(event, row.version), "before": "2", "whose": "previous"}


def press(client: Client, event: Event, form: dict[str, Any], **values: Any) -> Any:
    return client.post(address(event), form | values, headers=JSON)


@pytest.mark.parametrize(("anns_place", "bens_place", "anns_button", "bens_button"), sampled(CASES, every=5))
def test_in_every_order_no_word_is_lost_and_the_second_is_told(
    anns_place: str, bens_place: str, anns_button: str, bens_button: str, event: Event, clients: dict[str, Client]
) -> None:
    place, button = {"ann": anns_place, "ben": bens_place}, {"ann": anns_button, "ben": bens_button}
    original = list(Answer.objects.filter(event=event).values_list("text", flat=True))
    for order in orders():
        with transaction.atomic():
            forms, told = {}, {}
            for who, does in order:
                if does == "look":
                    forms[who] = look(clients[who], event, place[who])
                elif forms[who]:
                    words = {} if button[who] == "delete" else {"text": SAID[who]}
                    told[who] = press(clients[who], event, forms[who], do=button[who], **words)
            said = words_of(event)
            transaction.set_rollback(True)

        assert {answer.status_code for answer in told.values()} <= {200, 409, 422}, order
        assert [words for words in original if words not in said] == [], order
        assert [who for who in told if button[who] != "delete" and SAID[who].split()[0] not in said] == [], order
        first, second = (who for who, does in order if does == "press")
        if order.index((second, "look")) < order.index((first, "press")):
            answer = told[second].json()
            shown = answer["message"] + "".join(answer["html"].values())
            assert "while you were editing" in shown or "also saved changes" in shown, order
            assert first in shown, order


def test_what_others_saved_is_shown_with_what_one_saved_oneself(event: Event, clients: dict[str, Client]) -> None:
    ann, ben = clients.values()
    mine = typed(event, "q1-a1", ann, text="Mine.")
    ben.post(address(event), typed(event, "q2-a2", ben, text="Theirs."))
    ben.post(address(event), typed(event, "q2-a3", ben, do="delete"))

    parts = press(ann, event, mine, shown=mine["version"]).json()

    assert set(parts["html"]) == {"q1-a1", "q2-a2"}
    assert "q2-a3" not in parts["order"]


def test_what_others_saved_is_shown_in_its_place_when_asked_for(event: Event, clients: dict[str, Client]) -> None:
    ann, ben = clients.values()
    version = typed(event, "q1-a1", ann)["version"]
    ben.post(address(event), typed(event, "q2-a2", ben, text="Theirs."))

    parts = ann.get(address(event, f"?since={version}"), headers=JSON).json()

    assert set(parts["html"]) == {"q2-a2"}
    assert parts["order"][:2] == ["q1", "q1-a1"]
    assert ann.get(address(event, f"?since={parts['version']}"), headers=JSON).json()["html"] == {}


def test_an_undone_change_is_shown_in_its_place(event: Event, clients: dict[str, Client]) -> None:
    ann = clients["ann"]
    before = at(event, "q1-a1").text
    saved = press(ann, event, typed(event, "q1-a1", ann, text="Mended.")).json()

    undo = {"do": "undo", "number": saved["undo"], "version": saved["version"]}
    parts = press(ann, event, undo, shown=saved["version"]).json()

    assert (parts["message"], set(parts["html"])) == ("Undone.", {"q1-a1"})
    assert at(event, "q1-a1").text == before
