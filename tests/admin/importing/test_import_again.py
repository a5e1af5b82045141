"""A corrected version of a source that was imported: what was decided of it is not asked again."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from panels.admin.importing.forms import key_of
from panels.editorial.importing.replay import replayed
from panels.formats.base import Source
from panels.formats.registry import read_as
from panels.models import Event, ImportDraft, Speaker
from panels.transcript import Transcript
from tests.admin.importing.pages import import_version_on
from tests.admin.importing.test_importing import PATH, brought, page_of, press

pytestmark = pytest.mark.django_db

ARTICLE = """The harbour after the storm

By Nora Field | 11 May 2019

Advertisement

IK: Welcome to all of you. What did the storm do to the harbour?

BM: It took the old pier, and it left the boats where they lay.

Ana Pinto, Porto: I agree, and the wall behind it stands as if nothing had happened.

It was built by people who had seen such a storm before.

IK: Does it cost much to build it again, compared with the flood?

BM: Less than one would think, since the stones are all there.

Read more: How the river came back

Speaker 2: And nobody asks for more than that.
"""
SETTLED = {"title": "The harbour", "date": "2019-05-11"}


def pressed(desk: Client, address: str, value: str, **fields: str) -> str:
    return press(desk, address, "step", value, **(SETTLED | fields))


@pytest.fixture
def event(desk: Client) -> Event:
    """The stored event, with everything settled that the text leaves open."""
    address = brought(desk, ARTICLE)
    pressed(desk, address, "proposal speaker 1")
    voice = key_of("Speaker 2")
    pressed(desk, address, "voices", **{f"voice-{voice}": "Ida Krane"})
    pressed(desk, address, "proposal moderator")
    pressed(desk, address, "proposal lines")
    pressed(desk, address, "split 1.2 2")
    press(desk, address, "store", **SETTLED)
    return Event.objects.get()


def test_one_corrected_word_is_one_change_and_nothing_else_is_asked(desk: Client, event: Event) -> None:
    corrected = ARTICLE.replace("the boats where", "the ships where")

    address = desk.post(f"{PATH}?event={event.pk}", {"text": corrected})["Location"]
    page = page_of(desk, address)

    assert re.findall("<(?:ins|del)>(.*?)</(?:ins|del)>", page) == ["boats", "ships"]
    assert page.count('class="change') == 1
    for heading in ("Who is who?", "Proposed for removal", "Speakers and questions to check", "no speaker"):
        assert heading not in page
    assert "5 decisions from the last import were applied again." in page

    press(desk, address, "store", version=str(event_version(page)), title="The harbour", date="2019-05-11")
    assert "the ships where" in event.answers.get(anchor="q1-a1").text
    assert event.answers.count() == 5


def event_version(page: str) -> int:
    return int(re.findall(r'name="version" value="(\d+)"', page)[0])


def test_the_same_text_changes_nothing(desk: Client, event: Event) -> None:
    page = page_of(desk, desk.post(f"{PATH}?event={event.pk}", {"text": ARTICLE})["Location"])

    assert "No changes: the text matches the saved version." in page


def test_a_text_that_is_stored_is_recognised_though_its_title_and_date_were_changed(desk: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(title="Pier and wall", date="2020-01-01")
    address = brought(desk, ARTICLE)
    page = page_of(desk, address)
    assert 'This looks like <a href="' in page
    assert "Pier and wall" in page

    updated = press(desk, address, "update_alike")

    assert "No changes: the text matches the saved version." in updated
    assert ImportDraft.objects.get(stored_at=None).event == event


def test_what_looks_like_a_stored_one_can_be_a_new_one(desk: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(title="Pier and wall", date="2020-01-01")
    address = brought(desk, ARTICLE)
    assert "This looks like" in press(desk, address, "keep")

    page = press(desk, address, "not_alike")
    assert "This looks like" not in page
    press(desk, address, "store")

    assert Event.objects.count() == 2


def test_another_text_looks_like_none(desk: Client, event: Event) -> None:
    page = page_of(desk, brought(desk, "Night opening\n\nKim: Because people asked for it.\n\nJane: So they did.\n"))

    assert "This looks like" not in page


def test_who_may_not_edit_the_stored_one_can_only_save_a_new_one(desk: Client, editor: User, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(title="Pier", status="published", published_at="2021-01-01T00:00Z")
    editor.groups.clear()
    editor.is_superuser = False
    editor.save()
    editor.user_permissions.set(Permission.objects.filter(codename__in=["add_event", "view_event"]))
    address = brought(desk, ARTICLE)
    page = page_of(desk, address)

    assert "This looks like" in page
    assert 'name="update_alike"' not in page
    sent = {**SETTLED, "update_alike": "", "import_version": import_version_on(address)}
    assert desk.post(address, sent).status_code == 403


def test_two_windows_answer_once_which_session_a_text_is(desk: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(title="Pier and wall", date="2020-01-01")
    address = brought(desk, ARTICLE)
    older = SETTLED | {"import_version": import_version_on(address)}

    answered = [desk.post(address, older | {"update_alike": ""}).status_code for _twice in range(2)]
    other = desk.post(address, older | {"not_alike": ""})

    assert answered == [302, 302]
    assert other.status_code == 409
    assert "changed in another window" in other.content.decode()
    assert ImportDraft.objects.get(stored_at=None).event == event


def test_what_was_typed_stays_when_a_text_is_another_session(desk: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(title="Pier and wall", date="2020-01-01")
    address = brought(desk, ARTICLE)
    sent = {"title": "Another evening", "date": "2019-05-12", "not_alike": ""}
    older = sent | {"import_version": import_version_on(address)}

    answered = [desk.post(address, older).status_code for _twice in range(2)]
    page = page_of(desk, address)

    assert answered == [302, 302]
    assert 'value="Another evening"' in page
    assert "This looks like" not in page


def read(text: str) -> Transcript:
    return read_as(Source.of(text))[1]


def test_a_step_follows_its_passage_and_is_left_out_where_that_has_gone() -> None:
    old = read("Ada: One and all of it.\n\nBen: Two and some of it.\n\nAda: Three and none of it.\n")
    new = read("Ada: Nought before it.\n\nBen: Two and some of that.\n\nAda: One and all of it.\n")
    steps = [
        {"do": "name", "at": "1.1", "speaker": "Ada Vale"},
        {"do": "name", "at": "1.2", "speaker": "Ben Marsh"},
        {"do": "drop", "at": "1.3"},
    ]

    found = replayed(old, new, steps)

    assert [(step["at"], step["do"]) for step in found.steps] == [("1.3", "name"), ("1.2", "name")]
    assert found.left_out == 1


def test_a_typed_text_is_typed_again_only_where_the_source_says_what_it_said() -> None:
    old = read("Ada: One and all of it.\n\nBen: Two and some of it.\n")
    new = read("Ada: One and all of it.\n\nBen: Two and some of that.\n")
    steps = [{"do": "edit", "at": place, "text": "Another text."} for place in ("0", "1.1", "1.2")]

    found = replayed(old, new, steps)

    assert [step["at"] for step in found.steps] == ["0", "1.1"]
    assert found.left_out == 1


TALK = """The price of bread

