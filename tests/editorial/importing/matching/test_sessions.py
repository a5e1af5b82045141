"""Which stored session a text is: by slug or source, or by title, date, language and words together."""

import datetime as dt
from dataclasses import replace

import pytest

from panels.editorial.importing import ImportOptions, apply, plan
from panels.editorial.importing.bulk import LoadResult, load
from panels.editorial.importing.matching.sessions import Likeness, MatchReason, find_alike, match_session
from panels.models import Event
from panels.transcript import Exchange, Transcript, Translation, Turn
from tests.builders import make_answer

pytestmark = pytest.mark.django_db

ENGLISH = (
    "We opened the reading room at night because people who work in the day asked for it, and we never looked back.",
    "The heating costs more than the lamps, and nobody had reckoned with that in the first winter of the trial.",
    "Three volunteers keep the desk, and one of them has kept it since the first evening, whatever the weather was.",
)
GERMAN = (
    "Wir haben den Lesesaal nachts geöffnet, weil die Leute, die tagsüber arbeiten, darum gebeten hatten.",
    "Die Heizung kostet mehr als die Lampen, und damit hatte im ersten Winter niemand gerechnet.",
    "Drei Freiwillige hüten den Tresen, und eine von ihnen tut es seit dem allerersten Abend, bei jedem Wetter.",
)
OTHER = (
    "Buses used to stop here every ten minutes until the depot was sold, which the council regrets to this day.",
    "A timetable is a promise, and whoever prints it should be made to wait in the rain for a whole month.",
    "Cyclists were counted twice, once going out and once coming home, so that the bridge looked crowded.",
)


def session(*words: str, **fields: object) -> Transcript:
    turns = tuple(Turn(text=text) for text in words)
    known = {"title": "Night opening", "date": dt.date(2021, 5, 1), "language": "en"} | fields
    return Transcript(**known, exchanges=(Exchange(question=Turn(text="Why?"), answers=turns),))  # type: ignore[arg-type]


def stored(*given: Transcript) -> list[LoadResult]:
    return list(load((str(number), one) for number, one in enumerate(given)))


def told(*given: Transcript) -> list[tuple[str, str]]:
    return [(one.became.value, one.message) for one in stored(*given)]


def test_the_same_words_are_the_same_session() -> None:
    event = apply(plan(session(*ENGLISH)))

    found = match_session(session(*ENGLISH))

    assert found is not None
    assert (found.event, found.reason, found.likeness) == (event, MatchReason.WORDS, Likeness.SAME)


def test_a_corrected_text_is_the_same_session() -> None:
    apply(plan(session(*ENGLISH)))

    found = match_session(session(ENGLISH[0], ENGLISH[2].replace("volunteers", "people"), "Thanks."))

    assert found is not None
    assert found.likeness is Likeness.ALIKE


@pytest.mark.parametrize("first", [ENGLISH, GERMAN])
def test_a_translation_is_stored_beside_its_original_whichever_comes_first(first: tuple[str, ...]) -> None:
    both = [session(*ENGLISH), session(*GERMAN, language="de")]
    both = both if first is ENGLISH else both[::-1]

    results = told(*both)

    assert [became for became, _ in results] == ["stored", "stored"]
    assert results[1][1].endswith(", perhaps the same session as night-opening in another language")
    assert Event.objects.count() == 2
    assert set(Event.objects.values_list("translation_of", flat=True)) == {None}


def test_a_text_that_says_it_is_a_translation_is_linked_to_its_original() -> None:
    results = told(session(*ENGLISH), session(*GERMAN, language="de", translation=Translation.HUMAN))

    translated = Event.objects.get(slug="night-opening-de")
    assert translated.translation_of == Event.objects.get(slug="night-opening")
    assert (translated.translation, translated.translated_from) == ("human", "en")
    assert results[1][1].endswith(", linked as a translation of night-opening")


@pytest.mark.parametrize("also", [{"translated_from": "fr"}, {"date": dt.date(2021, 5, 2)}])
def test_a_translation_from_elsewhere_is_not_linked(also: dict[str, object]) -> None:
    stored(session(*ENGLISH), session(*GERMAN, language="de", translation=Translation.HUMAN, **also))

    assert Event.objects.get(language="de").translation_of is None


def test_a_translation_is_not_linked_to_another_translation() -> None:
    french = session(*OTHER, language="fr", translation=Translation.HUMAN)
    german = session(*GERMAN, language="de", translation=Translation.HUMAN)

    stored(french, german)

    assert set(Event.objects.values_list("language", "translation_of", "translated_from")) == {
        ("fr", None, ""),
        ("de", None, ""),
    }


def test_an_editor_says_that_it_is_a_translation() -> None:
    original = apply(plan(session(*ENGLISH)))

    proposed = plan(session(*GERMAN, language="de"))
    linked = apply(plan(session(*GERMAN, language="de"), ImportOptions(translation=Translation.MACHINE)))

    assert (proposed.original, proposed.translation_of) == (original, None)
    assert (linked.slug, linked.translation_of, linked.translation) == ("night-opening-de", original, "machine")
    assert linked.translated_from == "en"


def test_a_translation_with_the_source_url_of_its_original_is_stored_too() -> None:
    url = "https://example.org/night"

    results = told(session(*ENGLISH, source_url=url), session(*GERMAN, language="de", title="Nachts", source_url=url))

    assert [became for became, _ in results] == ["stored", "stored"]


