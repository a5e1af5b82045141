import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.formats.parsing.markdown_blocks import blocks_of, plain_text
from panels.formats.parsing.richtext import (
    Block,
    BlockKind,
    Span,
    escape,
    plain_paragraphs,
    spans_to_markdown,
    tidy,
    to_markdown,
)

TEXTS = st.text(alphabet=st.sampled_from(list("ab *_`[]()<>&;#+-=.!1:\\\"'\n~我「」é|x")), min_size=1, max_size=14)
SPANS = st.builds(
    Span, TEXTS, bold=st.booleans(), italic=st.booleans(), link=st.sampled_from(["", "https://a.example/c_d"])
)
BLOCKS = st.builds(lambda spans: Block(tidy(spans)), st.lists(SPANS, min_size=1, max_size=4)).filter(
    lambda block: block.spans
)


@given(st.lists(BLOCKS, max_size=3))
def test_to_markdown_keeps_every_word(blocks: list[Block]) -> None:
    back = blocks_of(to_markdown(blocks))

    assert [block.text.split() for block in back] == [block.text.split() for block in blocks]


@given(st.lists(BLOCKS, max_size=3))
def test_to_markdown_gives_itself_again(blocks: list[Block]) -> None:
    markdown = to_markdown(blocks_of(to_markdown(blocks)))

    assert to_markdown(blocks_of(markdown)) == markdown


@given(TEXTS)
def test_plain_paragraphs_shows_the_text_as_it_is(text: str) -> None:
    assert plain_text(plain_paragraphs(text)).split() == text.split()


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("plain words, as most are", "plain words, as most are"),
        ("snake_case and 2 * 3", "snake_case and 2 * 3"),
        ("*no* emphasis_", "\\*no\\* emphasis\\_"),
        ("1. not a list", "1\\. not a list"),
        ("# no heading", "\\# no heading"),
        ("[a](b)", "[a\\](b)"),
        ("&amp; stays", "\\&amp; stays"),
    ],
)
def test_escape_marks_only_what_markdown_would_take_for_markup(text: str, markdown: str) -> None:
    assert escape(text) == markdown


def test_spans_to_markdown_gives_up_emphasis_that_would_not_show() -> None:
    assert spans_to_markdown([Span("他说"), Span("「好」", bold=True), Span("了")]) == "他说「好」了"


def test_to_markdown_writes_each_kind_of_block() -> None:
    blocks = [
        Block((Span("one"),), BlockKind.ITEM, "1.", 1),
        Block((Span("inner"),), BlockKind.ITEM, "-", 2),
        Block((Span("quoted\nverse"),), BlockKind.QUOTE),
        Block((Span("code  `x`"),), BlockKind.CODE),
        Block((Span("Head"),), BlockKind.HEADING, level=3),
    ]

    markdown = to_markdown(blocks)

    assert markdown == "1. one\n    - inner\n\n> quoted\\\n> verse\n\n```\ncode  `x`\n```\n\n### Head"
    assert list(blocks_of(markdown)) == blocks
