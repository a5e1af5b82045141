"""Whatever was taken in, the page of an import opens, and whoever brought it can discard it; nobody else sees it."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panels.editorial.importing.drafts import start_import
from panels.formats.base import Source
from panels.formats.native import json_archive
from panels.models import Event, ImportDraft
from panels.transcript import Attribution, Exchange, PanelMember, Transcript, Turn, Unread
from tests.admin.importing.pages import press_on_import
from tests.builders import make_editor

pytestmark = pytest.mark.django_db

PATH = "/admin/panels/event/import/"
TALK = "Kim: So it was.\n\nJane: Was it?\n\nKim: Yes.\n"
AKN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate name="d"><meta/><debateBody>
<debateSection name="s"><speech by="#a%00b"><p>So it was.</p></speech></debateSection>
</debateBody></debate></akomaNtoso>"""
LONG = "x" * 1_000_000


def turn(text: str = "So.", **more: Any) -> Turn:
    return Turn(text=text, speaker="Kim", attribution=Attribution.STATED, **more)


def import_of(transcript: Transcript, by: User) -> ImportDraft:
    return ImportDraft.objects.create(
        source=b"So.", format="json", parsed=json_archive.write(transcript), created_by=by, name="talk.json"
    )


def address(import_draft: ImportDraft) -> str:
    return f"/admin/panels/event/import/{import_draft.pk}/"


def opens_and_is_discarded(client: Client, import_draft: ImportDraft) -> str:
    page = client.get(address(import_draft))
    assert page.status_code == 200
    assert press_on_import(client, address(import_draft), {"title": "A", "keep": ""}).status_code in {200, 302}
    assert client.get(address(import_draft)).status_code == 200
    assert press_on_import(client, address(import_draft), {"discard": ""}, follow=True).status_code == 200
    assert not ImportDraft.objects.filter(pk=import_draft.pk).exists()
    return page.content.decode()


def test_a_nul_in_a_reference_is_refused_when_it_comes_in(desk: Client) -> None:
    response = desk.post(PATH, {"file": SimpleUploadedFile("debate.xml", AKN.encode())})

    assert "The text contains a NUL character." in response.content.decode()
    assert not ImportDraft.objects.exists()


