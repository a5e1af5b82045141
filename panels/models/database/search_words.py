"""The words of a text in the SQL of either database: the same as in `panels.transcript.words`."""

from panels.transcript.words import ALONE, GONE, LONGEST, STEM_FIXES, SYMBOLS, WIDE, WIDENED, folds

TOKENIZER = "porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
BETWEEN = "\ue000"
"""A private-use word that nobody writes: no phrase matches across it."""

# All characters that need special treatment are in these ranges.
_PERHAPS = f"{GONE}\u061c\u2066-\U0010ffff"


def ready_for_fts5(text: str) -> str:
    """Prepare a text for FTS5: characters that are each a word are separated, full-width ones are made narrow.

    SQLite has no loops in triggers: the text is cut into pieces of 500 characters, and those into characters. Most
    texts have none of these characters, which is checked cheaply first.
    """
    cut = f"substr({text}, 1, {LONGEST})"
    # The limit keeps SQLite from cutting a piece again for each of its characters.
    pieces = f"{_cut(cut, 500, 'piece')} LIMIT 1000"
    characters = _cut("piece", 1, "c", f"({pieces}) CROSS JOIN ")
    folded = (
        "CASE WHEN c < '\u00ad' THEN c WHEN c BETWEEN '\u4e00' AND '\u9fff' THEN ' ' || c || ' ' "
        f"WHEN c GLOB '[{ALONE}]' THEN ' ' || c || ' ' WHEN c GLOB '[{WIDE}]' THEN char(unicode(c) - {WIDENED}) "
        f"WHEN c GLOB '[{GONE}]' THEN '' WHEN c GLOB '[{SYMBOLS}]' THEN ' ' ELSE c END"
    )
    careful = f"(SELECT group_concat({folded}, '') FROM ({characters}))"
    is_plain = f"length(CAST({text} AS BLOB)) = length({text}) OR {text} NOT GLOB '*[{_PERHAPS}]*'"
    return f"CASE WHEN {is_plain} THEN {cut} ELSE {careful} END"


def _cut(text: str, length: int, name: str, source: str = "") -> str:
    """A query for the pieces of a text of some length, at most a thousand."""
    digits = "json_each('[0,1,2,3,4,5,6,7,8,9]')"
    hundreds = f"{100 * length} * i.value"
    tens = f"{hundreds} + {10 * length} * j.value"
    before = f"{tens} + {length} * k.value"
    return (
        f"SELECT substr({text}, 1 + {before}, {length}) AS {name} "
        f"FROM {source}{digits} i CROSS JOIN {digits} j CROSS JOIN {digits} k "
        f"WHERE {hundreds} < length({text}) AND {tens} < length({text}) AND {before} < length({text})"
    )


def words_function() -> str:
    """The definition of PostgreSQL's `panels_search_words(text)`: the stems of a text with their positions."""
    pairs = [(one, folded) for one, folded in folds() if folded != " "]
    pairs.sort(key=lambda pair: pair[1] == "")  # `translate` drops characters without a counterpart
    # `translate` searches all of its characters for each one of a word: words in Latin letters get a short list.
    latin = [pair for pair in pairs if pair[0] < "\u0250"]
    others = [pair for pair in pairs if pair[0] >= "\u0250"]
    parting = _ranges([" ", *(one for one, folded in folds() if folded == " " and one != "\0")])
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
                WHEN word ~ '{_class(others)}' THEN {_translated(pairs)}
                WHEN word ~ '{_class(latin)}' THEN {_translated(latin)}
                ELSE word END AS folded
            FROM regexp_split_to_table(regexp_replace(words, '([{ALONE}])', ' \\1 ', 'g'), '[{parting}{SYMBOLS}]+')
                WITH ORDINALITY AS split (word, place)
        ) AS words WHERE folded <> ''
        $$
    """


def _class(pairs: list[tuple[str, str]]) -> str:
    return f"[{_ranges([one for one, _ in pairs])}]"


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
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in runs)
