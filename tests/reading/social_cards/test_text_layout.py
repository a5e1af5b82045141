"""How the text of a picture breaks, and which font writes it."""

from collections.abc import Callable

import pytest

from panels.reading.social_cards import fonts
from panels.reading.social_cards.fonts import Face, face_for
from panels.reading.social_cards.text_layout import length, set_in

# A sign for private use, which a font of this machine has only by chance.
NOBODYS = "\U0010f123"


@pytest.fixture
def face(missing: Callable[[str], None]) -> Callable[[str, str], Face]:
    def find(text: str, language: str = "en") -> Face:
        found = face_for(text, bold=False, language=language)
        if found is None:
            missing(f"a font that writes {text[:12]}")
        assert found is not None
        return found

    return find


def test_words_are_not_parted_and_no_line_is_too_wide(face: Callable[..., Face]) -> None:
    text = "We kept two hundred and twelve metres of paper, and nobody asked for it."

    block = set_in(face(text), text, 40, width=400, most=20, rtl=False)

    assert block.is_whole
    assert " ".join(block.lines) == text
    assert all(length(block.font, line, rtl=False) <= 400 for line in block.lines)


def test_what_has_no_room_is_cut_at_a_word_with_an_ellipsis(face: Callable[..., Face]) -> None:
    text = "word " * 90

    block = set_in(face(text), text, 40, width=400, most=3, rtl=False)

    assert not block.is_whole
    assert len(block.lines) == 3
    assert block.lines[-1].endswith("word…")
    assert length(block.font, block.lines[-1], rtl=False) <= 400


def test_chinese_breaks_anywhere_but_before_a_closing_sign(face: Callable[..., Face]) -> None:
    text = "我们先记下老人的声音，再谈修缮。房子可以照原样重建，口音却不能。“灯亮着，人就还在”，我母亲常这样说。"

    for width in range(120, 400, 7):
        block = set_in(face(text, "zh-Hans"), text, 40, width=width, most=99, rtl=False)
        assert "".join(block.lines) == text
        assert not [line for line in block.lines if line[0] in "，。”" or line[-1] == "“"]


def test_a_word_wider_than_a_line_is_cut(face: Callable[..., Face]) -> None:
    text = "https://example.org/" + "a" * 90

    block = set_in(face(text), text, 40, width=400, most=20, rtl=False)

    assert "".join(block.lines) == text
    assert all(length(block.font, line, rtl=False) <= 400 for line in block.lines)


def test_a_sign_that_no_font_has_leaves_the_text_out() -> None:
    assert face_for(f"A {NOBODYS}", bold=False, language="en") is None


def test_letters_that_join_are_left_out_where_nothing_joins_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "is_shaping", False)

    assert face_for("قال أستاذي", bold=False, language="ar") is None
    assert face_for("שלום", bold=False, language="he") is None
