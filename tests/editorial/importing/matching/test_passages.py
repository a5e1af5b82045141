from dataclasses import replace

import pytest

from panels.editorial.importing.matching.passages import with_anchors
from panels.transcript import Exchange, Transcript, Turn

LONG = "We opened the reading room at night because people who work in the day asked for it."
OTHER = "The heating costs more than the lamps, and nobody had reckoned with that in the first winter."
THIRD = "Three volunteers keep the desk, and one of them has kept it since the first evening."


def anchored(*exchanges: tuple[str, list[tuple[str, str]]]) -> Transcript:
    return Transcript(
        exchanges=tuple(
            Exchange(
                question=Turn(text=question, anchor=f"q{number}"),
                answers=tuple(
                    Turn(text=text, speaker=speaker, anchor=f"q{number}-a{place}")
                    for place, (speaker, text) in enumerate(answers, start=1)
                ),
            )
            for number, (question, answers) in enumerate(exchanges, start=1)
        )
    )


def read_anew(*exchanges: tuple[str, list[tuple[str, str]]]) -> Transcript:
    def without(turn: Turn) -> Turn:
        return replace(turn, anchor=None)

    return Transcript(
        exchanges=tuple(
            replace(one, question=one.question and without(one.question), answers=tuple(map(without, one.answers)))
            for one in anchored(*exchanges).exchanges
        )
    )


def anchors(transcript: Transcript) -> list[str | None]:
    return [
        turn.anchor
        for exchange in transcript.exchanges
        for turn in (exchange.question or Turn(text=""), *exchange.answers)
    ]


OLD = anchored(
    ("Why at night?", [("Kim", LONG), ("Jane", OTHER)]), ("Who keeps it?", [("Kim", THIRD), ("Jane", "Me.")])
)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (
            [("Why at night?", [("Kim", LONG), ("Jane", OTHER)]), ("Who keeps it?", [("Kim", THIRD), ("Jane", "Me.")])],
            ["q1", "q1-a1", "q1-a2", "q2", "q2-a1", "q2-a2"],
        ),
        (
            [("Who keeps it?", [("Kim", THIRD), ("Jane", "Me.")]), ("Why at night?", [("Jane", OTHER), ("Kim", LONG)])],
            ["q2", "q2-a1", "q2-a2", "q1", "q1-a2", "q1-a1"],
        ),
        (
            [("Why at night, then?", [("Kim", LONG.replace("asked for", "wanted")), ("Jane", OTHER)])],
            ["q1", "q1-a1", "q1-a2"],
        ),
        (
            [("Why at night?", [("Kim", THIRD), ("Jane", OTHER)]), ("Who keeps it?", [("Kim", LONG), ("Jane", "Me.")])],
            ["q1", "q2-a1", "q1-a2", "q2", "q1-a1", "q2-a2"],
        ),
        (
            [
                ("Why at night?", [("Kim", LONG), ("Jane", OTHER)]),
                ("Who keeps it?", [("Kim", THIRD), ("Jane", "You.")]),
            ],
            ["q1", "q1-a1", "q1-a2", "q2", "q2-a1", "q2-a2"],
        ),
        (
            [
                ("Why at night?", [("Kim", LONG), ("Erika", "A word in between."), ("Jane", OTHER)]),
                ("Who keeps it?", [("Kim", THIRD), ("Jane", "Me.")]),
            ],
            ["q1", "q1-a1", None, "q1-a2", "q2", "q2-a1", "q2-a2"],
        ),
    ],
    ids=["the same", "reordered", "nearly the same", "swapped", "short and other", "more"],
)
def test_passages_keep_their_anchors(new: list[tuple[str, list[tuple[str, str]]]], expected: list[str | None]) -> None:
    assert anchors(with_anchors(read_anew(*new), OLD)) == expected


def test_a_turn_that_was_parted_leaves_its_anchor_to_the_larger_part() -> None:
    words = f"{LONG} {OTHER}"
    old = anchored(("Why?", [("Kim", words)]))

    new = with_anchors(read_anew(("Why?", [("Kim", words[:70]), ("Kim", words[70:])])), old)

    assert anchors(new) == ["q1", None, "q1-a1"]


def test_an_anchor_of_its_own_is_kept_if_it_is_nobody_elses() -> None:
    new = anchored(("A question that was never asked before?", [("Nobody", "Something quite unlike anything said.")]))
    moved = replace(new.exchanges[0].answers[0], anchor="q9-a4")

    found = with_anchors(replace(new, exchanges=(replace(new.exchanges[0], answers=(moved,)),)), OLD)

    assert anchors(found) == ["q1", "q9-a4"]


def test_equal_short_words_are_matched_in_order() -> None:
    old = anchored(("One?", [("Kim", "Yes."), ("Jane", "Yes.")]), ("Two?", [("Kim", "Yes.")]))

    found = with_anchors(read_anew(("One?", [("Jane", "Yes.")]), ("Two?", [("Kim", "Yes.")])), old)

    assert anchors(found) == ["q1", "q1-a2", "q2", "q2-a1"]
