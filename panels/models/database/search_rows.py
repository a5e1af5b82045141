"""The contents of a row of the search index, in the SQL of either database.

A row has a key, `facets`, by which a search is filtered and counted, the `words` of a passage, and the `names` of its
speakers. The facets: `e7` for the event's key, `s12` for a speaker's, `t3` for that of a tag on the passage or its
question or event, `y2020`, and `lzhhans0` for a language. An event's row has all speakers on its panel.
"""

from typing import Literal

from panels.models.database.search_words import BETWEEN, ready_for_fts5

Vendor = Literal["sqlite", "postgresql"]

KINDS = ("answer", "question", "event")
KEY_BITS = 41
"""Below the day: 39 bits for a passage's primary key, 2 for its kind."""

_DAY = {
    "sqlite": "CAST(julianday({0}.sort_date) - 1721424.5 AS INTEGER)",
    "postgresql": "({0}.sort_date - DATE '0001-01-01' + 1)::bigint",
}
_YEAR = {"sqlite": "substr(e.date, 1, 4)", "postgresql": "to_char(e.date, 'YYYY')"}
_PRIMARY = {
    "sqlite": "substr(e.language, 1, instr(e.language || '-', '-') - 1)",
    "postgresql": "split_part(e.language, '-', 1)",
}
_JOINED = {"sqlite": "group_concat({0}, '')", "postgresql": "string_agg({0}, '')"}

_TABLES = {"answer": "panels_answer", "question": "panels_question", "event": "panels_event"}
_FROM = {
    "answer": "panels_answer p JOIN panels_event e ON e.id = p.event_id "
    "LEFT JOIN panels_speaker s ON s.id = p.speaker_id",
    "question": "panels_question p JOIN panels_event e ON e.id = p.event_id "
    "LEFT JOIN panels_speaker s ON s.id = p.asked_by_id",
    "event": "panels_event p JOIN panels_event e ON e.id = p.id",
}
_WORDS = {
    "answer": "p.text",
    "question": "p.text",
    "event": f"e.title || ' {BETWEEN} ' || e.programme || ' {BETWEEN} ' || e.introduction",
}
_SPEAKERS = {
    "answer": "coalesce(' s' || p.speaker_id, '')",
    "question": "coalesce(' s' || p.asked_by_id, '')",
    "event": "coalesce((SELECT {of_panel} FROM panels_panelist WHERE event_id = e.id), '')",
}
_NAMES = {
    "answer": "coalesce(s.name || ' ' || s.original_name, '')",
    "question": "coalesce(s.name || ' ' || s.original_name, '')",
    "event": "coalesce((SELECT {names} FROM (SELECT s.name, s.original_name FROM panels_panelist m "
    "JOIN panels_speaker s ON s.id = m.speaker_id WHERE m.event_id = e.id ORDER BY m.position, m.id) AS s), '')",
}
_OF_EVENT = "SELECT tag_id FROM panels_taggedevent WHERE content_object_id = e.id"
_TAGS = {
    "answer": "SELECT tag_id FROM panels_taggedanswer WHERE content_object_id = p.id UNION "
    f"SELECT tag_id FROM panels_taggedquestion WHERE content_object_id = p.question_id UNION {_OF_EVENT}",
    "question": f"SELECT tag_id FROM panels_taggedquestion WHERE content_object_id = p.id UNION {_OF_EVENT}",
    "event": _OF_EVENT,
}


def key(vendor: Vendor, kind: str, *, passage: str = "p.id", event: str = "e") -> str:
    """The key of the row of a passage; `event` is the alias of the events' table."""
    return f"({_DAY[vendor].format(event)} << {KEY_BITS}) + ({passage} << 2) + {KINDS.index(kind)}"


def keys(vendor: Vendor, kind: str, passages: str) -> str:
    """A query for the row keys of published passages of a kind, given by a query for their primary keys."""
    made = key(vendor, kind)
    return f"SELECT {made} FROM {_FROM[kind]} WHERE e.status = 'published' AND p.id IN ({passages})"


def keys_of_whole_event(vendor: Vendor, row: str) -> str:
    """A query for the keys of all rows of a published event, whose own row may be deleted."""
    passages = (
        f"SELECT {key(vendor, kind, passage='id', event=row)} FROM {_TABLES[kind]} "
        f"WHERE event_id = {row}.id AND {row}.status = 'published'"
        for kind in ("answer", "question")
    )
    own = f"SELECT {key(vendor, 'event', passage=f'{row}.id', event=row)} WHERE {row}.status = 'published'"
    return " UNION ALL ".join([*passages, own])


def take(vendor: Vendor, keys: str) -> str:
    """Remove rows from the index, given by a query for their keys."""
    return f"DELETE FROM panels_search WHERE {'rowid' if vendor == 'sqlite' else 'id'} IN ({keys});"


def add(vendor: Vendor, passages: dict[str, str]) -> str:
    """Index published passages: for each kind all (""), or those from a query; in the order of their keys."""
    rows = " UNION ALL ".join(_rows(vendor, kind, some) for kind, some in passages.items())
    if vendor == "sqlite":
        words = "rowid, facets, words, names"
        return f"INSERT INTO panels_search ({words}) {rows} ORDER BY 1;"
    columns = "id, facets, vector, pairs"
    search_row = "panels_search_row(made.id, facets, words, names) AS search_row"
    made = f"SELECT {columns} FROM ({rows}) AS made (id, facets, words, names), LATERAL {search_row}"
    return f"INSERT INTO panels_search ({columns}) {made} ORDER BY id;"


def _rows(vendor: Vendor, kind: str, passages: str) -> str:
    joined = _JOINED[vendor].format
    ready = ready_for_fts5 if vendor == "sqlite" else str
    speakers = _SPEAKERS[kind].format(of_panel=joined("' s' || speaker_id"))
    all_tags = joined("' t' || tag_id")
    tags = f"coalesce((SELECT {all_tags} FROM ({_TAGS[kind]}) AS tags), '')"
    languages = f"' p' || lower({_PRIMARY[vendor]}) || '0 l' || replace(lower(e.language), '-', '') || '0'"
    of_event = f"coalesce(' y' || {_YEAR[vendor]}, '') || {languages}"
    names = _NAMES[kind].format(names=joined(f"s.name || ' ' || s.original_name || ' {BETWEEN} '"))
    columns = f"'e' || e.id || {speakers} || {of_event} || {tags}, {ready(_WORDS[kind])}, {ready(names)}"
    chosen = f" AND p.id IN ({passages})" if passages else ""
    return f"SELECT {key(vendor, kind)}, {columns} FROM {_FROM[kind]} WHERE e.status = 'published'{chosen}"
