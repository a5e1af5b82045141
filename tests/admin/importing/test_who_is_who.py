"""*Who is who?* on the page of an import: labels that do not identify anybody, and who everybody is."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from lxml.html import fromstring

from panels.admin.importing.forms import key_of
from panels.editorial.importing.drafts import transcript_of
from panels.models import Event, ImportDraft, Speaker
from tests.admin.importing.pages import press_on_import
from tests.admin.importing.test_importing import brought, page_of, press
from tests.admin.importing.test_two_windows_of_an_import import Window
from tests.builders import make_speaker

pytestmark = pytest.mark.django_db

INITIALS = """The mill by the weir

An evening with Ida Krane and Ben Marsh about water and wood.

IK: We ran the mill for ten years before anybody asked what it was for.

BM: And then everybody asked, all in the same week, and nobody knew.

IK: That was the week of the flood, and I remember every day of it.

Tom: I was there, too, on the other side of the river.
"""


def field(label: str) -> str:
    return f"voice-{key_of(label)}"


def rows(page: str) -> list[tuple[str, str, list[str]]]:
    """The rows: the label's text, the name in its field, the names that are offered."""
    tree: Any = fromstring(page)
    return [
        (
            row.xpath("string(label)"),
            row.xpath("string(input/@value)"),
            tree.xpath(f"//datalist[@id='{row.xpath('string(input/@list)')}']/option/@value"),
        )
        for row in tree.xpath("//div[@class='voice'][input/@list]")
    ]


def speakers() -> list[str | None]:
    (import_draft,) = ImportDraft.objects.all()
    return [turn.speaker for one in transcript_of(import_draft).exchanges for turn in one.answers]


def panel() -> list[str]:
    (import_draft,) = ImportDraft.objects.all()
    return [one.name for one in transcript_of(import_draft).panelists]


def test_initials_and_single_names_have_a_row_each_with_full_names_of_the_text(desk: Client) -> None:
    page = page_of(desk, brought(desk, INITIALS))

    assert rows(page) == [
        ("Who is “IK” (2 passages)?", "Ida Krane", ["Ida Krane"]),
        ("Who is “BM” (1 passage)?", "Ben Marsh", ["Ben Marsh"]),
        ("Who is “Tom” (1 passage)?", "", []),
    ]
    assert "A label without a name stays a label of this session." in page
    assert "Who is IK?" not in page


def test_stored_speakers_who_fit_are_offered_and_labels_of_other_sessions_are_not(desk: Client) -> None:
    make_speaker("Tom Reed", family_name="Reed")
    make_speaker("Ivo Kern", family_name="Kern")
    make_speaker("Ivo Marsh", family_name="Marsh")
    make_speaker("Noor Said", family_name="Said")

    offered = {label: names for label, _typed, names in rows(page_of(desk, brought(desk, INITIALS)))}

    assert offered == {
        "Who is “IK” (2 passages)?": ["Ida Krane", "Ivo Kern"],
        "Who is “BM” (1 passage)?": ["Ben Marsh"],
        "Who is “Tom” (1 passage)?": ["Tom Reed"],
    }


def test_the_people_of_the_text_are_offered_for_a_label_that_fits_nobody(desk: Client) -> None:
    text = f"{INITIALS}\nNoor Said: I read about it.\n\nNoor Said: Twice.\n"

    offered = [names for _label, _typed, names in rows(page_of(desk, brought(desk, text)))]

    assert offered == [["Ida Krane", "Noor Said"], ["Ben Marsh", "Noor Said"], ["Noor Said"]]


def test_all_names_are_applied_in_one_step_and_undone_in_one(desk: Client) -> None:
    address = brought(desk, INITIALS)

    page = press(desk, address, "step", "voices", **{field("IK"): "Ida Krane", field("BM"): "Ben Marsh"})

    (import_draft,) = ImportDraft.objects.all()
    assert import_draft.steps == [{"do": "voices", "speakers": {"IK": "Ida Krane", "BM": "Ben Marsh"}}]
    assert [label for label, _typed, _names in rows(page)] == ["Who is “Tom” (1 passage)?"]
    assert speakers() == ["Ida Krane", "Ben Marsh", "Ida Krane", "Tom"]
    assert panel() == ["Ida Krane", "Ben Marsh", "Tom"]
    page = press(desk, address, "undo")
    assert speakers() == ["IK", "BM", "IK", "Tom"]
    assert len(rows(page)) == 3


def test_one_row_is_applied_alone(desk: Client) -> None:
    address = brought(desk, INITIALS)

    press(desk, address, "step", "voices", **{field("IK"): "Ida Krane", field("BM"): ""})

    assert speakers() == ["Ida Krane", "BM", "Ida Krane", "Tom"]


