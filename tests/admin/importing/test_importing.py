import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils.html import escape

from panels.admin.importing.forms import key_of
from panels.editorial.transcript_edits import turn_at
from panels.formats.limits import Limits
from panels.formats.native import json_archive, session_document
from panels.models import Answer, Event, ImportDraft, Speaker
from panels.reading.export import transcript_of
from tests.admin.importing.pages import press_on_import
from tests.builders import make_speaker

pytestmark = pytest.mark.django_db

PATH = "/admin/panels/event/import/"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jane Do>Good evening.\n\n00:05.000 --> 00:06.000\n<v Kim>Yes.\n"
DOW = VTT.replace("Jane Do", "Jane Dow")  # “Jane Do” is only a label: “do” is a particle
TALK = """# Night opening

## Why do you open at night?

Kim: Because people asked for it, and went on asking for it.

We thought it over for a year.

## And what does it cost?

Kim: The lamps are cheap. The heating is not.
"""
SETTLED = {"title": "Night opening", "date": "2021-05-01"}


def brought(desk: Client, text: str = VTT) -> str:
    """The address of the page on which the text can be settled."""
    response = desk.post(PATH, {"text": text})
    assert response.status_code == 302, response.context["form"].errors
    return str(response["Location"])


def page_of(desk: Client, address: str) -> str:
    return desk.get(address).content.decode()


def press(desk: Client, address: str, button: str, value: str = "", **fields: str) -> str:
    """The page after a button was pressed."""
    answer = press_on_import(desk, address, {**SETTLED, **fields, button: value}, follow=True)
    return str(answer.content.decode())


def test_a_pasted_text_is_shown_and_not_stored(desk: Client) -> None:
    page = page_of(desk, brought(desk))

    assert "<v Jane Do&gt;" not in page
    assert "&lt;v Jane Do&gt;Good evening." in page
    assert '<strong>Jane Do</strong> <a class="to-line" href="#line-4">line 4</a>' in page
    assert "Removed:" in page
    assert not Event.objects.exists()


def test_what_is_only_remarked_on_is_not_called_removed(desk: Client) -> None:
    text = "# Roof evening\n\nPublished 11 March 2031\n\n**Ida Krane:** Good evening.\n\n**Ben Marsh:** Hello.\n"

    page = page_of(desk, brought(desk, text))

    assert "(the day of publication, proposed as the date)" in page
    assert "Removed:" not in page
    assert "Keep it" not in page


@override_settings(UPLOAD_MB=1)
def test_a_file_over_the_upload_limit_is_refused(desk: Client) -> None:
    large = SimpleUploadedFile("talk.txt", b"Jane Doe: Yes.\n\n" * 70_000)

    refused = desk.post(PATH, {"file": large})

    assert "This file is too large to preview here" in refused.content.decode()
    assert not ImportDraft.objects.exists()


def test_an_uploaded_file_is_shown_as_well(desk: Client) -> None:
    file = SimpleUploadedFile("captions.txt", VTT.encode())

    page = desk.post(PATH, {"file": file}, follow=True).content.decode()

    assert "2 answers" in page


def test_what_was_seen_is_stored_as_a_draft(desk: Client) -> None:
    page = press(desk, brought(desk), "store")

    event = Event.objects.get()
    assert (event.title, str(event.date), event.status) == ("Night opening", "2021-05-01", "draft")
    assert "Saved “Night opening” as a draft." in page
    assert list(event.answers.values_list("speaker__name", flat=True)) == ["Jane Do", "Kim"]


def test_a_text_is_stored_once(desk: Client) -> None:
    address = brought(desk)
    press(desk, address, "store")

    page = press(desk, address, "store")

    assert "This text was saved as:" in page
    assert Event.objects.count() == 1


def test_an_editor_says_who_somebody_is(desk: Client) -> None:
    jane = make_speaker("Jane Dowe", family_name="Dowe")

    press(desk, brought(desk, DOW), "store", **{f"person-{key_of('Jane Dow')}": str(jane.pk)})

    assert Event.objects.get().answers.earliest("pk").speaker == jane
    assert not Speaker.objects.filter(name="Jane Dow").exists()


def test_a_question_has_no_colon_in_chinese_either(desk: Client) -> None:
    page = desk.get(brought(desk, DOW).partition("#")[0], headers={"accept-language": "zh-hans"}).content.decode()

    assert "Jane Dow是谁？</label>" in page


def test_nobody_is_taken_for_somebody_unasked(desk: Client) -> None:
    make_speaker("Jane Doe", family_name="Doe")

    press(desk, brought(desk), "store")

    assert Speaker.objects.filter(name="Jane Do").exists()