Ann Example: Welcome to the third evening.

Ben Marsh: Thank you. Bread is what everybody buys.

Cara Stone: In my town the last bakery closed in 2015.

Ben Marsh: And nobody was asked.

Cara Stone: Nobody ever is.

Ben Mrash: Except the bakers.

Advertisement

Cara Stone: Not even they.
"""


def test_what_was_left_as_it_is_when_the_text_was_saved_is_not_proposed_again(desk: Client) -> None:
    address = brought(desk, TALK)
    pressed(desk, address, "proposal speaker 1")
    page = page_of(desk, address)
    for proposed in ("opens the session", "another spelling", "Advertisement", "No questions found"):
        assert proposed in page
    press(desk, address, "store", title="The price of bread", date="2019-05-11")

    for closed in ("2015", "2016"):  # twice, since a decision is taken over from import to import
        corrected = TALK.replace("closed in 2015", f"closed early in {closed}")
        address = desk.post(f"{PATH}?event={Event.objects.get().pk}", {"text": corrected})["Location"]
        page = page_of(desk, address)
        assert page.count('class="change') == 1
        for heading in ("Who is who?", "Proposed for removal", "Speakers and questions to check", "To check"):
            assert heading not in page
        press(desk, address, "store", version=str(event_version(page)), title="The price of bread", date="2019-05-11")

    more = TALK.replace("2015.", "2015.\n\nMayor Jones: I agree, and so do the others.")
    address = desk.post(f"{PATH}?event={Event.objects.get().pk}", {"text": more})["Location"]
    assert "Mayor Jones" in page_of(desk, address)


HARBOUR_TALK = """Ida Krane: What did the storm do to the harbour?

