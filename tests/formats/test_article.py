from pathlib import Path

from panels.formats import article, registry
from panels.formats.base import Source

SEED = Source((Path(__file__).parents[1] / "samples" / "babbitt_2020_04_10.txt").read_bytes(), "babbitt.txt")
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
