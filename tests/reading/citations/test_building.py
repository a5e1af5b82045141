"""From stored records to citations."""

import datetime as dt

import pytest

from panels.models import Event
from panels.reading.citations import Citation, CitedKind, Name, cite_passage, cite_session
from panels.reading.sessions import load_passage, load_session
from tests.builders import make_answer, make_panelist, make_published, make_question, make_speaker

pytestmark = pytest.mark.django_db

ACCESSED = dt.date(2024, 5, 6)


def cite(event: Event, anchor: str = "") -> Citation:
    if not anchor:
        return cite_session(load_session(event), url="https://panels.example/s/", accessed=ACCESSED)
    passage = load_passage(event, anchor)
    assert passage is not None
    return cite_passage(passage, url="https://panels.example/p/", accessed=ACCESSED)


def test_session_is_cited_by_its_panel_and_not_by_its_moderator() -> None:
    event = make_published(title="Night Opening", slug="night", programme="Town Talks", publisher="Sheet")
    make_panelist(event, speaker=make_speaker("Erika Mustermann", family_name="Mustermann"), role="moderator")
    make_panelist(event, speaker=make_speaker("Jane Doe", family_name="Doe"))

    cited = cite(event)

    assert cited == Citation(
        kind=CitedKind.SESSION,
        key="night",
        title="Night Opening",
        authors=(Name("Jane Doe", "Doe", "Jane"),),
        nameless="Speakers not named in the source",
        container="Town Talks",
        date=event.date,
        publisher="Sheet",
        site="Panels",
        language="en",
        url="https://panels.example/s/",
        anchor="",
        version=event.version.number,
        accessed=ACCESSED,
    )


def test_answer_is_cited_by_its_speaker_in_its_session() -> None:
    event = make_published(title="Night Opening", slug="night")
    make_answer(make_question(event, text="**How** late?"), speaker=make_speaker("Jane Doe"))

    cited = cite(event, "q1-a1")

    assert (cited.kind, cited.key, cited.anchor) == (CitedKind.ANSWER, "night-q1-a1", "q1-a1")
    assert (cited.title, cited.container) == ("Answer to: How late?", "Night Opening")
    assert cited.authors == (Name("Jane Doe"),)
    assert cited.publisher == "Panels"


def test_answer_without_a_question_is_cited_by_its_own_words() -> None:
    event = make_published(slug="talk")
    make_answer(
        make_question(event, text=""), text="The lamp was *oil* until the war.", speaker=make_speaker("Jane Doe")
    )

    assert cite(event, "q1-a1").title == "The lamp was oil until the war."


def test_question_is_cited_by_who_asked_it_if_that_is_known() -> None:
    event = make_published()
    make_question(event, text="How late?", asked_by=make_speaker("Erika Mustermann"))
    make_question(event, text="", asked_by=None)

    asked, opening = cite(event, "q1"), cite(event, "q2")

    assert (asked.title, asked.authors) == ("How late?", (Name("Erika Mustermann"),))
    assert (opening.title, opening.authors) == ("Before the first question", ())
    assert opening.nameless == "Asker not named in the source"


@pytest.mark.parametrize(
    ("fields", "language", "name"),
    [
        ({"name": "Zhang San", "family_name": "Zhang", "original_name": "张三"}, "en",
         Name("Zhang San", "Zhang", "San", original="张三")),
        ({"name": "Zhang San", "family_name": "Zhang", "original_name": "张三"}, "zh-Hans", Name("张三", "张", "三")),
        ({"name": "欧阳小明"}, "zh", Name("欧阳小明", "欧阳", "小明")),
        ({"name": "欧阳"}, "zh", Name("欧阳", "欧", "阳")),
        ({"name": "示例市档案馆", "kind": "organisation"}, "zh", Name("示例市档案馆")),
        ({"name": "Town Library", "kind": "organisation", "family_name": "Library"}, "en", Name("Town Library")),
        ({"name": "Jane van Doe", "family_name": "van Doe"}, "en", Name("Jane van Doe", "van Doe", "Jane")),
        ({"name": "Kim"}, "en", Name("Kim")),
        ({"name": "Nagy Erika", "family_name": "Nagy"}, "hu", Name("Nagy Erika", "Nagy", "Erika")),
    ],
)  # fmt: skip
def test_names_are_parted_only_where_it_is_known_how(fields: dict[str, str], language: str, name: Name) -> None:
    event = make_published(language=language)
    make_panelist(event, speaker=make_speaker(**fields))

    assert cite(event).authors == (name,)


def test_remarks_say_who_inferred_the_name_and_who_translated() -> None:
    event = make_published(translation="machine", translated_from="zh-Hans")
    question = make_question(event)
    make_answer(question, attribution="inferred", evidence="Thanked by name.")
    make_answer(question, attribution="unknown")

    machine = "Machine translation from Simplified Chinese"
    assert cite(event).notes == (machine,)
    assert cite(event, "q1-a1").notes == ("Speaker inferred by the editors; not named in the source", machine)
    assert (cite(event, "q1-a2").authors, cite(event, "q1-a2").notes) == ((), (machine,))


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"translation": "human", "translated_from": "ar"}, "Translated from Arabic"),
        ({"translation": "human"}, "Translated"),
        ({"translation": "machine"}, "Machine translation"),
    ],
)
def test_a_translation_is_called_one(fields: dict[str, str], note: str) -> None:
    assert cite(make_published(**fields)).notes == (note,)


def test_what_is_said_is_said_in_the_language_of_the_record() -> None:
    event = make_published(language="zh-Hant")
    make_answer(make_question(event, text="开到几点？"), attribution="unknown")

    cited = cite(event, "q1-a1")

    assert (cited.title, cited.nameless) == ("答：开到几点？", "原文未注明发言者")


def test_the_key_is_ascii() -> None:
    event = make_published(title="محضر الجلسة")

    assert cite(event).key == f"event-{event.pk}"
