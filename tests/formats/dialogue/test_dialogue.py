"""One small document a shape: what is said in it, by whom, under which question."""

import pytest

from tests.formats.reading import exchanges, reads

BOLD = """# A panel

Welcome to all.

## Money

**Ada Byron:** Why is it so?

More of it.

**Break:** \\[23:43\\]

**Carl**: [36:20] Because.

**Ada Byron:** I see.

[link]: https://example.org
"""
EMPHASIS = "__Ben Striegel__: Hello.\n\n__Jon__: Hi.\n\n__Ben__: Well.\n\n_Jon:_ Yes.\n"
HEADINGS = "# 會議\n\n### 張三：\n你好。\n\n> (laughter)\n\n### 李四：\n很好。\n\n### 張三：\n謝謝。\n"
TIMES = "Ada Byron  0:03  \nHello.\n\nUnknown Speaker  0:09  \nHm.\n\nAda Byron  1:02:03  \nBye.\n\n[6:16]\nMore.\n"
REV = (
    "Jonas (00:00:36):\nHello.\n\n(00:01:21):\nStill me.\n\n"
    "Ada (01:02):\nHi [inaudible 00:00:42].\n\nJonas (02:00):\nBye.\n"
)
COLONS = """---
title: Trading
speakers: [Matthew Mezinskis, Paperpanda]
transcript_by: Bryan
---

Location: Chaincode

MM: Who are you? Tell us about yourself please.

Paperpanda: I trade and
start with a question: why?

Paperpnada: Me too.

Mary Fable (MF): Defined.

MF: Used.
"""
QUESTIONS = "A lecture.\n\nQ - Why so?\n\nA - Because.\n\nMore.\n\nQ: And then?\n\nAudience member: I know.\n\nA: No.\n"
CHINESE = "Sam Abel（SA）：开场。\n\n 问：为什么？\n\n答：因为。\n\nSA：好的，谢谢。\n"
ALONE = "Ada Byron  \nHello.\n\nCarl Gauss  \nHi.\n\nAda Byron  \nThere is such a situation.\n\nCarl Gauss  \nBye.\n"
DIARIZED = "SPEAKER_00: Hello.\n\nSPEAKER_01: Hi.\n\nSPEAKER_00: Bye.\n"
MINUTES = """# Day 1

| Name | Abbreviation | Organization |
| --- | --- | --- |
| Waldemar Horwat | WH | Invited Expert |

## Topic

Presenter: Waldemar Horwat (WH)

WH: One.

MM/WH: Two.

MM/WH: Three.

WH:
Four.
"""

