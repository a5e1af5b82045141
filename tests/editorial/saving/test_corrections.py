"""What readers have seen is not changed without a word to them, and stays to be read as it was."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml.html import fromstring

from panels.editorial.history import event_history
from panels.editorial.history.event_restore import restore
from panels.editorial.history.event_versions import token_of
from panels.editorial.publishing import publish, withdraw
from panels.editorial.saving.corrections import ChangeNote, ChangeNoteRequiredError, record_correction
from panels.editorial.session_editor.saving import save
from panels.models import Answer, Correction, Event, FormerWording, Version
from panels.reading.quote_checker import check, read_quotation
from tests.admin.importing.pages import press_on_import, version_on
from tests.builders import make_editor, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    event = make_session(
        2, 2, title="Night opening", slug="night", speakers=[make_speaker("Kim"), make_speaker("Jane")]
    )
    Answer.objects.filter(event=event, anchor="q1-a1").update(text="We shall open at ten on every night of the year.")
    return event


def write(event: Event, change_note: ChangeNote | None = None, at: str = "q1-a1", **fields: Any) -> None:
    step = {"do": "edit", "at": at, "fields": fields}
    save(event, [step], version=Version.objects.get(event=event).number, by=None, change_note=change_note)


@pytest.mark.parametrize("fields", [{"text": "We shall open at nine on every night of the year."}, {"speaker": "Jane"}])
def test_words_and_names_that_readers_saw_ask_for_a_remark(event: Event, fields: dict[str, Any]) -> None:
    before = Answer.objects.values_list("text", "speaker__name").get(event=event, anchor="q1-a1")

    with pytest.raises(ChangeNoteRequiredError, match="q1-a1"):
        write(event, **fields)

    assert Answer.objects.values_list("text", "speaker__name").get(event=event, anchor="q1-a1") == before
    assert not FormerWording.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"text": "We shall open at ten  on every\nnight of the year."}, {"tags": ("hours",)}, {"time": 3.0}]
)
def test_what_nobody_said_asks_for_none(event: Event, fields: dict[str, Any]) -> None:
    write(event, **fields)

    assert not FormerWording.objects.exists()


def test_a_deleted_passage_asks_for_one(event: Event) -> None:
    number = Version.objects.get(event=event).number
    with pytest.raises(ChangeNoteRequiredError, match="q2-a2"):
        save(event, [{"do": "delete", "at": "q2-a2"}], version=number, by=None)

    note = ChangeNote("Was said elsewhere.")
    number = Version.objects.get(event=event).number
    save(event, [{"do": "delete", "at": "q2-a2"}], version=number, by=None, change_note=note)

    assert Correction.objects.get().anchor == "q2-a2"
    assert FormerWording.objects.get().anchor == "q2-a2"


def test_joined_answers_are_corrected_where_they_are_now(event: Event) -> None:
    step = {"do": "merge", "at": "q1-a2", "whose": "previous"}

    save(event, [step], version=Version.objects.get(event=event).number, by=None, change_note=ChangeNote("One answer."))

    assert Correction.objects.get().anchor == "q1-a1"
    assert FormerWording.objects.count() == 2


TEN = "We shall open at ten on every night of the year."


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([{"do": "merge", "at": "q1-a2", "whose": "previous"}], id="merge"),
        pytest.param([{"do": "merge", "at": "q1-a2", "whose": "this"}], id="merge the other way"),
        pytest.param([{"do": "edit", "at": "q1-a1", "fields": {"speaker": "Jane"}}], id="attribution"),
        pytest.param([{"do": "edit", "at": "q1-a1", "fields": {"speaker": ""}}], id="attribution taken back"),
        pytest.param(
            [
                {"do": "edit", "at": "q1-a1", "fields": {"text": "Indeed."}},
                {"do": "edit", "at": "q1-a2", "fields": {"text": f"{TEN} And more."}},
            ],
            id="words cut and pasted",
        ),
        pytest.param(
            [
                {"do": "edit", "at": "q1-a1", "fields": {"text": "Indeed."}},
                {"do": "add", "what": "answer", "after": "q1-a1", "fields": {"text": TEN, "speaker": "Jane"}},
            ],
            id="words given to somebody new",
        ),
    ],
)
def test_words_of_another_speaker_never_mean_the_same(event: Event, steps: list[dict[str, Any]]) -> None:
    number = Version.objects.get(event=event).number

    with pytest.raises(ChangeNoteRequiredError, match="speaker of published words changes") as refused:
        save(event, steps, version=number, by=None, change_note=ChangeNote(same_meaning=True))
    assert refused.value.other_speaker
    assert Version.objects.get(event=event).number == number

    save(event, steps, version=number, by=None, change_note=ChangeNote("It was Jane."))
    assert Correction.objects.get().note == "It was Jane."


@pytest.mark.parametrize(
    "steps",
    [
        [{"do": "edit", "at": "q1-a1", "fields": {"text": "We shall open at nine on every night of the year."}}],
        [
            {"do": "edit", "at": "q1-a1", "fields": {"text": f"{TEN}\n\n{TEN}"}},
            {"do": "split", "at": "q1-a1", "before": 2},
        ],
        [{"do": "make_question", "at": "q1-a2"}],
        [{"do": "delete", "at": "q1-a2"}],
    ],
)
def test_words_of_the_same_speaker_may_mean_the_same(event: Event, steps: list[dict[str, Any]]) -> None:
    number = Version.objects.get(event=event).number

    save(event, steps, version=number, by=None, change_note=ChangeNote(same_meaning=True))

    assert Version.objects.get(event=event).number > number


@pytest.mark.parametrize(("what", "after"), [("answer", "q1-a1"), ("question", "q1")])
def test_what_is_new_in_a_published_session_is_noted(event: Event, what: str, after: str) -> None:
    steps = [{"do": "add", "what": what, "after": after, "fields": {"text": "Left out until now."}}]
    number = Version.objects.get(event=event).number

    with pytest.raises(ChangeNoteRequiredError, match="new passage"):
        save(event, steps, version=number, by=None)
    saved = save(event, steps, version=number, by=None, change_note=ChangeNote("It was left out."))

    assert Correction.objects.get().anchor == saved.new[0]
    assert not FormerWording.objects.exists()


@pytest.mark.parametrize("url", ["/{}/", "/{}/cite.ris", "/{}/card.png", "/{}/earlier/"])
def test_the_address_of_a_merged_answer_leads_to_where_its_words_stand(event: Event, client: Client, url: str) -> None:
    write(event, ChangeNote("So."), at="q1-a2", text="The lamps of the reading room stay lit.", speaker="Kim")
    number = Version.objects.get(event=event).number
    save(event, [{"do": "merge", "at": "q1-a2"}], version=number, by=None, change_note=ChangeNote("One answer."))

    moved = client.get(f"/events/night{url}".format("q1-a2"))

    assert (moved.status_code, moved["Location"]) == (301, f"/events/night{url}".format("q1-a1"))
    assert client.get("/embed/events/night/q1-a2/")["Location"] == "/embed/events/night/q1-a1/"
    assert client.get("/events/night/?at=q1-a2")["Location"] == "/events/night/#q1-a1"
    api = client.get("/api/v1/answers/night/q1-a2/")
    assert (api.status_code, api["Location"]) == (301, "/api/v1/answers/night/q1-a1/")
    told = client.get("/oembed/", {"url": "http://testserver/events/night/q1-a2/"})
    assert "/embed/events/night/q1-a1/" in told.json()["html"]


def test_it_leads_on_after_another_merge_and_is_itself_again_after_undoing(event: Event, client: Client) -> None:
    Answer.objects.filter(anchor="q1-a2").update(text="The lamps of the reading room stay lit.")
    for step in ({"do": "make_question", "at": "q1-a2"}, {"do": "make_answer", "at": "q3"}):
        number = Version.objects.get(event=event).number
        saved = save(event, [step], version=number, by=None, change_note=ChangeNote("So."))
        assert client.get("/events/night/q1-a2/")["Location"] == f"/events/night/{saved.new[0]}/"
    assert client.get("/api/v1/questions/night/q3/")["Location"] == f"/api/v1/answers/night/{saved.new[0]}/"

    restore(event.revisions.get(number=1), by=None, change_note=ChangeNote("So."))
    assert client.get("/events/night/q1-a2/").status_code == 200
    assert client.get("/events/night/q3/")["Location"] == "/events/night/q1-a2/"

    write_delete = [{"do": "delete", "at": "q1-a2"}]
    number = Version.objects.get(event=event).number
    save(event, write_delete, version=number, by=None, change_note=ChangeNote("Never said."))
    assert client.get("/events/night/q3/").status_code == 410
    assert client.get("/events/night/q1-a2/").status_code == 410


def test_a_merge_while_the_event_is_withdrawn_leads_on_as_well(event: Event, client: Client) -> None:
    withdraw(event, by=None)
    number = Version.objects.get(event=event).number
    save(event, [{"do": "merge", "at": "q1-a2", "whose": "this"}], version=number, by=None)

    publish(event, by=None)

    assert client.get("/events/night/q1-a2/")["Location"] == "/events/night/q1-a1/"


def test_several_changes_are_one_correction_of_the_whole(event: Event) -> None:
    event_history.ensure_recorded(event)
    event.answers.update(text="Otherwise.")

    record_correction(event, ChangeNote("All answers were mixed up."))

    assert Correction.objects.get().anchor == ""
    assert FormerWording.objects.count() == 4


def test_a_draft_asks_for_nothing(event: Event) -> None:
    withdraw(event, by=None)

    write(event, text="Otherwise.")

    assert not FormerWording.objects.exists()


def test_readers_see_the_note_and_the_earlier_wordings(event: Event, client: Client) -> None:
    write(event, ChangeNote("It was nine, not ten."), text="We shall open at nine on every night of the year.")
    write(event, ChangeNote(same_meaning=True), text="We shall open at nine, on every night of the year.")
    write(event, ChangeNote("Jane said it."), speaker="Jane")

    for page in ("/events/night/", "/events/night/q1-a1/"):
        shown = client.get(page).content.decode()
        assert "It was nine, not ten." in shown
        assert 'href="/events/night/q1-a1/earlier/"' in shown
    earlier = client.get("/events/night/q1-a1/earlier/").content.decode()
    assert "ten</" not in client.get("/events/night/q1-a1/").content.decode()
    unchanged = earlier.index("The editors confirmed that the meaning is unchanged.")
    assert earlier.index("Jane said it.") < unchanged < earlier.index("It was nine, not ten.")
    assert "Attributed to Kim until then" in earlier
    assert earlier.index("We shall open at ten") < earlier.index("What changed", earlier.index("We shall open at ten"))
    assert earlier.count("What changed") == 2, "not where only the speaker changed"
    assert "It was nine, not ten." in client.get("/feeds/events.atom").content.decode()


@pytest.mark.parametrize("path", ["/events/night/q1-a2/earlier/", "/events/night/q9/earlier/", "/events/x/q1/earlier/"])
def test_there_is_no_page_of_what_was_never_changed(event: Event, client: Client, path: str) -> None:
    write(event, ChangeNote("So."), text="Otherwise.")

    assert client.get(path).status_code == 404


def test_earlier_wordings_go_with_the_event(event: Event, client: Client) -> None:
    write(event, ChangeNote("So."), text="Otherwise.")
    withdraw(event, by=None)

    assert client.get("/events/night/q1-a1/earlier/").status_code == 410


def test_the_quote_checker_knows_earlier_wordings(event: Event) -> None:
    write(event, ChangeNote("See the minutes."), text="We shall open at nine on every night of the year.")

    checked = check(read_quotation("We shall open at ten on every night of the year."))

    assert checked.verdict == "changed"
    assert checked.findings[0].correction == Correction.objects.get()


def test_an_earlier_state_is_not_restored_in_silence(event: Event) -> None:
    write(event, ChangeNote("So."), text="Otherwise.")
    first = event.revisions.get(number=1)

    with pytest.raises(ChangeNoteRequiredError):
        restore(first, by=None)
    restore(first, by=None, change_note=ChangeNote(same_meaning=True))

    assert Answer.objects.get(event=event, anchor="q1-a1").text.startswith("We shall open")
    assert FormerWording.objects.count() == 2


class TestOnTheDesk:
    """Every way by which an editor changes words."""

    @pytest.fixture
    def editor(self) -> User:
        return make_editor()

    @pytest.fixture
    def desk(self, client: Client, editor: User) -> Client:
        client.force_login(editor)
        return client

    def test_the_session_as_text(self, event: Event, desk: Client) -> None:
        path = f"/admin/panels/event/{event.pk}/text/"
        text = desk.get(path).context["form"].initial["text"].replace("at ten", "at nine")
        import_draft = desk.post(path, {"text": text, "version": version_on(desk, path)})
        page = desk.get(import_draft["Location"])
        assert b"correction_note" in page.content
        sent = {"store": "", "version": page.context["plan"].version, "title": event.title, "date": ""}

        refused = press_on_import(desk, import_draft["Location"], sent)
        assert "This passage is published" in refused.context["change_note"].errors["correction_note"][0]
        assert "at ten" in Answer.objects.get(event=event, anchor="q1-a1").text

        press_on_import(desk, import_draft["Location"], sent | {"same_meaning": "on"})
        assert "at nine" in Answer.objects.get(event=event, anchor="q1-a1").text

    def test_the_history(self, event: Event, desk: Client) -> None:
        write(event, ChangeNote("So."), text="Otherwise.")
        path = f"/admin/panels/event/{event.pk}/history/"

        sent = {"restore": "1", "version": version_on(desk, f"{path}?new=1")}
        refused = desk.post(path, sent, follow=True)
        assert b"This passage is published" in refused.content
        assert b"correction_note" in refused.content

        desk.post(path, sent | {"correction_note": "It was right before."})
        assert Correction.objects.get().note == "It was right before."

    def test_what_is_refused_in_the_history_is_shown_with_what_was_compared(self, event: Event, desk: Client) -> None:
        write(event, ChangeNote("So."), text="Otherwise.")
        write(event, ChangeNote("So."), text="Otherwise again.", speaker="Jane")
        path = f"/admin/panels/event/{event.pk}/history/"
        sent = {"restore": "1", "old": "1", "new": "3", "version": version_on(desk, f"{path}?old=1&new=3")}

        refused = desk.post(path, sent | {"same_meaning": "on"})

        assert refused.status_code == 422
        assert (refused.context["old"].number, refused.context["new"].number) == (1, 3)
        assert "speaker of published words changes" in refused.context["change_note"].errors["correction_note"][0]
        assert refused.context["change_note"].data["same_meaning"] == "on"

        write(event, ChangeNote("So."), at="q2-a1", text="Saved meanwhile.")
        outdated = desk.post(path, sent | {"correction_note": "It was right before."})
        assert "while you were editing" in outdated.content.decode()
        assert "It was right before.</textarea>" in outdated.content.decode()

    def test_words_cut_and_pasted_in_the_text_need_a_note(self, event: Event, desk: Client) -> None:
        path = f"/admin/panels/event/{event.pk}/text/"
        text = desk.get(path).context["form"].initial["text"].replace(TEN, "Indeed.")
        text = text.replace("Answer 2.", f"Answer 2. {TEN}", 1)
        import_draft = desk.post(path, {"text": text, "version": version_on(desk, path)})
        page = desk.get(import_draft["Location"])
        sent = {"store": "", "version": page.context["plan"].version, "title": event.title, "same_meaning": "on"}

        refused = press_on_import(desk, import_draft["Location"], sent)

        assert "speaker of published words changes" in refused.context["change_note"].errors["correction_note"][0]
        assert Answer.objects.get(event=event, anchor="q1-a1").text == TEN

    def test_errors_stand_beside_their_field(self, event: Event, desk: Client) -> None:
        path = f"/admin/panels/event/{event.pk}/editor/"
        version = version_on(desk, f"{path}?edit=q1-a1")
        sent = {"at": "q1-a1", "version": version, "text": "Otherwise.", "speaker": "Kim", "attribution": "stated"}

        page = fromstring(desk.post(path, sent | {"time": "soon"}).content)

        assert page.xpath("//div[contains(@class, 'field-time')]/ul[@class='errorlist']")
        assert not page.xpath("//p//ul")

    def test_the_session_on_one_screen(self, event: Event, desk: Client) -> None:
        path = f"/admin/panels/event/{event.pk}/editor/"
        row = next(row for row in desk.get(f"{path}?edit=q1-a1").context["rows"] if row.form)
        sent = {
            "at": "q1-a1", "version": token_of(event, row.version), "do": "save", "text": "Otherwise.",
            "speaker": "Kim", "attribution": "stated",
        }  # fmt: skip

        refused = desk.post(path, sent)
        assert refused.status_code == 422
        assert b"This passage is published (q1-a1)" in refused.content
        assert b"Otherwise." in refused.content
        assert Answer.objects.get(event=event, anchor="q1-a1").text.startswith("We shall open")

        assert desk.post(path, sent | {"correction_note": "Misheard."}).status_code == 302
        assert FormerWording.objects.get().correction == Correction.objects.get()
        assert Correction.objects.get().note == "Misheard."

    @pytest.mark.parametrize(("anchor", "button"), [("q1-a1", "delete"), ("q1", "delete"), ("q1", "delete_exchange")])
    def test_deleting(self, event: Event, desk: Client, anchor: str, button: str) -> None:
        path = f"/admin/panels/event/{event.pk}/editor/"
        version = version_on(desk, f"{path}?edit={anchor}")
        sent = {"at": anchor, "version": version, "do": button, "text": "As it is.", "attribution": "stated"}

        assert desk.post(path, sent).status_code == 422
        assert Answer.objects.filter(event=event, question__anchor="q1").count() == 2

        assert desk.post(path, sent | {"correction_note": "Never said."}).status_code == 302
        assert set(FormerWording.objects.values_list("anchor", flat=True)) == (
            {"q1", "q1-a1", "q1-a2"} if button == "delete_exchange" else {anchor}
        )
        assert Correction.objects.get().note == "Never said."