def test_initials_that_fit_two_names_of_the_head_have_no_proposal(desk: Client) -> None:
    text = INITIALS.replace("Ida Krane and Ben Marsh", "Ida Krane, Ivo Kern and Ben Marsh")

    typed = {label: name for label, name, _names in rows(page_of(desk, brought(desk, text)))}

    assert typed == {
        "Who is “IK” (2 passages)?": "",
        "Who is “BM” (1 passage)?": "Ben Marsh",
        "Who is “Tom” (1 passage)?": "",
    }


def test_a_resolved_label_leaves_no_panelist_and_no_label_behind_when_it_is_saved(desk: Client) -> None:
    address = brought(desk, INITIALS)
    known = make_speaker("Ida Krane", family_name="Krane")
    press(desk, address, "step", "voices", **{field("IK"): "Ida Krane", field("BM"): "Ben Marsh"})

    press(desk, address, "store")

    event = Event.objects.get()
    assert [one.speaker.name for one in event.panelists.select_related("speaker")] == ["Ida Krane", "Ben Marsh", "Tom"]
    assert [one.name for one in Speaker.objects.filter(session=event)] == ["Tom"]
    assert event.answers.filter(speaker=known).count() == 2
    assert event.answers.filter(speaker__name="Ben Marsh", speaker__session=None).count() == 1


def test_a_passage_named_by_itself_leaves_no_panelist_behind(desk: Client) -> None:
    address = brought(desk, INITIALS)

    press(desk, address, "step", "name 1.2", speaker="Ben Marsh")
    press(desk, address, "step", "name 1.1", speaker="Ida Krane")

    assert panel() == ["IK", "Ben Marsh", "Tom"]  # a passage of IK is left


def test_nothing_typed_says_what_to_do(desk: Client) -> None:
    address = brought(desk, INITIALS)

    page = press(desk, address, "step", "voices", **{field("IK"): " ", field("BM"): "BM"})

    assert "Enter at least one name under “Who is who?”" in html.unescape(page)
    assert ImportDraft.objects.get().steps == []


@pytest.mark.parametrize("button", ["enter", "keep", "store"])
def test_typed_names_are_not_lost_when_something_else_saves(desk: Client, button: str) -> None:
    address = brought(desk, INITIALS)

    page = press(desk, address, button, **{field("IK"): "Ilse Kern"})

    assert speakers() == ["Ilse Kern", "BM", "Ilse Kern", "Tom"]
    assert not Event.objects.exists()
    assert ("Check the preview, then save." in page) == (button == "store")


@pytest.mark.parametrize(("button", "name"), [("enter", "IK"), ("keep", "IK"), ("store", "Ida Krane")])
def test_proposed_names_are_applied_before_the_session_is_saved_and_not_unasked(
    desk: Client, button: str, name: str
) -> None:
    window = Window(desk, brought(desk, INITIALS))

    window.press(button)

    assert speakers() == [name, "Ben Marsh" if button == "store" else "BM", name, "Tom"]
    assert not Event.objects.exists()


def seat(name: str, label: str) -> str:
    return f"{name}-{key_of(label)}"


def test_role_office_and_family_name_are_applied_with_the_names(desk: Client) -> None:
    window = Window(desk, brought(desk, INITIALS))

    window.press(
        "step",
        "voices",
        **{
            field("IK"): "Ida van Krane",
            seat("title", "IK"): "Miller",
            seat("organisation", "IK"): "The Mill",
            seat("family_name", "IK"): "van Krane",
            seat("role", "Tom"): "host",
        },
    )
    Window(desk, window.path).press("store")

    event = Event.objects.get()
    assert list(
        event.panelists.values_list("speaker__name", "speaker__family_name", "role", "title", "organisation")
    ) == [
        ("Ida van Krane", "van Krane", "panelist", "Miller", "The Mill"),
        ("Ben Marsh", "Marsh", "panelist", "", ""),
        ("Tom", "", "host", "", ""),
    ]
    assert Speaker.objects.get(name="Ben Marsh").sort_key == "marsh ben"


