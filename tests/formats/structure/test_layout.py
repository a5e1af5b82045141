from panels.formats.parsing.richtext import Block, BlockKind, Span
from panels.formats.structure.layout import Layout
from panels.formats.structure.paragraphs import Para, ParagraphPart
from tests.formats.plain_values import PlainTurn, value_of


def para(text: str, *, bold: str = "", level: int = 0, part: ParagraphPart = ParagraphPart.TEXT, line: int = 1) -> Para:
    """A paragraph that begins in bold, or a heading."""
    spans = (Span(bold, bold=True), Span(text)) if bold else (Span(text),)
    kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
    return Para(Block(tuple(span for span in spans if span.text), kind, level=level), line, part)


def read(*paras: Para) -> list[tuple[PlainTurn | None, list[PlainTurn | None]]]:
    layout = Layout()
    layout.read(paras)
    return [(value_of(e.question), list(map(value_of, e.answers))) for e in layout.outline.exchanges()]


def test_bold_words_alone_that_come_back_are_labels() -> None:
    assert read(para("", bold="Anna"), para("One."), para("", bold="Anna"), para("Two.")) == [
        (None, [("Anna", "Anna", "One.", None), ("Anna", "Anna", "Two.", None)])
    ]


def test_a_name_before_a_colon_is_a_label_when_it_comes_back() -> None:
    assert read(para("Anna: One."), para("Note: two."), para("Anna: Three.")) == [
        (None, [("Anna", "Anna", "One.\n\nNote: two.", None), ("Anna", "Anna", "Three.", None)])
    ]


def test_a_numbered_question_is_a_heading_whoever_printed_it() -> None:
    assert read(para(": Why?", bold="Question 1"), para(" Because.", bold="Anna:"), para("问题二：何故？")) == [
        ((None, None, "Question 1: Why?", None), [("Anna", "Anna", "Because.", None)]),
        ((None, None, "问题二：何故？", None), []),
    ]


def test_who_was_speaking_goes_on_under_a_heading() -> None:
    assert read(para(" One.", bold="Anna:"), para("Money", level=2), para("Two.")) == [
        (None, [("Anna", "Anna", "One.", None)]),
        ((None, None, "Money", None), [("Anna", "Anna", "Two.", None)]),
    ]


def test_a_time_alone_belongs_to_the_turn_it_stands_in() -> None:
    assert read(para("", bold="Anna:"), para("[0:01:30]"), para("One."), para("2:00"), para("Two.")) == [
        (None, [("Anna", "Anna", "One.\n\nTwo.", 90.0)])
    ]


def test_an_office_with_a_name_in_brackets_is_that_person() -> None:
    assert read(para("(Hon. Sample): Order.", bold="The Speaker ")) == [
        (None, [("The Speaker (Hon. Sample)", "Hon. Sample", "Order.", None)])
    ]


def test_a_label_without_words_is_kept_as_unread() -> None:
    layout = Layout()
    layout.read([para("", bold="Anna:", line=7), para(" One.", bold="Ben:", line=8)])

    assert [(item.line, item.text) for item in layout.unread] == [(7, "Anna")]


def test_headings_alone_are_questions_answered_by_nobody_known() -> None:
    assert read(para("Who are you?", level=2), para("A guest."), para("Why?", level=2), para("Because.")) == [
        ((None, None, "Who are you?", None), [(None, None, "A guest.", None)]),
        ((None, None, "Why?", None), [(None, None, "Because.", None)]),
    ]
