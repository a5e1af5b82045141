"""What readers do not type is found on SQLite and PostgreSQL: marks, forms, and ways to encode a letter."""

import unicodedata
from itertools import product

import pytest
from django.db import connection

from panels.models.database import search_index
from panels.search import SearchResult, read_query, search
from panels.search.excerpts import marked
from panels.search.query import Term, read_term
from panels.transcript import words
from tests.builders import make_answer, make_published, make_question, make_speaker

SAME = {
    "Korean": ["한국어", "\u1112\u1161\u11ab국어"],
    "Korean without finals": ["오래"],
    "katakana": ["ガギグ", "ｶﾞｷﾞｸﾞ", "カ\u3099キ\u3099ク\u3099"],
    "half-width kana": ["アイウー", "ｱｲｳｰ"],
    "semi-voiced kana": ["ぱぴぷ", "は\u309aひ\u309aふ\u309a"],
    "Cyrillic": ["йодль", "ЙОДЛЬ"],
    "Ukrainian": ["Київ", "КИЇВ"],
    "ё": ["ёлка", "елка", "ЕЛКА"],
    "stressed": ["замо\u0301к", "замок"],
    "Greek": ["Ελλάδα", "ΕΛΛΑΔΑ", "Ελλαδα", "ΕΛΛΆΔΑ"],
    "final sigma": ["λόγος", "ΛΟΓΟΣ", "λογοσ"],
    "dialytika": ["προϊόν", "ΠΡΟΪΟΝ", "προιον"],
    "polytonic": ["ᾠδή", "ωδη", "ΩΔΗ"],
    "harakat": ["مُحَمَّد", "محمد", "محمّد"],
    "Quran": ["قُرْآن", "قرآن", "قران"],
    "tatweel": ["كتـــاب", "كتاب", "كِتَاب"],
    "alef": ["أحمد", "احمد", "إحمد"],
    "hamza": ["مسئِلة", "مسئلة"],
    "Arabic forms": ["\ufe8e\ufedf\ufe9c", "الث"],
    "lam-alef": ["ﻻبد", "لابد"],
    "Hebrew": ["שָׁלוֹם", "שלום", "שׁלום"],
    "Hebrew forms": ["בּוֹקר", "בוקר"],
    "ligature fi": ["ﬁnish", "finish", "FINISH"],
    "ligature ffi": ["oﬃces", "offices", "office"],
    "Dutch": ["ĳsberg", "ijsberg", "Ĳsberg"],
    "Croatian": ["ǆungla", "džungla", "dzungla"],
    "Vietnamese": ["tiếng", "tieng", "TIẾNG"],
    "Danish": ["ǿre", "øre"],
    "full-width": ["Ｇａｚｅ", "gaze"],
    "Hindi": ["\u0958लम", "क़लम"],
    "Bengali": ["বাংলো"],
    "Tamil": ["கொடு"],
    "Kannada": ["ಕೋಟೆ"],
    "Sinhala": ["කෝපි"],
    "Thai": ["น้ำใจ"],
    "compatibility ideograph": ["豈有", "豈有"],
    "ideograph beyond the basic plane": ["\U0002f804人", "\u4f60人"],
}
"""Words that are one word, each in two encodings."""
OTHER = [
    ("мой", "мои"),
    ("Київ", "Киів"),
    ("ガギグ", "カキク"),
    ("カキク", "ガギグ"),
    ("ぱぴぷ", "ばびぶ"),
    ("はひふ", "ぱぴぷ"),
    ("アイウ", "あいう"),
    ("한국", "하국"),
    ("한국", "국한"),
    ("Ελλάδα", "Ελλίδα"),
    ("مئة", "مية"),
    ("مؤمن", "مومن"),
    ("كتاب", "كاتب"),
    ("שלום", "שלומ"),
    ("क़लम", "कलम"),
    ("ﬁnish", "flnish"),
    ("øre", "ore"),
    ("ĳsberg", "isberg"),
]
"""Words that are two words, though a careless fold would take them for one."""