def test_who_asks_the_questions_is_said_in_a_row(desk: Client) -> None:
    text = "Ida Krane: What was the mill for?\n\nBen Marsh: For the river.\n\nIda Krane: So.\n\nBen Marsh: It was.\n"
    window = Window(desk, brought(desk, text))

    window.press("step", "voices", **{seat("asks", "Ida Krane"): "on"})

    (import_draft,) = ImportDraft.objects.all()
    assert import_draft.steps == [{"do": "voices", "speakers": {}, "asks": ["Ida Krane"]}]
    assert [one.question and one.question.speaker for one in transcript_of(import_draft).exchanges] == ["Ida Krane"]
    assert [(one.name, one.role.value) for one in transcript_of(import_draft).panelists] == [
        ("Ida Krane", "moderator"),
        ("Ben Marsh", "panelist"),
    ]


def test_nothing_typed_changes_no_seat(desk: Client) -> None:
    window = Window(desk, brought(desk, "A mill\n\nIda Krane: It was for us.\n\nBen Marsh: For the river.\n"))

    answer = window.press("store")

    assert answer["Location"].startswith("/admin/panels/event/")
    assert ImportDraft.objects.get().steps == []


@pytest.mark.parametrize(("name", "value"), [("role", "king"), ("family_name", "Moss")])
def test_odd_details_are_refused_with_a_sentence(desk: Client, name: str, value: str) -> None:
    window = Window(desk, brought(desk, INITIALS))

    page = desk.post(window.path, window.fields | {"step": "voices", seat(name, "IK"): value}, follow=True)

    assert {"role": "Choose a role", "family_name": "is not part of the name"}[name] in page.content.decode()
    assert ImportDraft.objects.get().steps == []


def test_a_row_asks_which_speaker_a_name_is_and_saved_speakers_keep_their_family_name(desk: Client) -> None:
    make_speaker("Ida Crane")
    make_speaker("Ben Marsh")
    page = page_of(desk, brought(desk, "A mill\n\nIda Krane: It was for us.\n\nBen Marsh: For the river.\n"))

    tree: Any = fromstring(page)
    (asked, stored) = tree.xpath("//div[@class='voice']")
    assert "Ida Crane" in asked.xpath("string(select)")
    assert "saved speaker" in stored.text_content()
    assert seat("family_name", "Ida Krane") in page
    assert seat("family_name", "Ben Marsh") not in page


def test_apply_all_pressed_twice_is_one_step(desk: Client) -> None:
    address = brought(desk, INITIALS).partition("#")[0]
    fields = {field("IK"): "Ilse Kern", "step": "voices"}
    version = re.findall('name="import_version" value="([^"]+)"', page_of(desk, address))[0]

    answers = [press_on_import(desk, address, {**fields, "import_version": version}) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(ImportDraft.objects.get().steps) == 1


def test_labels_that_stay_are_not_asked_about_again_in_a_corrected_text(desk: Client) -> None:
    press(desk, brought(desk, INITIALS), "store")
    event = Event.objects.get()

    corrected = INITIALS.replace("every day", "each day")
    address = desk.post(f"/admin/panels/event/import/?event={event.pk}", {"text": corrected})["Location"]

    assert "Who is who?" not in page_of(desk, address)


def test_a_stored_speaker_with_a_single_name_can_be_chosen(desk: Client) -> None:
    tom = make_speaker("Tom")
    address = brought(desk, INITIALS)

    press(desk, address, "store", **{f"person-{key_of('Tom')}": str(tom.pk)})

    assert Event.objects.get().answers.filter(speaker=tom).count() == 1


def test_a_very_long_list_of_labels_is_bounded(desk: Client) -> None:
    names = [f"{one}{two}" for one in "ABCDEFGHIJKLMNOP" for two in "ABCDEFGHIJKLMNOP"]
    text = "A long evening\n\n" + "\n\n".join(f"{name}: I said this, and then that." for name in names * 2)

    page = page_of(desk, brought(desk, text))

    assert len(rows(page)) == 200
    assert re.search(r"\d+ more labels are not listed\.", page)


def test_a_label_whose_passages_have_no_speaker_is_not_asked_about_again_in_a_corrected_text(desk: Client) -> None:
    talk = (
        "Ida Krane: It was cold.\n\nBen Marsh: It was.\n\nAudience member: Who paid for the coal?\n\n"
        "Ida Krane: We did.\n\nAudience member: And who carried it?\n\nBen Marsh: I did.\n"
    )
    address = brought(desk, talk)
    assert "Who is “Audience member” (2 passages)?" in page_of(desk, address)
    press(desk, address, "store", title="Coal", date="2019-05-11")

    for corrected in (talk.replace("cold", "bitterly cold"), talk.replace("coal", "wood")):
        path = f"/admin/panels/event/import/?event={Event.objects.get().pk}"
        page = page_of(desk, desk.post(path, {"text": corrected})["Location"])
        assert page.count('class="change') == 1
        assert "Who is who?" not in page
        assert "To check" not in page