def test_what_was_settled_outlives_the_window(desk: Client) -> None:
    address = brought(desk, DOW)
    jane = make_speaker("Jane Dowe", family_name="Dowe")
    press(desk, address, "keep", title="Another title", **{f"person-{key_of('Jane Dow')}": str(jane.pk)})

    front, page = page_of(desk, PATH), page_of(desk, address)

    assert f'<a href="{address}">Another title</a>' in front
    assert 'value="Another title"' in page
    assert f'<option value="{jane.pk}" selected>' in page


def test_questions_turns_and_what_is_left_out_are_mended_in_place(desk: Client) -> None:
    address = brought(desk, TALK)
    asked = transcript_of_event(desk, address)
    assert asked == [
        ("Why do you open at night?", 1),
        ("And what does it cost?", 1),
    ]

    press(desk, address, "step", "make_answer 2")
    press(desk, address, "step", "split 1.1 2")
    press(desk, address, "step", "name 1.2", speaker="Sam Abel", evidence="The voice is another's.")
    press(desk, address, "step", "name 1.3", speaker="Jane Doe")
    press(desk, address, "step", "drop 1.4")
    page = press(desk, address, "store")

    event = Event.objects.get()
    assert "as a draft" in page
    assert list(event.answers.order_by("position").values_list("speaker__name", "attribution", "text")) == [
        ("Kim", "stated", "Because people asked for it, and went on asking for it."),
        ("Sam Abel", "inferred", "We thought it over for a year."),
        ("Jane Doe", "stated", "And what does it cost?"),
    ]


def transcript_of_event(desk: Client, address: str) -> list[tuple[str, int]]:
    exchanges = desk.get(address).context["transcript"].exchanges
    return [(one.question.text if one.question else "", len(one.answers)) for one in exchanges]


def test_a_step_is_undone_and_what_was_left_out_is_fetched_back(desk: Client) -> None:
    address = brought(desk, TALK)
    before = transcript_of_event(desk, address)

    press(desk, address, "step", "drop 2.1")
    left = page_of(desk, address)
    press(desk, address, "step", "fetch 1")
    fetched = transcript_of_event(desk, address)
    press(desk, address, "undo")
    press(desk, address, "undo")

    assert "removed by an editor" in left
    assert fetched == before
    assert transcript_of_event(desk, address) == before


def test_the_tools_open_where_they_were_asked_for(desk: Client) -> None:
    address = brought(desk, TALK)

    response = press_on_import(desk, address, {**SETTLED, "at": "1.1"})
    page = page_of(desk, response["Location"].partition("#")[0])

    assert response["Location"] == f"{address}?at=1.1#p-1.1"
    assert 'name="step" value="split 1.1 2"' in page
    assert 'name="step" value="make_question 1.1"' in page
    assert 'value="merge 1.1"' not in page


def test_the_enter_key_sets_the_speaker(desk: Client) -> None:
    address = brought(desk, TALK)

    page = press(desk, address, "enter", open="1.1", speaker="Sam Abel")

    assert "<strong>Sam Abel</strong>" in page


def test_a_lost_name_is_settled_with_the_evidence_that_is_offered(desk: Client) -> None:
    address = brought(desk, ARTICLE)
    place = re.search(r'value="candidate (\S+) 1"', page_of(desk, address))
    assert place

    page = press(desk, address, "step", f"candidate {place[1]} 1")

    turn = turn_at(desk.get(address).context["transcript"], place[1])
    assert turn.attribution == "inferred"
    assert f"({escape(turn.evidence)})" in page


ARTICLE = """A talk about lamps

Panelists:

Erika Mustermann, keeper of the lamps
Kim, reader

Question 1: Why do you open at night?

Erika Mustermann

Because people asked for it.

We thought it over for a year.

Question 2: What does it cost?

More than we have, and less than people say who have never lit a room.

Kim

Less than you say.
"""


def test_the_desk_is_told_what_becomes_of_a_stored_event(desk: Client) -> None:
    press(desk, brought(desk, TALK), "store")
    event = Event.objects.get()
    event.answers.get(anchor="q1-a1").tags.add("Night")

    address = brought(desk, TALK.replace("went on asking", "kept on asking"))
    press(desk, address, "keep")
    page = page_of(desk, address)

    assert "Changes to “Night opening”" in page
    assert "<del>went</del><ins>kept</ins>" in page
    press(desk, address, "store", version=version_in(page))
    answer = event.answers.get(anchor="q1-a1")
    assert "kept on asking" in answer.text
    assert [tag.name for tag in answer.tags.all()] == ["Night"]


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def test_an_event_that_changed_meanwhile_is_shown_again_first(desk: Client) -> None:
    press(desk, brought(desk, TALK), "store")
    address = brought(desk, TALK.replace("went on", "kept on"))
    press(desk, address, "keep")
    version = version_in(page_of(desk, address))
    Answer.objects.filter(anchor="q1-a1").update(text="Because it is quiet.")

    page = press(desk, address, "store", version=version)

    assert "has changed since you previewed it" in page
    assert Answer.objects.get(anchor="q1-a1").text == "Because it is quiet."


