"""One quotation beside one text."""

from hypothesis import given
from hypothesis import strategies as st

from panels.reading.quote_checker import DiffOp, DiffSegment, read_quotation
from panels.reading.quote_checker.matching import match

WORDS = st.sampled_from(
    ["the", "lamp", "was", "lit", "at", "ten", "don’t", "灯", "亮", "着", "OCR", "3", "—", ",", "."]
)


def test_a_match_shows_what_is_around_it() -> None:
    found = match(read_quotation("the lamp was lit"), "Yes. The lamp was lit at ten.")

    assert found is not None
    assert found.parts == (
        DiffSegment(DiffOp.AROUND, "Yes. "),
        DiffSegment(DiffOp.SAME, "The lamp was lit"),
        DiffSegment(DiffOp.AROUND, " at ten."),
    )
    assert found.passage == "The lamp was lit"


def test_what_a_quotation_leaves_out_is_shown_between() -> None:
    found = match(read_quotation("The lamp […] at ten."), "The lamp was lit at ten.")

    assert found is not None
    assert found.is_exact
    assert found.parts == (
        DiffSegment(DiffOp.SAME, "The lamp"),
        DiffSegment(DiffOp.AROUND, " was lit "),
        DiffSegment(DiffOp.SAME, "at ten"),
        DiffSegment(DiffOp.AROUND, "."),
    )


LONG = (
    "We have no quarrel about the rents. Our quarrel is with the words “asked for”. A thing that nobody has asked for."
)


def test_a_middle_that_is_left_out_without_a_sign_is_shown() -> None:
    found = match(read_quotation("We have no quarrel about the rents; a thing that nobody has asked for."), LONG)

    assert found is not None
    assert not found.is_exact
    assert "Our quarrel is with the words “asked for”." in " ".join(found.words(DiffOp.ADDED))
    assert found.passage == LONG.removesuffix(".")


def test_a_middle_of_any_length_may_be_left_out() -> None:
    text = LONG.replace("Our quarrel", f"{'And so on. ' * 400}Our quarrel")

    assert match(read_quotation("We have no quarrel about the rents. A thing that nobody has asked for."), text)


def test_halves_in_the_wrong_order_or_of_too_few_words_are_nothing() -> None:
    assert match(read_quotation("A thing that nobody has asked for. We have no quarrel about the rents."), LONG) is None
    assert match(read_quotation("We have no asked for"), LONG) is None
    assert match(read_quotation("We have no quarrel about this. Whatever that nobody has asked for."), LONG) is None


def test_a_difference_shows_both_wordings_in_order() -> None:
    found = match(read_quotation("the lamp was put out at ten"), "Then the lamp was lit at ten.")

    assert found is not None
    assert not found.is_exact
    assert [part for part in found.parts if part.mark is not DiffOp.AROUND] == [
        DiffSegment(DiffOp.SAME, "the lamp was "),
        DiffSegment(DiffOp.REMOVED, "put out "),
        DiffSegment(DiffOp.ADDED, "lit "),
        DiffSegment(DiffOp.SAME, "at ten"),
    ]


def test_long_texts_are_shown_in_part() -> None:
    found = match(read_quotation("the lamp was lit"), f"{'before ' * 40}the lamp was lit{' after' * 40}")

    assert found is not None
    assert found.parts[0].text.startswith("…before before")
    assert found.parts[-1].text.endswith("after after…")
    assert sum(len(part.text) for part in found.parts) < 200


def test_parts_of_words_are_no_words() -> None:
    assert match(read_quotation("he lamp was lit"), "The lamp was lit.") is not None
    assert not match(read_quotation("he lamp was lit"), "The lamp was lit.").is_exact  # type: ignore[union-attr]


@given(st.lists(WORDS, min_size=8, max_size=40), st.integers(0, 30), st.integers(4, 12))
def test_what_is_cut_out_of_a_text_is_in_it_word_for_word(words: list[str], start: int, length: int) -> None:
    text = " ".join(words)
    quotation = read_quotation(" ".join(words[start : start + length]))
    if quotation.is_too_short:
        return

    found = match(quotation, text)

    assert found is not None
    assert found.is_exact


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_that_is_pasted_or_recorded_breaks_it(pasted: str, text: str) -> None:
    quotation = read_quotation(pasted)
    if not quotation.is_too_short:
        match(quotation, text)


@given(st.lists(WORDS, min_size=8, max_size=30), st.lists(WORDS, min_size=4, max_size=30))
def test_the_parts_recorded_make_the_text(recorded: list[str], quoted: list[str]) -> None:
    text = " ".join(recorded)
    quotation = read_quotation(" ".join(quoted))
    found = None if quotation.is_too_short else match(quotation, text)
    if found is None:
        return

    shown = "".join(part.text for part in found.parts if part.mark is not DiffOp.REMOVED).strip("…")

    assert "".join(shown.split()) in "".join(text.split())
    assert found.passage in text