def encodings(word: str) -> set[str]:
    return {word, unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)}


def store(written: list[str]) -> None:
    question = make_question(make_published(slug="marks", language="mul"), text="Which?")
    for number, text in enumerate(written):
        make_answer(question, speaker=make_speaker(f"Speaker N{number}", slug=f"s{number}"), text=text)


def texts_of(found: SearchResult) -> list[str]:
    return ["".join(piece.text for piece in hit.pieces) for hit in found.hits]


def marks_of(found: SearchResult) -> list[str]:
    return ["".join(piece.text for piece in hit.pieces if piece.is_found) for hit in found.hits]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SAME)
def test_a_word_is_found_however_it_is_written_and_typed(kind: str) -> None:
    written = sorted({form for word in SAME[kind] for form in encodings(word)})
    store([f"Before {word} after it" for word in written])

    for typed in written:
        for query in (typed, f'"before {typed} after"', f"before {typed}*"):
            assert sorted(texts_of(search(read_query(query)))) == sorted(f"Before {one} after it" for one in written)
        # The reader's own spelling is marked, and nothing beside it.
        assert sorted(marks_of(search(read_query(typed)))) == written


@pytest.mark.django_db
def test_other_words_are_not_found() -> None:
    store([f"Before {form} after" for word, _ in OTHER for form in sorted(encodings(word))])

    for word, other in OTHER:
        for typed in encodings(other):
            found = texts_of(search(read_query(f'"before {typed} after"')))
            assert [text for text in found if text.split()[1] in encodings(word)] == []


@pytest.mark.django_db
def test_names_and_exclusions_are_folded_too() -> None:
    question = make_question(make_published(slug="names", title="Ονόματα"), text="Ποιος;")
    make_answer(question, speaker=make_speaker("Γιώργος Παράδειγμα", slug="giorgos"), text="Ναι, βέβαια.")
    make_answer(question, speaker=make_speaker("Μαρία Δείγμα", slug="maria"), text="Ναι, όχι.")

    assert texts_of(search(read_query("ΓΙΩΡΓΟΣ ναι"))) == ["Ναι, βέβαια."]
    assert texts_of(search(read_query("speaker:ΓΙΩΡΓΟΣ ΝΑΙ"))) == ["Ναι, βέβαια."]
    assert texts_of(search(read_query("ναι -οχι"))) == ["Ναι, βέβαια."]
    assert marks_of(search(read_query("ΒΕΒΑΙΑ"))) == ["βέβαια"]


@pytest.mark.django_db
def test_rows_indexed_by_an_earlier_version_are_found_after_the_index_is_made_anew() -> None:
    store(["Ελλάδα", "한국어", "كتـــاب"])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM panels_search")

    assert search(read_query("ΕΛΛΑΔΑ")).total == 0
    search_index.install(connection)
    search_index.rebuild(connection)

    assert [search(read_query(typed)).total for typed in ("ΕΛΛΑΔΑ", "\u1112\u1161\u11ab국어", "كتاب", "Which")] == [
        1
    ] * 4


def test_the_marked_part_is_the_text_as_it_is_stored() -> None:
    text = "In ｶﾞｷﾞ and καλημε\u0301ρα, \u1112\u1161\u11ab국, مُحَمَّد."
    terms = [read_term(typed) for typed in ("ガギ", "ΚΑΛΗΜΕΡΑ", "한국", "محمد")]

    found = marked(text, [term for term in terms if isinstance(term, Term)])

    assert "".join(piece.text for piece in found) == text
    assert [piece.text for piece in found if piece.is_found] == [
        "ｶﾞｷﾞ",
        "καλημε\u0301ρα",
        "\u1112\u1161\u11ab국",
        "مُحَمَّد",
    ]


def test_a_folded_word_is_not_folded_further() -> None:
    for written in ("".join(pair) for pair in product("aкカकا", map(chr, range(0x00A0, 0x3100)))):
        for word in words.words_of(written):
            assert [again.word for again in words.words_of(word.word)] in ([word.word], [*word.word])