def test_a_text_can_be_stored_as_another_event(desk: Client) -> None:
    press(desk, brought(desk, TALK), "store")
    address = brought(desk, TALK)
    press(desk, address, "keep")

    press(desk, address, "store", force_new="on", version=version_in(page_of(desk, address)))
    press(desk, address, "store", force_new="on")

    assert list(Event.objects.order_by("pk").values_list("slug", flat=True)) == ["night-opening", "night-opening-2"]


def test_a_corrected_text_is_brought_to_an_event_of_another_title(desk: Client) -> None:
    press(desk, brought(desk, TALK), "store")
    event = Event.objects.get()
    Event.objects.update(title="Renamed here")

    response = desk.post(f"{PATH}?event={event.pk}", {"text": TALK.replace("The lamps", "Our lamps")})
    page = page_of(desk, response["Location"])

    assert "Changes to “Renamed here”" in page
    assert "<del>The</del><ins>Our</ins>" in page


@pytest.mark.parametrize("form", [session_document, json_archive], ids=["session document", "archive"])
def test_a_record_makes_the_event_what_it_says(desk: Client, form: object) -> None:
    press(desk, brought(desk, TALK), "store")
    event = Event.objects.get()
    event.tags.add("Night")
    written = form.write(transcript_of(event))  # type: ignore[attr-defined]
    event.tags.clear()

    address = brought(desk, written)
    press(desk, address, "store", version=version_in(page_of(desk, address)))

    assert [tag.name for tag in event.tags.all()] == ["Night"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Paste text or choose a file."),
        ({"text": "  \n "}, "Paste text or choose a file."),
        (
            {"file": SimpleUploadedFile("bad.docx", b"PK\x03\x04 no archive")},
            "This document cannot be read: its archive is damaged.",
        ),
        ({"file": SimpleUploadedFile("large.txt", b"x" * (5 * 1024 * 1024 + 1))}, "This file is too large"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused_with_a_reason(
    desk: Client, sent: dict[str, object], said: str
) -> None:
    assert said in desk.post(PATH, sent).content.decode()
    assert not ImportDraft.objects.exists()


@pytest.mark.parametrize(
    ("button", "value", "said"),
    [
        ("step", "make_question 9.9", "Passage 9.9 no longer exists"),
        ("step", "dance 1", "Unknown step “dance”"),
        ("step", "split 1.1 99999999999", "This paragraph no longer exists"),
        ("step", "candidate 1.1 1", "This candidate no longer exists"),
        ("step", "fetch x", "This passage no longer exists"),
        ("step", " ", "Fix"),
        ("at", "9.9", "Fix"),
    ],
)
def test_what_cannot_be_done_is_said(desk: Client, button: str, value: str, said: str) -> None:
    assert said in press(desk, brought(desk, TALK), button, value)


def test_a_text_without_a_title_is_asked_for_one(desk: Client) -> None:
    page = press(desk, brought(desk), "store", title="")

    assert "The transcript has no title; add one" in page
    assert not Event.objects.exists()


def test_everything_left_out_leaves_nothing_to_store(desk: Client) -> None:
    address = brought(desk, "Kim: Only this is said here.\n\nJane: And this is answered to it.\n")
    for _ in desk.get(address).context["transcript"].exchanges[0].answers:
        press(desk, address, "step", "drop 1.1")

    page = press(desk, address, "step", "drop 1")

    assert "this transcript contains no text" in page or 'name="store"' in page


def test_a_text_is_discarded(desk: Client) -> None:
    page = press(desk, brought(desk), "discard")

    assert "Nothing was saved" in page
    assert not ImportDraft.objects.exists()


def test_whoever_may_not_add_events_may_not_import(client: Client, desk: Client) -> None:
    address = brought(desk)
    client.force_login(User.objects.create_user("viewer", is_staff=True))

    assert client.get(PATH).status_code == 403
    assert client.get(address).status_code == 403
    assert client.post(address, {**SETTLED, "store": ""}).status_code == 403
    assert not Event.objects.exists()


def test_editors_of_the_role_may_import(client: Client) -> None:
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editor"))
    client.force_login(editor)

    assert "as a draft" in press(client, brought(client), "store")


@override_settings(PANELS_IMPORT_LIMITS=Limits(bytes=10))
def test_a_text_beyond_the_limits_is_refused_with_what_to_do(desk: Client) -> None:
    pasted = desk.post(PATH, {"text": VTT})
    uploaded = desk.post(PATH, {"file": SimpleUploadedFile("captions.vtt", VTT.encode())})

    for response in (pasted, uploaded):
        assert "The file has more than 10 bytes. Split it." in response.content.decode()
    assert not ImportDraft.objects.exists()


def test_what_was_taken_in_can_be_looked_at_after_the_limits_were_lowered(
    desk: Client,
) -> None:
    address = brought(desk)

    with override_settings(PANELS_IMPORT_LIMITS=Limits(bytes=10)):
        assert "Good evening." in page_of(desk, address)


def test_introduction_and_panel_are_shown(desk: Client) -> None:
    page = page_of(desk, brought(desk, f"# A talk\n\nIt was a cold night.\n{TALK.partition('opening')[2]}"))

    assert "It was a cold night." in page.partition('id="preview-title"')[2]
    assert "<li>Kim</li>" in page


def test_a_voice_that_the_source_only_labels_is_named_everywhere(desk: Client) -> None:
    address = brought(desk, "SPEAKER_00: Hello there.\n\nSPEAKER_01: Hi.\n\nSPEAKER_00: Bye.\n")

    voice = key_of("SPEAKER_00")

    before = page_of(desk, address)
    page = press(desk, address, "step", "voices", **{f"voice-{voice}": "Kim"})

    assert "Who is “SPEAKER_00” (2 passages)?" in before
    assert "<strong>SPEAKER_00 · unattributed</strong>" in before
    assert page.count("<strong>Kim</strong>") == 2
    assert "Who is “SPEAKER_01” (1 passage)?" in page
    assert "SPEAKER_00” (" not in page
    assert "Enter at least one name" in press(desk, address, "step", "voices")
    assert "Enter at least one name" in press(desk, address, "step", "voices", **{"voice-7": "Kim"})


GERMAN = """---
title: Night opening
date: 2021-05-01
language: de
---

## Warum öffnen Sie nachts?

Kim: Weil die Leute darum gebeten haben, und immer wieder darum bitten.
"""


def test_a_translation_is_proposed_and_linked_when_the_editor_says_how_it_was_made(desk: Client) -> None:
    press(desk, brought(desk, TALK), "store")
    address = brought(desk, GERMAN)

    page = page_of(desk, address)
    press(desk, address, "store", translation="human")

    assert escape("Translation of “Night opening”?") in page
    translated = Event.objects.get(slug="night-opening-de")
    assert translated.translation_of == Event.objects.get(slug="night-opening")
    assert (translated.translation, translated.translated_from) == ("human", "en")


def test_a_text_in_another_language_is_no_translation_unasked(desk: Client) -> None:
    press(desk, brought(desk, TALK), "store")

    press(desk, brought(desk, GERMAN), "store")

    stored = Event.objects.get(slug="night-opening-de")
    assert (stored.translation, stored.translation_of) == ("", None)


CHINESE = "# 夜间开放\n\n## 为什么夜间开放？\n\n张三：因为我们这里的人都要求这样，而且一直在要求。\n"


def test_a_guessed_language_is_proposed_and_can_be_changed(desk: Client) -> None:
    address = brought(desk, CHINESE)

    page = page_of(desk, address)
    press(desk, address, "store", language="zh-Hant")

    assert 'name="language" value="zh-Hans"' in page
    assert "Guessed from the text. Change it if it is wrong." in page
    assert Event.objects.get().language == "zh-Hant"


def test_a_guessed_language_is_stored_unless_it_is_changed(desk: Client) -> None:
    press(desk, brought(desk, CHINESE), "store")

    assert Event.objects.get().language == "zh-Hans"


def test_a_language_that_is_no_tag_is_named(desk: Client) -> None:
    address = brought(desk, CHINESE)

    press(desk, address, "store", language="not a tag")

    assert not Event.objects.exists()


LECTURE = """---
title: Night opening
language: en
panelists:
  - name: Ida Krane
---

## Why do you open at night?

We thought it over for a year, and then people asked for it.
"""


def test_a_sole_speaker_is_proposed_set_by_one_click_and_taken_back(desk: Client) -> None:
    address = brought(desk, LECTURE)

    proposed = page_of(desk, address)
    pressed = press(desk, address, "step", "sole_speaker")
    undone = press(desk, address, "undo")
    press(desk, address, "step", "sole_speaker")
    press(desk, address, "store")

    assert "Attribute all answers to Ida Krane" in proposed
    assert "Attribute all answers to Ida Krane" not in pressed
    assert "Attribute all answers to Ida Krane" in undone
    answer = Answer.objects.get()
    assert (str(answer.speaker), answer.attribution) == ("Ida Krane", "inferred")
    assert answer.evidence == "the source lists only this speaker and labels nobody"
