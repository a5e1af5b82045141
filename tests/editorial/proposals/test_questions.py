"""Questions whose headings were lost are proposed, and become questions of the session when that is accepted."""

from panels.editorial.proposals import question_lines
from panels.editorial.transcript_edits import edited
from panels.transcript import Exchange, Transcript, Turn

FIRST, SECOND = "What should the quay become?", "Who should decide?"


def said(*turns: tuple[str, str], introduction: str = "") -> Transcript:
    answers = tuple(Turn(text=text, label=name, speaker=name) for name, text in turns)
    return Transcript(
        title="The quay", introduction=introduction, exchanges=(Exchange(question=None, answers=answers),)
    )


TALK = (
    ("Ida Krane", "A place for boats."),
    ("Tom Field", f"I would plant trees.\n\n{SECOND}"),
    ("Ida Krane", "Those who live there."),
)


def lines(transcript: Transcript, *dismissed: str) -> list[tuple[str, str]]:
    return [(one.place, one.line) for one in question_lines(transcript, dismissed)]


def shape(transcript: Transcript) -> list[tuple[str | None, list[tuple[str | None, str]]]]:
    return [
        (one.question.text if one.question else None, [(turn.speaker, turn.text) for turn in one.answers])
        for one in transcript.exchanges
    ]


def test_lines_by_themselves_before_and_between_answers_are_proposed() -> None:
    transcript = said(*TALK, introduction=f"The city wants to sell it.\n\n{FIRST}")

    assert lines(transcript) == [("0", FIRST), ("1.2", SECOND)]
    assert lines(transcript, FIRST) == [("1.2", SECOND)]


def test_marks_and_other_scripts_make_no_difference() -> None:
    bold = said(("Ida Krane", f"A place for boats.\n\n**{SECOND}**"), *TALK[2:], introduction=f"**{FIRST}**")
    chinese = said(
        ("张三", "停船的地方。\n\n应该由谁来决定？"), ("李四", "住在那里的人。"), introduction="码头应该变成什么？"
    )

    assert lines(bold) == [("0", FIRST), ("1.1", SECOND)]
    assert lines(chinese) == [("0", "码头应该变成什么？"), ("1.1", "应该由谁来决定？")]


def test_accepted_lines_open_exchanges_and_leave_the_answers_before() -> None:
    transcript = said(*TALK, introduction=f"The city wants to sell it.\n\n{FIRST}")

    after = edited(transcript, [{"do": "questions", "lines": [FIRST, SECOND]}])

    assert after.introduction == "The city wants to sell it."
    assert shape(after) == [
        (FIRST, [("Ida Krane", "A place for boats."), ("Tom Field", "I would plant trees.")]),
        (SECOND, [("Ida Krane", "Those who live there.")]),
    ]
    assert question_lines(after) == ()


def test_who_asks_back_or_asks_alone_is_left_alone() -> None:
    back = said(("Ida Krane", f"It is for boats.\n\n{FIRST}"), ("Tom Field", "Trees."), ("Ida Krane", "I see."))
    within = said(("Ida Krane", f"{FIRST} It is for boats.\n\nSo they said."), *TALK[1:])
    alone = said(("Ida Krane", FIRST), ("Tom Field", "Trees."), ("Ida Krane", SECOND), ("Tom Field", "We."))
    last = said(*TALK[::2], ("Tom Field", f"All of us.\n\n{FIRST}"))
    short = said(("Ida Krane", "It is for boats.\n\nRight?"), ("Tom Field", "Trees.\n\nNo?"), ("Ida Krane", "Yes."))

    assert [lines(one) for one in (back, within, alone, last, short)] == [[], [], [], [], []]


def test_text_with_questions_has_no_proposals() -> None:
    asked = Transcript(
        title="The quay",
        introduction=FIRST,
        exchanges=(Exchange(question=Turn(text=FIRST), answers=(Turn(text=f"Boats.\n\n{SECOND}"), Turn(text="We."))),),
    )

    assert question_lines(asked) == ()
