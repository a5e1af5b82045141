"""The words of a text in the SQL of either database: the same as in `panels.transcript.words`."""

import json
import re
from collections.abc import Iterator
from functools import cache

from panels.transcript.words import (
    ALONE,
    COMBINING,
    JAMO,
    LONGEST,
    NARROW,
    STEM_FIXES,
    SYMBOLS,
    VOICED,
    VOWELS,
    compositions,
    folds,
)

TOKENIZER = "porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
BETWEEN = "\ue000"
"""A private-use word that nobody writes: no phrase matches across it."""
FOLDS = "panels_search_folds"
"""SQLite's table of characters, and pairs of them, that FTS5 would not fold."""

# All characters that need special treatment are in these ranges, which leave out ’ and “ and most Latin and Cyrillic.
# There are few ranges, because all of them are compared with each character.
_PERHAPS = (
    "\u00ad\u0132-\u0133\u0149\u01c4-\u01ff\u0300-\u0401\u040d\u0450-\u0451\u045d\u0587-\u1dff\u1e9a-\u1e9b\u1f00-\u1fff"
    "\u2066-\U0010ffff"
)
_PIECE = 500
_BEFORE, _AFTER = 2, 4
"""So many characters before and after one are looked at."""


def folds_table() -> list[str]:
    """Statements that make and fill SQLite's table of folded characters; those that are a word have spaces around."""
    pairs = dict(_pairs()) | dict(compositions())
    alone = {one: f" {folded} " for one, folded in pairs.items() if re.fullmatch(f"[{ALONE}]", folded)}
    rows = json.dumps(pairs | alone, ensure_ascii=True)
    return [
        f"CREATE TABLE IF NOT EXISTS {FOLDS} (written text PRIMARY KEY, folded text NOT NULL) WITHOUT ROWID",
        f"DELETE FROM {FOLDS}",
        f"INSERT INTO {FOLDS} SELECT key, value FROM json_each('{rows}')",
    ]


def ready_for_fts5(text: str) -> str:
    """Prepare a text for FTS5: characters that are each a word are separated, others are folded as FTS5 does not.

    SQLite has no loops in triggers: the text is cut into pieces of 500 characters, and those into characters. Most
    texts have none of these characters, which is checked cheaply first.
    """
    cut = f"substr({text}, 1, {LONGEST})"
    # The limits keep SQLite from cutting a piece again for each of its characters, and them for each condition.
    padded = f"('{' ' * _BEFORE}' || {cut} || '{' ' * _AFTER}')"
    around = _BEFORE + _AFTER
    pieces = f"{_cut(padded, _PIECE, around, 'piece')} LIMIT 1000"
    characters = _cut("piece", 1, around, "around", f"({pieces}) CROSS JOIN ")
    careful = f"(SELECT group_concat({_FOLDED}, '') FROM ({characters} LIMIT 1000000))"
    is_plain = f"length(CAST({text} AS BLOB)) = length({text}) OR {text} NOT GLOB '*[{_PERHAPS}]*'"
    return f"CASE WHEN {is_plain} THEN {cut} ELSE {careful} END"


def _cut(text: str, length: int, around: int, name: str, source: str = "") -> str:
    """A query for the pieces of a padded text of some length, with the characters around each; at most a thousand."""
    digits = "json_each('[0,1,2,3,4,5,6,7,8,9]')"
    hundreds = f"{100 * length} * i.value"
    tens = f"{hundreds} + {10 * length} * j.value"
    before = f"{tens} + {length} * k.value"
    most = f"length({text}) - {around}"
    return (
        f"SELECT substr({text}, 1 + {before}, {length + around}) AS {name} "
        f"FROM {source}{digits} i CROSS JOIN {digits} j CROSS JOIN {digits} k "
        f"WHERE {hundreds} < {most} AND {tens} < {most} AND {before} < {most}"
    )


def _at(place: int) -> str:
    """A character at a place before or after the one that is folded."""
    return f"substr(around, {1 + _BEFORE + place}, 1)"


def _folded_in_fts5() -> str:
    """A character, of which `around` is with two before and four after it, in SQL."""
    lead, vowel, last = "'[\u1100-\u1112]'", "'[\u1161-\u1175]'", "'[\u11a8-\u11c2]'"
    ending = f"CASE WHEN {_at(2)} GLOB {last} THEN unicode({_at(2)}) - 4519 ELSE 0 END"
    syllable = f"44032 + (unicode({_at(0)}) - 4352) * 588 + (unicode({_at(1)}) - 4449) * 28 + {ending}"
    jamo = (
        f"CASE WHEN {_at(0)} GLOB {lead} AND {_at(1)} GLOB {vowel} THEN ' ' || char({syllable}) || ' ' "
        f"WHEN {_at(0)} GLOB {vowel} AND {_at(-1)} GLOB {lead} THEN '' "
        f"WHEN {_at(0)} GLOB {last} AND {_at(-1)} GLOB {vowel} AND {_at(-2)} GLOB {lead} THEN '' "
        f"ELSE ' ' || {_at(0)} || ' ' END"
    )
    skipped = "".join(_characters(VOWELS))
    mark = f"substr(ltrim(substr(around, {2 + _BEFORE}, {_AFTER}), '{skipped}'), 1, 1)"
    looked_up = f"SELECT folded FROM {FOLDS} WHERE written = "
    single = (
        f"coalesce(({looked_up}{_at(0)}), CASE WHEN {_at(0)} GLOB '[{ALONE}]' THEN ' ' || {_at(0)} || ' ' "
        f"WHEN {_at(0)} GLOB '[{SYMBOLS}]' THEN ' ' ELSE {_at(0)} END)"
    )
    return (
        f"CASE WHEN {_at(0)} < '\u00ad' THEN {_at(0)} "
        f"WHEN {_at(0)} BETWEEN '\u4e00' AND '\u9fff' THEN ' ' || {_at(0)} || ' ' "
        f"WHEN {_at(0)} BETWEEN '\u1100' AND '\u11ff' THEN {jamo} "
        f"WHEN {_at(1)} GLOB '[{COMBINING}{VOWELS}]' THEN coalesce(({looked_up}{_at(0)} || {mark}), {single}) "
        f"ELSE {single} END"
    )


