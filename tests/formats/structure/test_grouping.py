from dataclasses import replace

from panels.formats.structure.grouping import Heading, grouped
from panels.transcript import Candidate, Exchange, PanelMember, Role, Turn


def turn(label: str, text: str) -> Turn:
    return Turn(label=label, speaker=label, text=text)


LEAD = (PanelMember(name="Lea", role=Role.MODERATOR), PanelMember(name="Ada"))
ASKS = turn("Lea", "What do you think about parks?")
REALLY = turn("Lea", "Really?")
SAYS = turn("Ada", "Much, and you know why that is?")


def test_a_moderators_question_opens_an_exchange_and_an_interjection_does_not() -> None:
    assert grouped([ASKS, SAYS, REALLY, SAYS], LEAD) == (Exchange(question=ASKS, answers=(SAYS, REALLY, SAYS)),)


def test_a_heading_opens_an_exchange_and_waits_for_its_first_turn() -> None:
    assert grouped([Heading("Parks", 3), ASKS, SAYS, ASKS], LEAD) == (
        Exchange(question=Turn(text="Parks", line=3), answers=(ASKS, SAYS)),
        Exchange(question=ASKS),
    )


def test_words_before_anything_is_asked_answer_nothing() -> None:
    assert grouped([SAYS, ASKS], LEAD) == (Exchange(question=None, answers=(SAYS,)), Exchange(question=ASKS))


def test_who_speaks_first_and_asks_mostly_leads() -> None:
    turns = [ASKS, turn("Ada", "Much.")] * 3

    assert [entry.question for entry in grouped(turns)] == [ASKS, ASKS, ASKS]


def test_where_several_ask_nobody_leads() -> None:
    assert len(grouped([ASKS, SAYS] * 3)) == 1


def test_a_label_that_may_only_be_the_moderator_leads() -> None:
    lea = Candidate(name="Lea", evidence="“L” could be short for Lea")
    asks = Turn(label="L", speaker="L", text="What do you think about parks?", candidates=(lea,))
    perhaps = replace(asks, candidates=(lea, Candidate(name="Ada", evidence="")))

    assert grouped([asks, SAYS], LEAD) == (Exchange(question=asks, answers=(SAYS,)),)
    assert grouped([perhaps, SAYS], LEAD) == (Exchange(question=None, answers=(perhaps, SAYS)),)