CASES = {
    "bold": (
        BOLD,
        "markdown-bold",
        [
            (
                (None, None, None, "Money"),
                [
                    ("Ada Byron", "Ada Byron", None, "Why is it so?\n\nMore of it."),
                    ("Carl", "Carl", 2180.0, "Because."),
                    ("Ada Byron", "Ada Byron", None, "I see."),
                ],
            )
        ],
    ),
    "emphasis": (
        EMPHASIS,
        "markdown-emphasis",
        [
            (
                None,
                [
                    ("Ben Striegel", "Ben Striegel", None, "Hello."),
                    ("Jon", "Jon", None, "Hi."),
                    ("Ben", "Ben", None, "Well."),
                    ("Jon", "Jon", None, "Yes."),
                ],
            )
        ],
    ),
    "headings": (
        HEADINGS,
        "markdown-heading",
        [
            (
                None,
                [
                    ("張三", "張三", None, "你好。\n\n> (laughter)"),
                    ("李四", "李四", None, "很好。"),
                    ("張三", "張三", None, "謝謝。"),
                ],
            )
        ],
    ),
    "times": (
        TIMES,
        "name-time",
        [
            (
                None,
                [
                    ("Ada Byron", "Ada Byron", 3.0, "Hello."),
                    (None, None, 9.0, "Hm."),
                    ("Ada Byron", "Ada Byron", 3723.0, "Bye.\n\n[6:16]\nMore."),
                ],
            )
        ],
    ),
    "rev": (
        REV,
        "name-time",
        [
            (
                None,
                [
                    ("Jonas", "Jonas", 36.0, "Hello.\n\n(00:01:21):\nStill me."),
                    ("Ada", "Ada", 62.0, "Hi [inaudible 00:00:42]."),
                    ("Jonas", "Jonas", 120.0, "Bye."),
                ],
            )
        ],
    ),
    "colons": (
        COLONS,
        "name-colon",
        [
            (
                None,
                [
                    ("MM", "MM", None, "Who are you? Tell us about yourself please."),
                    ("Paperpanda", "Paperpanda", None, "I trade and\nstart with a question: why?"),
                    ("Paperpnada", "Paperpnada", None, "Me too."),
                    ("Mary Fable (MF)", "Mary Fable", None, "Defined."),
                    ("MF", "Mary Fable", None, "Used."),
                ],
            )
        ],
    ),
    "questions": (
        QUESTIONS,
        "name-colon",
        [
            (("Q -", None, None, "Why so?"), [("A -", None, None, "Because.\n\nMore.")]),
            (("Q", None, None, "And then?"), []),
            (("Audience member", None, None, "I know."), [("A", None, None, "No.")]),
        ],
    ),
    "chinese": (
        CHINESE,
        "name-colon",
        [
            (None, [("Sam Abel（SA）", "Sam Abel", None, "开场。")]),
            (
                ("问", None, None, "为什么？"),
                [("答", None, None, "因为。"), ("SA", "Sam Abel", None, "好的，谢谢。")],
            ),
        ],
    ),
    "alone": (
        ALONE,
        "name-alone",
        [
            (
                None,
                [
                    ("Ada Byron", "Ada Byron", None, "Hello."),
                    ("Carl Gauss", "Carl Gauss", None, "Hi."),
                    ("Ada Byron", "Ada Byron", None, "There is such a situation."),
                    ("Carl Gauss", "Carl Gauss", None, "Bye."),
                ],
            )
        ],
    ),
    "diarized": (
        DIARIZED,
        "name-colon",
        [
            (
                None,
                [
                    ("SPEAKER_00", None, None, "Hello."),
                    ("SPEAKER_01", None, None, "Hi."),
                    ("SPEAKER_00", None, None, "Bye."),
                ],
            )
        ],
    ),
    "minutes": (
        MINUTES,
        "name-colon",
        [
            (
                None,
                [
                    ("WH", "Waldemar Horwat", None, "One."),
                    ("MM/WH", "MM/WH", None, "Two."),
                    ("MM/WH", "MM/WH", None, "Three."),
                    ("WH", "Waldemar Horwat", None, "Four."),
                ],
            )
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_shape_is_read(case: str) -> None:
    text, name, expected = CASES[case]

    found, transcript = reads(text)

    assert (found, exchanges(transcript)) == (name, expected)


def test_who_may_be_meant_is_offered_and_never_set() -> None:
    _, transcript = reads(COLONS)

    first, *_ = transcript.exchanges[0].answers
    assert [(who.name, who.evidence) for who in first.candidates] == [
        ("Matthew Mezinskis", "“MM” could be the initials of Matthew Mezinskis")
    ]


def test_what_is_no_turn_is_kept_with_its_line() -> None:
    _, transcript = reads(BOLD)

    assert (transcript.title, transcript.introduction) == ("A panel", "Welcome to all.")
    assert [(left.line, left.text) for left in transcript.unread] == [
        (11, "**Break:** \\[23:43\\]"),
        (17, "[link]: https://example.org"),
    ]


def test_text_without_labels_is_one_turn_of_nobody() -> None:
    found, transcript = reads("# Title\n\nSome prose. It says: nothing.\n\n00:00:03 More of it.\n")

    assert (found, transcript.title, exchanges(transcript)) == (
        "plain",
        "Title",
        [(None, [(None, None, None, "Some prose. It says: nothing.\n\n00:00:03 More of it.")])],
    )


def test_a_list_of_terms_is_no_dialogue() -> None:
    found, _ = reads("**Autonomy:** To decide.\n\n**Safety:** To live.\n\n**Trust:** To rely.\n")

    assert found == "plain"


def test_a_moderator_is_found_and_asks() -> None:
    _, transcript = reads(
        "Moderator: What do you think about parks?\n\nAda: Much.\n\nModerator: Really?\n\nAda: Yes.\n\n"
        "Moderator: And what about trees in them?\n\nAda: Much.\n"
    )

    assert [(entry.question and entry.question.line, len(entry.answers)) for entry in transcript.exchanges] == [
        (1, 3),
        (9, 1),
    ]


def test_a_single_name_counts_where_every_paragraph_has_one() -> None:
    _, transcript = reads("Ricardo: hello\n\nSawyer: hi\n\nRicardo: bye\n")

    assert [turn.speaker for turn in transcript.exchanges[0].answers] == ["Ricardo", "Sawyer", "Ricardo"]


def test_a_question_from_the_floor_is_nobodys_turn() -> None:
    _, transcript = reads(
        "Ada: Well.\n\nCarl: So it is.\n\nQ - Why is it so?\n\nAnd since when?\n\nAda: Because.\n\nCarl: No.\n"
    )

    assert exchanges(transcript) == [
        (None, [("Ada", "Ada", None, "Well."), ("Carl", "Carl", None, "So it is.")]),
        (
            (None, None, None, "Why is it so?\n\nAnd since when?"),
            [("Ada", "Ada", None, "Because."), ("Carl", "Carl", None, "No.")],
        ),
    ]


def test_a_question_is_a_turn_where_answers_are_marked_too() -> None:
    _, transcript = reads("Ada: Well.\n\nCarl: Yes.\n\nQ - Why?\n\nA - Because.\n\nAda: Well.\n\nCarl: No.\n")

    asked = transcript.exchanges[1].question
    assert asked is not None
    assert (asked.label, asked.text) == ("Q -", "Why?")


@pytest.mark.parametrize("title", ["Panel: Heat in the city", "圆桌：城市里的热"])
def test_the_kind_of_a_session_above_its_title_says_nothing(title: str) -> None:
    _, transcript = reads(
        f"{title}\n\nDate: 14 May 2024\n\nAda Byron   0:03\nWelcome.\n\nBen Marsh   0:21\nThank you.\n"
    )

    assert transcript.title == title
    assert [turn.speaker for turn in transcript.turns] == ["Ada Byron", "Ben Marsh"]


def test_a_panel_that_speaks_is_a_label() -> None:
    _, transcript = reads("Panel: We agree.\n\nAda Byron: So do I.\n\nPanel: Good.\n\nAda Byron: Thank you.\n")

    assert [turn.label for turn in transcript.turns] == ["Panel", "Ada Byron", "Panel", "Ada Byron"]


@pytest.mark.parametrize("credit", ["责任编辑：赵明远", "責編：趙明遠", "撰文：沈若溪", "校对：何一鸣"])
def test_a_chinese_credit_is_nobodys_turn(credit: str) -> None:
    _, transcript = reads(f"安然：欢迎。\n\n石佳：谢谢。\n\n安然：是吗？\n\n石佳：是的。\n\n{credit}\n")

    assert {turn.speaker for turn in transcript.turns} == {"安然", "石佳"}
    assert [one.name for one in transcript.panelists] == ["安然", "石佳"]
