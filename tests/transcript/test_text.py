import doctest

import pytest

from panels.transcript import text
from panels.transcript.text import LONGEST_NAME, excerpt_of, first_free, slug_of, slug_of_name, sort_key_of, tidied


def test_docstrings_tell_the_truth() -> None:
    assert doctest.testmod(text).failed == 0


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Under The Epidemic, 2020!", "under-the-epidemic-2020"),
        ("Sheknows丨Under", "sheknows-under"),
        ("Łódź – Ærø & Straße", "lodz-aero-strasse"),
        ("It’s the archive's turn", "its-the-archives-turn"),
        ("Протокол собрания", "протокол-собрания"),
        ("محضر الجلسة", "محضر-الجلسة"),
        ("हिन्दी सभा", "हिन्दी-सभा"),
        ("🎉 …", ""),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 200, "x" * 80),
    ],
)
def test_slug_of(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@pytest.mark.parametrize("title", ["区块链产业园", "Łódź", "it's", "محضر الجلسة", "हिन्दी", "ÉCOLE"])
def test_slug_of_a_slug_is_itself(title: str) -> None:
    slug = slug_of(title)

    assert slug_of(slug) == slug


@pytest.mark.parametrize(
    ("name", "slug"), [("张三", "zhang-san"), ("尉迟恭", "yuchi-gong"), ("Zhang San", "zhang-san")]
)
def test_slug_of_name(name: str, slug: str) -> None:
    assert slug_of_name(name) == slug


@pytest.mark.parametrize(
    ("name", "family", "key"),
    [
        ("Zhang Xin", "Zhang", "zhang xin"),
        ("Xin Zhang", "Zhang", "zhang xin"),
        ("单雄信", "", "shan xiong xin"),
        ("单雄信", "单", "shan xiong xin"),
        ("Émile", "", "emile"),
        ("J. P.", "", "j p"),
        ("…", "", "…"),
    ],
)
def test_sort_key_of(name: str, family: str, key: str) -> None:
    assert sort_key_of(name, family) == key


@pytest.mark.parametrize(
    ("written", "excerpt"),
    [
        ("Short.\n\nVery  short.", "Short. Very short."),
        ("**Bold** [link](https://example.org)", "Bold link"),
        ("Two:\n\n- iron\n- wood", "Two: · iron · wood"),
        ("- iron\n- *old* wood", "iron · old wood"),
        ("two - three", "two - three"),
        ("one two three four five six seven", "one two three four…"),
        ("城市档案馆里的每一份文件都有它自己的来历和去向", "城市档案馆里的每一份文件都有它自己的来历…"),
    ],
)
def test_excerpt_of(written: str, excerpt: str) -> None:
    assert excerpt_of(written, length=20) == excerpt


def test_first_free() -> None:
    assert first_free("a", ["a", "a-2", "b"]) == "a-3"


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("ＡＩ２", "AI2"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("\u1112\u1161\u11ab", "한"),
        ("Cafe\u0301\u00a0 du\u200b Nord", "Café du Nord"),
        ("می\u200cروم", "می\u200cروم"),
        ("H₂O", "H₂O"),
        ("张三：", "张三："),
    ],
)
def test_a_name_is_tidied_of_what_readers_do_not_see(name: str, tidy: str) -> None:
    assert tidied(name) == tidy


def test_a_sort_key_is_made_of_no_more_than_a_name_can_have() -> None:
    assert sort_key_of("王" * 1_000_000) == sort_key_of("王" * LONGEST_NAME)
    assert sort_key_of("王" * LONGEST_NAME) != sort_key_of("王" * (LONGEST_NAME - 1))