HUGE = {
    "speaker": Transcript(title="A", exchanges=(Exchange(question=turn(), answers=(Turn(text="So.", speaker=LONG),)),)),
    "panelist": Transcript(title="A", panelists=(PanelMember(name=LONG),), exchanges=(Exchange(question=turn()),)),
    "office": Transcript(
        title="A", panelists=(PanelMember(name="Kim", title=LONG),), exchanges=(Exchange(question=turn()),)
    ),
    "title": Transcript(title=LONG, exchanges=(Exchange(question=turn()),)),
    "slug": Transcript(title="A", slug=LONG, exchanges=(Exchange(question=turn()),)),
    "source": Transcript(title="A", source_url=f"https://{LONG}", exchanges=(Exchange(question=turn()),)),
    "tag": Transcript(title="A", exchanges=(Exchange(question=turn(tags=(LONG,))),)),
    "label": Transcript(title="A", exchanges=(Exchange(question=Turn(text="So.", label=LONG)),)),
    "left out": Transcript(
        title="A", exchanges=(Exchange(question=turn()),), unread=(Unread(line=1, text=LONG, reason="x"),)
    ),
    "words": Transcript(title="A", exchanges=(Exchange(question=turn(LONG)),)),
    "panel": Transcript(
        title="A",
        panelists=tuple(PanelMember(name=f"P{n}") for n in range(1_001)),
        exchanges=(Exchange(question=turn()),),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("field", HUGE)
def test_the_page_opens_whatever_is_huge(field: str, desk: Client, editor: User) -> None:
    page = opens_and_is_discarded(desk, import_of(HUGE[field], editor))

    assert len(page) < 200_000
    if field not in {"words", "label", "left out"}:
        assert "at most" in page or "1 to 100 characters" in page


@pytest.mark.parametrize("name", ["N" * 60_000, "张" * 20_000, "NN" + "." * 60_000])
def test_a_label_that_is_longer_than_any_name_is_looked_for_nowhere(name: str, desk: Client, editor: User) -> None:
    answer = Turn(text="So.", speaker=name, attribution=Attribution.STATED)
    told = Transcript(title="A", exchanges=(Exchange(question=turn(), answers=(answer, turn())),))

    page = opens_and_is_discarded(desk, import_of(told, editor))

    assert f"has {len(name):,} characters; at most 200 can be saved" in page


def test_what_is_too_long_is_told_with_its_line_and_what_is_allowed(desk: Client, editor: User) -> None:
    told = Transcript(
        title="A", exchanges=(Exchange(question=turn(), answers=(Turn(text="So.", speaker="K" * 300, line=7),)),)
    )

    page = desk.get(address(import_of(told, editor))).content.decode()

    assert f"line 7: speaker {'K' * 40}…: name: “{'K' * 40}…” has 300 characters; at most 200 can be saved" in page


@pytest.mark.parametrize(
    "changed",
    [
        {"parsed": "no JSON"},
        {"parsed": json.dumps({"panels": 99, "exchanges": []})},
        {"parsed": json.dumps({"panels": 1, "exchanges": [{"question": None, "mood": "new"}]})},
        {"parsed": json.dumps({"panels": 1, "exchanges": {"q": 1}})},
        {"parsed": "[]"},
        {"parsed": json_archive.write(Transcript(exchanges=(Exchange(question=turn("a\0b")),)))},
        {"format": "a format of tomorrow"},
        {"steps": [{"do": "dance", "at": "1"}]},
        {"steps": [{"do": "name"}]},
        {"steps": {"do": "name"}},
        {"steps": [7]},
        {"decisions": {"date": 7}},
        {"decisions": []},
        {"decisions": {"people": "Kim"}, "steps": [{"do": "drop", "at": "99"}]},
    ],
    ids=lambda changed: str(changed)[:60],
)
def test_what_another_version_wrote_is_shown_as_text_with_the_reason_and_can_be_read_again(
    changed: dict[str, Any], desk: Client, editor: User
) -> None:
    import_draft = start_import(Source.of(TALK), by=editor)
    ImportDraft.objects.filter(pk=import_draft.pk).update(**changed)

    page = desk.get(address(import_draft)).content.decode()
    again = press_on_import(desk, address(import_draft), {"reread": ""}, follow=True)

    assert "another version of Panels" in page
    assert '<li id="line-1">Kim: So it was.</li>' in page
    assert again.status_code == 200
    assert "another version of Panels" not in again.content.decode()
    opens_and_is_discarded(desk, import_draft)


def test_choices_of_another_version_are_passed_over(desk: Client, editor: User) -> None:
    import_draft = start_import(Source.of(TALK), by=editor)
    people = {"Kim": "x", "Jane": "9" * 40}
    ImportDraft.objects.filter(pk=import_draft.pk).update(
        decisions={"people": people, "taken": None, "title": "A talk"}
    )

    assert desk.get(address(import_draft)).status_code == 200
    assert press_on_import(desk, address(import_draft), {"title": "A talk", "store": ""}).status_code == 302
    assert Event.objects.get().title == "A talk"


def test_only_who_brought_it_and_who_may_edit_all_events_see_it(client: Client) -> None:
    one, other, publisher = (
        make_editor("one", "Contributor"), make_editor("other", "Contributor"), make_editor("chief")
    )  # fmt: skip
    import_draft = start_import(Source.of(TALK), by=one)

    def tried(by: User) -> list[int]:
        client.force_login(by)
        return [
            client.get(address(import_draft)).status_code,
            client.post(address(import_draft), {"keep": ""}).status_code,
        ]

    assert tried(other) == [403, 403]
    client.force_login(other)
    assert client.post(address(import_draft), {"discard": ""}).status_code == 403
    assert tried(one)[0] == 200
    assert tried(publisher)[0] == 200
    press_on_import(client, address(import_draft), {"discard": ""})
    assert not ImportDraft.objects.exists()


def test_who_may_no_longer_change_the_event_sees_the_text_and_discards_it(client: Client) -> None:
    contributor = make_editor("one", "Contributor")
    event = Event.objects.create(title="A talk", status="published", published_at="2021-05-01T10:00Z")
    import_draft = start_import(Source.of(TALK), by=contributor, onto=event)
    client.force_login(contributor)

    page = client.get(address(import_draft)).content.decode()
    stored = client.post(address(import_draft), {"title": "A talk", "store": "", "version": str(event.version.number)})

    assert "You do not have permission to change this session" in page
    assert "Kim: So it was." in page
    assert stored.status_code == 200
    assert not event.questions.exists()
    opens_and_is_discarded(client, import_draft)


def test_a_long_text_is_shown_in_pages(desk: Client, editor: User) -> None:
    text = "\n\n".join(f"Jane: Is this number {number}?\n\nKim: It is {number}." for number in range(120))
    exchanges = tuple(
        Exchange(question=turn(f"Number {n}?", line=4 * n + 1), answers=(turn(f"It is {n}.", line=4 * n + 3),))
        for n in range(120)
    )
    import_draft = import_of(Transcript(title="Long", exchanges=exchanges), editor)
    ImportDraft.objects.filter(pk=import_draft.pk).update(source=text.encode())

    first, second = (desk.get(f"{address(import_draft)}?page={page}").content.decode() for page in (1, 2))
    there = desk.get(f"{address(import_draft)}?at=120.1").content.decode()

    assert "Number 49?" in first
    assert "Number 50?" not in first
    assert "Page 1 of 3" in first
    assert '<div id="p-51" class="passage">' in second
    assert '<li id="line-201">' in second
    assert '<li id="line-1">' not in second
    assert 'value="make_question 120.1"' in there