def _characters(ranges: str) -> Iterator[str]:
    """The characters of the contents of a character class."""
    for first, last in re.findall("(.)(?:-(.))?", ranges):
        yield from map(chr, range(ord(first), ord(last or first) + 1))


_FOLDED = _folded_in_fts5()


def word_function() -> str:
    """The definition of PostgreSQL's `panels_search_word(text)`: a word folded, if that needs more than a few letters.

    In PL/pgSQL, which reads the long constants once per session.
    """
    single = [(one, folded) for one, folded in _pairs() if len(folded) <= 1]
    several = {one: folded for one, folded in _pairs() if len(folded) > 1}
    return f"""
        CREATE OR REPLACE FUNCTION panels_search_word(word text) RETURNS text
        LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$ BEGIN
            IF word ~ '[{_ranges([*NARROW])}]' THEN word := {_translated([*NARROW.items()])}; END IF;
            word := normalize(word, NFC);
            IF word ~ '[{_ranges([*several])}]' THEN
                SELECT string_agg(coalesce('{json.dumps(several)}'::jsonb ->> one, one), '' ORDER BY number) INTO word
                FROM regexp_split_to_table(word, '') WITH ORDINALITY AS parts (one, number);
            END IF;
            RETURN {_translated(single)};
        END $$
    """


def words_function() -> str:
    """The definition of PostgreSQL's `panels_search_words(text)`: the stems of a text with their positions."""
    # `translate` searches all of its characters for each one of a word: words in Latin letters get a short list.
    latin = [(one, folded) for one, folded in _pairs() if one < "\u0250" and len(folded) <= 1]
    others = [one for one, folded in _pairs() if one >= "\u0250" or len(folded) > 1] + [*_characters("\u1100-\u11ff")]
    parting = _ranges([" ", *(one for one, folded in _folds() if folded == " " and one != "\0")])
    fixed = "folded"
    for pattern, becomes in STEM_FIXES:
        fixed = f"regexp_replace({fixed}, '{pattern}', '{becomes}')"
    # Most words are cheaply recognised to need no more.
    ideograph = """({} COLLATE "C" BETWEEN '\u3400' AND '\u9fff')"""
    ends = "(bl(y|ies)|log(y|ies|ied|ying)|([chjkqvwx])\\4(ed|ing))$"
    return f"""
        CREATE OR REPLACE FUNCTION panels_search_words(words text) RETURNS TABLE (place bigint, word text)
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT place, CASE WHEN octet_length(folded) NOT BETWEEN 3 AND 64 OR {ideograph.format("folded")} THEN folded
            WHEN right(folded, 1) IN ('d', 'g', 'y', 's') AND folded ~ '{ends}'
                THEN (ts_lexize('panels_porter', {fixed}))[1]
            ELSE (ts_lexize('panels_porter', folded))[1] END
        FROM (
            SELECT place, CASE WHEN {ideograph.format("word")} THEN word
                WHEN word !~ '[^!-~]' THEN lower(word COLLATE "C")
                WHEN word ~ '[{_ranges(others)}]' THEN panels_search_word(word)
                WHEN word ~ '[{_ranges([one for one, _ in latin])}]' THEN {_translated(latin)}
                ELSE word END AS folded
            FROM regexp_split_to_table(regexp_replace(words, '({JAMO}|[{ALONE}][{VOICED}]?)', ' \\1 ', 'g'),
                '[{parting}{SYMBOLS}]+')
                WITH ORDINALITY AS split (word, place)
            OFFSET 0  -- so that each word is folded once
        ) AS words WHERE folded <> ''
        $$
    """


@cache
def _folds() -> tuple[tuple[str, str], ...]:
    return tuple(folds())


def _pairs() -> list[tuple[str, str]]:
    """What is folded, and what it becomes; last what is dropped, for `translate` drops what has no counterpart."""
    pairs = [(one, folded) for one, folded in _folds() if folded != " "]
    return sorted(pairs, key=lambda pair: pair[1] == "")


def _translated(pairs: list[tuple[str, str]]) -> str:
    changed, folded = ("".join(side) for side in zip(*pairs, strict=True))
    return f"translate(word, '{changed}', '{folded}')"


def _ranges(characters: list[str]) -> str:
    """The contents of a character class, as ranges of code points."""
    runs: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in runs)
