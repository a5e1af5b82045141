from pathlib import Path

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.dialogue.interviews import article
from panels.transcript import Attribution, Exchange, PanelMember, Turn

SEED = Source((Path(__file__).parents[2] / "samples" / "babbitt_2020_04_10.txt").read_bytes(), "babbitt.txt")
ZHANG, SHEN, XIE, FAN, SHI = "Zhang Xin", "Shen Qiangjie", "Xie Wei", "Fan Fangyi", "Shi Weijie"


def test_seed_is_recognised_as_an_article() -> None:
    assert registry.recognised(SEED)[0][1] is article.FORMAT


def test_seed_gives_its_questions_and_speakers() -> None:
    transcript = registry.read(SEED)

    spoken = [
        (
            exchange.question.line if exchange.question else None,
            [(turn.line, turn.speaker) for turn in exchange.answers],
        )
        for exchange in transcript.exchanges
    ]
    assert spoken == [
        (21, [(23, SHEN), (37, XIE), (42, None), (56, FAN)]),
        (60, [(62, FAN), (69, None), (73, ZHANG), (81, SHEN), (93, XIE)]),
        (101, [(103, FAN), (112, None), (116, SHEN), (120, XIE)]),
        (126, [(129, None), (135, SHEN)]),
        (139, [(141, FAN), (153, XIE), (163, SHEN)]),
        (173, [(175, ZHANG), (184, None), (186, FAN), (190, SHEN)]),
        (194, [(197, None), (201, FAN)]),
        (205, [(207, ZHANG), (213, SHEN), (224, None), (230, XIE)]),
    ]


def test_seed_gives_its_panelists_tags_and_site() -> None:
    transcript = registry.read(SEED)

    assert transcript.title.startswith("Sheknows丨Under The Epidemic")
    assert transcript.tags == ("Block", "Industry", "Application", "Park", "Infrastructure")
    assert transcript.panelists[1:] == (
        PanelMember(
            name=SHEN,
            title="head of investment promotion and operations",
            organisation="Changsha Blockchain Industrial Park",
        ),
        PanelMember(
            name=XIE,
            title="Executive Deputy Director",
            organisation="Loudi Blockchain Industry Development Leading Group Office",
        ),
        PanelMember(name=FAN, title="Chairman", organisation="Ganzhou Blockchain Financial Industry Sandbox Park"),
        PanelMember(
            name=SHI, title="deputy secretary-general", organisation="Shanghai Blockchain Technology Association"
        ),
    )
    site, marks, comments = transcript.unread
    assert [(left.line, left.text) for left in (site, comments)] == [(3, "admin 49 0"), (244, "• 评论列表")]
    assert marks.text.splitlines() == [f"Question {number}" for number in range(1, 9)]


def test_lost_names_are_offered_by_elimination_and_never_set() -> None:
    lost = [turn for exchange in registry.read(SEED).exchanges for turn in exchange.answers if not turn.speaker]

    assert {turn.attribution for turn in lost} == {Attribution.UNKNOWN}
    assert [[candidate.name for candidate in turn.candidates] for turn in lost] == [
        [ZHANG, SHI],
        [SHI],
        [ZHANG, SHI],
        [ZHANG, XIE, FAN, SHI],
        [XIE, SHI],
        [ZHANG, SHEN, XIE, SHI],
        [FAN, SHI],
    ]


def test_scraped_page_is_read_without_its_site() -> None:
    page = (
        "Home\n\nAMA with Juan\n\nQ1: What is it?\n\nA library.\n\n– Juan\n\n"
        "追问：Is it fast?\n\nVery.\n\n3 comments\n\nBob: Great!\n"
    )

    transcript = registry.read(Source.of(page))

    juan = Turn(text="A library.", label="Juan", speaker="Juan", attribution=Attribution.STATED, line=7)
    assert transcript.title == "AMA with Juan"
    assert transcript.exchanges[0] == Exchange(question=Turn(text="What is it?", line=5), answers=(juan,))
    assert transcript.exchanges[1].follow_up
    assert [(left.line, left.text) for left in transcript.unread] == [
        (1, "Home"),
        (5, "Q1\n追问"),
        (15, "3 comments"),
        (17, "Bob: Great!"),
    ]
