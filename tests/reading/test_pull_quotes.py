"""Words that editors chose for the home page are those of the transcript, or are not shown."""

import pytest
from django.test import Client

from panels.editorial.publishing.checklist import checklist
from panels.models import Answer, Event
from panels.reading.pull_quotes import first_question_of, pull_quote_of
from tests.builders import make_answer, make_panelist, make_published, make_question, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamps() -> Event:
    event = make_published(title="Lamps", slug="lamps")
    jane = make_speaker("Jane Doe")
    make_panelist(event, speaker=jane, title="Editor")
    question = make_question(event, text="Who pays for the *light*?")
    make_answer(question, speaker=jane, text="Nobody knows. The lamp was *always* on, and “nobody” paid.")
    make_answer(question, text="The lamp is cheap.", attribution="unknown", evidence="The name is lost.")
    return event


def chosen(event: Event, words: str) -> Event:
    Event.objects.filter(pk=event.pk).update(pull_quote=words)
    return Event.objects.get(pk=event.pk)


def test_a_pull_quote_is_what_the_transcript_says_with_who_says_it(lamps: Event) -> None:
    quote = pull_quote_of(chosen(lamps, 'The lamp was always on, and "nobody" paid.'))

    assert quote is not None
    assert quote.words == "The lamp was always on, and “nobody” paid."
    assert (str(quote.speaker), quote.passage.anchor, quote.is_question) == ("Jane Doe", "q1-a1", False)
    assert quote.panelist == lamps.panelists.get()


def test_a_question_can_be_quoted(lamps: Event) -> None:
    quote = pull_quote_of(chosen(lamps, "Who pays for the light?"))

    assert quote is not None
    assert (quote.words, quote.is_question, quote.speaker) == ("Who pays for the light?", True, None)


@pytest.mark.parametrize("words", ["", "…", "Nobody ever said this.", "The lamp was always off", "mp was always o"])
def test_what_is_not_in_the_transcript_is_no_pull_quote(lamps: Event, words: str) -> None:
    assert pull_quote_of(chosen(lamps, words)) is None


def test_a_pull_quote_ends_with_its_words(lamps: Event, client: Client) -> None:
    chosen(lamps, "The lamp was always on")
    assert "The lamp was always on</a>" in client.get("/").content.decode()

    Answer.objects.filter(anchor="q1-a1").update(text="The lamp was never on.")

    home = client.get("/").content.decode()
    assert "always on" not in home
    assert "The pull quote is not in the transcript." in [one.text for one in checklist(Event.objects.get())]


def test_home_says_who_speaks_or_that_nobody_is_named(lamps: Event, client: Client) -> None:
    chosen(lamps, "The lamp was always on")
    home = client.get("/").content.decode()
    assert 'href="/events/lamps/q1-a1/">The lamp was always on</a>' in home
    assert 'Jane Doe</bdi><span class="office"' in home

    chosen(lamps, "The lamp is cheap.")
    assert "Speaker not named in the source" in client.get("/").content.decode().partition("<figcaption>")[2]


def test_without_a_pull_quote_the_first_question_introduces_a_session(lamps: Event, client: Client) -> None:
    quote = first_question_of(lamps)
    assert quote is not None
    assert quote.words == "Who pays for the light?"

    home = client.get("/").content.decode()

    assert 'href="/events/lamps/q1/">Who pays for the light?</a>' in home
    assert home.count("Who pays for the light?") == 1
    assert "The first question" in home


def test_a_conversation_is_introduced_by_its_introduction(client: Client) -> None:
    event = make_published(introduction="Two people on a pier.")
    make_answer(make_question(event, text=""), speaker=make_speaker("Jane Doe"))

    assert first_question_of(event) is None
    assert "Two people on a pier." in client.get("/").content.decode()