{name}: It took the old pier, and it left the boats {words}.

Ida Krane: Does it cost much to build it again?

{name}: Less than one would think, since the stones are all there.
"""


def stored_again(desk: Client, event: Event, text: str, **fields: str) -> str:
    """Import a corrected text and save it; the page that this leads to, with its messages."""
    address = desk.post(f"{PATH}?event={event.pk}", {"text": text})["Location"]
    page = page_of(desk, address)
    sent = {"store": "", "version": str(event_version(page)), "import_version": import_version_on(address)}
    return str(desk.post(address, SETTLED | people_on(page) | fields | sent, follow=True).content.decode())


def people_on(page: str) -> dict[str, str]:
    """What a browser sends of the choices of speakers."""
    selects = re.findall(r'<select name="(person-\w+)".*?</select>', page, re.DOTALL)
    chosen = re.findall(r'<select name="(person-\w+)"[^>]*>\s*(?:<option value="[^"]*">[^<]*</option>\s*)*'
                        r'<option value="([^"]*)" selected>', page)  # fmt: skip
    return dict.fromkeys(selects, "") | dict(chosen)


@pytest.mark.parametrize("name", ["Ben Marsch", "Mr. Marsh"])
def test_who_was_new_in_one_correction_is_the_same_in_the_next(name: str, desk: Client) -> None:
    address = brought(desk, HARBOUR_TALK.format(name="Ben Marsh", words="where they lay"))
    press(desk, address, "store", **SETTLED)
    event = Event.objects.get()
    new = {f"person-{key_of(name)}": "new"}

    stored_again(desk, event, HARBOUR_TALK.format(name=name, words="where they were"), **new)
    made = Speaker.objects.get(name=name)
    stored_again(desk, event, HARBOUR_TALK.format(name=name, words="on the shore"))
    stored_again(desk, event, HARBOUR_TALK.format(name=name, words="on the beach"))

    assert Speaker.objects.get(name=name) == made
    assert event.panelists.filter(speaker=made).exists()
    assert event.answers.filter(text__endswith="on the beach.").exists()


def test_a_label_that_is_chosen_to_be_new_is_the_one_that_the_session_has(desk: Client) -> None:
    address = brought(desk, HARBOUR_TALK.format(name="Mr. Marsh", words="where they lay"))
    press(desk, address, "store", **SETTLED)
    event, label = Event.objects.get(), Speaker.objects.get(name="Mr. Marsh")

    corrected = HARBOUR_TALK.format(name="Mr. Marsh", words="ashore")
    address = desk.post(f"{PATH}?event={event.pk}", {"text": corrected})["Location"]
    ImportDraft.objects.filter(stored_at=None).update(decisions={"people": {"Mr. Marsh": "new"}})
    page = page_of(desk, address)
    assert set(people_on(page).values()) == {"new"}
    press(desk, address, "store", version=str(event_version(page)), **(SETTLED | people_on(page)))

    assert Speaker.objects.get(name="Mr. Marsh") == label
    assert event.answers.filter(speaker=label, text__endswith="ashore.").exists()