def test_another_session_of_the_same_title_and_date_gets_its_own_address() -> None:
    results = told(session(*ENGLISH), session(*OTHER))

    assert [became for became, _ in results] == ["stored", "stored"]
    assert sorted(Event.objects.values_list("slug", flat=True)) == ["night-opening", "night-opening-2"]


def test_files_with_one_heading_and_no_date_are_sessions_of_their_own() -> None:
    files = [
        session(*(f"{text} {number} {word}" for text in words), title="Resources", date=None)
        for number, (words, word) in enumerate([(ENGLISH, "lamp"), (OTHER, "bridge"), (GERMAN, "Tür")])
    ]

    first, second = told(*files), told(*files)

    assert [became for became, _ in first] == ["stored"] * 3
    assert [became for became, _ in second] == ["kept"] * 3
    assert Event.objects.count() == 3


def test_a_url_that_stands_in_every_file_makes_no_two_sessions_one() -> None:
    url = "https://example.org/"
    files = [
        session(*words, title=title, source_url=url)
        for words, title in [(ENGLISH, "Night opening"), (OTHER, "Buses"), (GERMAN, "Nachts")]
    ]

    first, second = told(*files), told(*files)

    assert [became for became, _ in first] == ["stored"] * 3
    assert second == [
        ("kept", "night-opening: same source URL"),
        ("kept", "buses: same source URL"),
        ("kept", "nachts: same source URL"),
    ]


def test_one_session_is_found_among_very_many_of_its_title() -> None:
    many = [session(f"Passage {number} is about {'x' * (number + 1)}.", *OTHER, title="Resources") for number in (1,)]
    many += [session(*(f"{number} {word} {number}" * 9 for word in OTHER), title="Resources") for number in range(40)]
    stored(*many)

    again = told(*many)

    assert {became for became, _ in again} == {"kept"}


def test_a_slug_says_which_session_it_is_and_other_words_are_reported_missing() -> None:
    stored(session(*ENGLISH, slug="night"))

    (result,) = stored(session(*OTHER, slug="night", title="Buses", date=None))

    assert (result.became, result.reason) == ("passed over", "same slug")
    assert result.message == "night: same slug, but other words"


def test_a_text_that_differs_a_little_is_kept_and_says_so() -> None:
    stored(session(*ENGLISH))

    (result,) = stored(session(*ENGLISH, "Thanks to everybody."))

    differs = "same title, date, language and words; its text differs (see --update)"
    assert (result.became, result.message) == ("kept", f"night-opening: {differs}")
    assert result.reason == differs  # counted apart from what is kept unchanged


def test_what_lies_in_the_trash_is_no_stored_session() -> None:
    event = apply(plan(session(*ENGLISH)))
    Event.objects.filter(pk=event.pk).update(status=Event.Status.BINNED)

    assert match_session(session(*ENGLISH)) is None


def test_a_text_that_does_not_say_its_language_is_known_by_its_words() -> None:
    apply(plan(session(*GERMAN, language="de")))

    assert match_session(replace(session(*GERMAN), language="")) is not None
    assert match_session(replace(session(*ENGLISH), language="")) is None


CHINESE = ("我们在夜里开放阅览室，因为白天工作的人要求这样。", "暖气比电灯还贵，第一个冬天谁都没有想到这一点。")


def test_a_language_that_the_source_does_not_say_is_guessed_and_noted() -> None:
    results = stored(session(*CHINESE, language=""), session(*ENGLISH, language=""))

    assert results[0].language_guess == "zh-Hans"
    assert results[0].message.endswith(", language guessed: zh-Hans")
    assert sorted(Event.objects.values_list("language", flat=True)) == ["en", "zh-Hans"]


def test_a_translation_is_seen_by_its_script_and_changes_nothing_when_loaded_again() -> None:
    url = "https://example.org/night"
    both = [session(*words, language="", source_url=url) for words in (ENGLISH, CHINESE)]

    first, second = stored(*both), stored(*both)

    assert [one.became for one in first] == ["stored", "stored"]
    assert first[1].message.endswith(", perhaps the same session as night-opening in another language")
    assert [one.became for one in second] == ["kept", "kept"]


def test_a_session_stored_under_the_wrong_language_is_known_by_its_words() -> None:
    Event.objects.filter(pk=apply(plan(session(*CHINESE, language=""))).pk).update(language="en")

    (again,) = stored(session(*CHINESE, language=""))

    assert again.became == "kept"
    assert Event.objects.get().language == "en"


def test_a_text_is_looked_for_in_the_newest_passages_and_by_its_title() -> None:
    given = session("Twelve of us kept the lamp lit in the cellar for a whole winter.", title="The lamp")
    event = apply(plan(given))
    renamed = replace(given, title="An evening", date=None)
    found = find_alike(renamed)
    make_answer(pk=200_000, text="Another evening, much later.")

    assert found == event
    assert find_alike(renamed) is None
    assert find_alike(replace(renamed, title="The lamp")) == event


def test_of_several_sessions_that_are_alike_the_one_with_most_of_the_words_is_found() -> None:
    words = [f"Neighbour number {at} carried the coal up to the third floor before it was light." for at in range(9)]
    part = apply(plan(session(*words[:5], title="A part of it")))
    whole = apply(plan(session(*words, title="The whole evening")))

    assert find_alike(session(*words[:8], title="Another title")) == whole
    assert find_alike(session(*words[:5], title="A part of it")) == part
