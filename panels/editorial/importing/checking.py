"""Check a transcript against the rules of the models. Each fault says where it is, what was found and what is allowed.

This is the only place for rules about single values; imports, bulk loads and the session editor use it. It runs before
anything is written and before any name is looked up, so that the database is never queried for a name of a megabyte.
Rules that only the database can check, such as whether a slug is free, are checked when writing.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from panels.models import Event, Panelist, Speaker, Tag
from panels.models.validators import (
    ANSWER_ANCHOR,
    QUESTION_ANCHOR,
    validate_anchor,
    validate_answer_anchor,
    validate_language,
    validate_question_anchor,
    validate_slug,
    validate_web_url,
)
from panels.transcript import EVENT_FIELDS, Attribution, CorrectionEntry, Exchange, Transcript, Translation, Turn
from panels.transcript import PanelMember as Listed

MOST_PANELISTS, MOST_TAGS, MOST_CORRECTIONS = 1_000, 100, 1_000  # tags: of one passage, or of the event itself
LATEST = 1e9  # seconds from the start of a recording
_LONGEST_ASKED = 1_000  # characters
_SHOWN = 40  # characters of a value that is at fault
_QUESTION, _ANSWER = re.compile(QUESTION_ANCHOR), re.compile(ANSWER_ANCHOR)
_EVENT_TEXTS = ("slug", *(name for name in EVENT_FIELDS if name not in {"date", "translation"}))

Fault = tuple[str, str]  # the field and what is wrong with it


_FIELDS = {
    "title": pgettext_lazy("field", "title"),
    "language": pgettext_lazy("field", "language"),
    "programme": pgettext_lazy("field", "programme"),
    "publisher": pgettext_lazy("field", "publisher"),
    "introduction": pgettext_lazy("field", "introduction"),
    "pull_quote": pgettext_lazy("field", "pull_quote"),
    "source_url": pgettext_lazy("field", "source_url"),
    "source_title": pgettext_lazy("field", "source_title"),
    "source_note": pgettext_lazy("field", "source_note"),
    "licence": pgettext_lazy("field", "licence"),
    "recording_url": pgettext_lazy("field", "recording_url"),
    "translation": pgettext_lazy("field", "translation"),
    "translated_from": pgettext_lazy("field", "translated_from"),
    "slug": pgettext_lazy("field", "slug"),
    "tags": pgettext_lazy("field", "tags"),
    "name": pgettext_lazy("field", "name"),
    "original_name": pgettext_lazy("field", "original_name"),
    "family_name": pgettext_lazy("field", "family_name"),
    "organisation": pgettext_lazy("field", "organisation"),
    "text": pgettext_lazy("field", "text"),
    "evidence": pgettext_lazy("field", "evidence"),
    "time": pgettext_lazy("field", "time"),
    "anchor": pgettext_lazy("field", "anchor"),
    "candidates": pgettext_lazy("field", "candidates"),
    "note": pgettext_lazy("field", "note"),
}


def needs_no_validation(transcript: Transcript) -> bool:
    """Whether a transcript can be stored as a new event, as far as this can be decided without the database."""
    return (
        bool(transcript.title.strip())
        and any(turn.text.strip() for turn in _turns(transcript))
        and next(faults(transcript), None) is None
    )


def is_storable(text: str) -> bool:
    """Whether a short field may hold the text, so that the database can be asked for it."""
    return len(text) <= _LONGEST_ASKED and not _unstorable(text)


def faults(transcript: Transcript, but: Transcript | None = None) -> Iterator[str]:
    """The faults, as sentences in the order of the text. Values that `but` has as well are stored already and not
    checked.
    """
    if but is None or not _same_event(transcript, but):
        yield from _faults_of(_("session"), _event_faults(transcript))
    known_panel = set(but.panelists) if but else set()
    yield from _too_many(len(transcript.panelists), MOST_PANELISTS, _("panelists"))
    for listed in transcript.panelists:
        if listed not in known_panel:
            yield from _listed_faults(listed)
    known = {_key(turn) for turn in _turns(but)} if but else set()
    for number, exchange in enumerate(transcript.exchanges, start=1):
        yield from _exchange_faults(number, exchange, known)
    noted = set(but.corrections) if but else set()
    yield from _too_many(len(transcript.corrections), MOST_CORRECTIONS, _("corrections"))
    for one in transcript.corrections:
        if one not in noted:
            yield from _faults_of(_("correction of %(date)s") % {"date": one.date}, _correction_faults(one))
    yield from _repeated_anchors(transcript)


def _turns(transcript: Transcript) -> Iterator[Turn]:
    for exchange in transcript.exchanges:
        if exchange.question:
            yield exchange.question
        yield from exchange.answers


def _key(turn: Turn) -> tuple[object, ...]:
    return (turn.anchor, turn.speaker, turn.text, turn.attribution, turn.evidence, turn.time, turn.tags)


def _same_event(one: Transcript, other: Transcript) -> bool:
    names = (*_EVENT_TEXTS, "translation", "tags")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _exchange_faults(number: int, exchange: Exchange, known: set[tuple[object, ...]]) -> Iterator[str]:
    turns = [(exchange.question, 0), *((turn, place) for place, turn in enumerate(exchange.answers, start=1))]
    for turn, place in turns:
        if turn is None or (known and _key(turn) in known):
            continue
        found = _turn_faults(turn, question=not place)
        if found:
            yield from _faults_of(_place(number, place), found, turn.line)
        if turn.speaker is not None and (wrong := _name_fault(turn.speaker)):
            yield from _faults_of(_of_speaker(turn.speaker), [("name", wrong)], turn.line)


def _place(number: int, place: int) -> str:
    if not place:
        return _("question %(number)s") % {"number": number}
    return _("question %(number)s, answer %(place)s") % {"number": number, "place": place}


def _of_speaker(name: str) -> str:
    return _("speaker %(name)s") % {"name": _short(name)}


def _faults_of(where: str, found: Iterable[Fault], line: int | None = None) -> Iterator[str]:
    for field, wrong in found:
        place = _("%(where)s: %(field)s: %(wrong)s") % {"where": where, "field": _named(field), "wrong": wrong}
        yield _("line %(line)s: %(fault)s") % {"line": line, "fault": place} if line else place


def _named(field: str) -> str:
    """A field as people call it: in English by the name that it has in front matter and in JSON."""
    return str(_FIELDS.get(field, field))


def _too_many(count: int, most: int, what: str) -> Iterator[str]:
    if count > most:
        yield _("there are %(count)s %(what)s; at most %(most)s can be saved") % {
            "count": f"{count:,}",
            "what": what,
            "most": f"{most:,}",
        }


def _event_faults(transcript: Transcript) -> Iterator[Fault]:
    longest = _longest(Event)
    for name in _EVENT_TEXTS:
        yield from _text_faults(name, getattr(transcript, name), longest.get(name))
    yield from _passes("language", validate_language, transcript.language)
    yield from _passes("translated_from", validate_language, transcript.translated_from)
    if len(transcript.slug) <= longest["slug"]:
        yield from _passes("slug", validate_slug, transcript.slug)
    for name in ("source_url", "recording_url"):
        address = getattr(transcript, name)
        if address and len(address) <= longest[name] and not _is_url(address):
            yield name, _("“%(value)s” is not a valid URL") % {"value": _short(address)}
    if transcript.translated_from and transcript.translation is Translation.NONE:
        yield "translation", _("a translation must say how it was made: human or machine")
    yield from _tag_faults(transcript.tags)


def _listed_faults(listed: Listed) -> Iterator[str]:
    where = _("panelist %(name)s") % {"name": _short(listed.name)}
    if wrong := _name_fault(listed.name):
        yield from _faults_of(_of_speaker(listed.name), [("name", wrong)])
    speaker, panelist = _longest(Speaker), _longest(Panelist)
    for name, longest in (
        ("original_name", speaker["original_name"]),
        ("family_name", speaker["family_name"]),
        ("title", panelist["title"]),
        ("organisation", panelist["organisation"]),
    ):
        yield from _faults_of(where, _text_faults(name, getattr(listed, name), longest))
    if listed.family_name not in listed.name:
        wrong = _("“%(value)s” is not part of the name") % {"value": _short(listed.family_name)}
        yield from _faults_of(where, [("family_name", wrong)])


def _correction_faults(correction: CorrectionEntry) -> Iterator[Fault]:
    yield from _passes("anchor", validate_anchor, correction.anchor)
    if not correction.note:
        yield "note", _("a correction needs a note")
    yield from _text_faults("note", correction.note, None)


def _turn_faults(turn: Turn, *, question: bool) -> list[Fault]:
    """The faults of a turn, as a list because this runs for every passage and most have none."""
    found: list[Fault] = []
    for name, text in (("text", turn.text), ("evidence", turn.evidence)):
        if text and (wrong := _unstorable(text)):
            found.append((name, wrong))
    if turn.attribution is Attribution.INFERRED and turn.speaker and not turn.evidence and not question:
        found.append(("evidence", _("an inferred attribution needs evidence: what points to the speaker")))
    if turn.time is not None and not (math.isfinite(turn.time) and 0 <= turn.time <= LATEST):
        found.append(("time", _("%(value)s seconds is not a plausible time in a recording") % {"value": turn.time}))
    if turn.anchor and not (_QUESTION if question else _ANSWER).fullmatch(turn.anchor):
        found += _passes("anchor", validate_question_anchor if question else validate_answer_anchor, turn.anchor)
    if turn.candidates and (wrong := _unstorable("".join(one.name + one.evidence for one in turn.candidates))):
        found.append(("candidates", wrong))
    if turn.tags:
        found += _tag_faults(turn.tags)
    return found


def _repeated_anchors(transcript: Transcript) -> Iterator[str]:
    anchors = [turn.anchor for turn in _turns(transcript) if turn.anchor]
    if len(anchors) == len(set(anchors)):
        return
    seen: set[str] = set()
    for anchor in anchors:
        if anchor in seen:
            yield _("anchor: two passages have the anchor %(anchor)s") % {"anchor": anchor}
        seen.add(anchor)


@lru_cache(maxsize=4096)
def _name_fault(name: str) -> str:
    longest = _longest(Speaker)["name"]
    if not name.strip():
        return _("a speaker needs a name; leave the speaker out if unattributed")
    return _too_long(name, longest) or _unstorable(name)


def _tag_faults(names: tuple[str, ...]) -> Iterator[Fault]:
    longest = _longest(Tag)["name"]
    if len(names) > MOST_TAGS:
        yield "tags", next(_too_many(len(names), MOST_TAGS, _("tags")))
    for name in names:
        if not name.strip() or len(name) > longest or _unstorable(name):
            yield (
                "tags",
                _("“%(tag)s” is not a valid tag; tags have 1 to %(most)s characters")
                % {"tag": _short(name), "most": longest},
            )


def _text_faults(name: str, text: str, longest: int | None) -> Iterator[Fault]:
    wrong = (longest and _too_long(text, longest)) or _unstorable(text)
    if wrong:
        yield name, wrong


def _too_long(text: str, longest: int) -> str:
    if len(text) <= longest:
        return ""
    return _("“%(value)s” has %(count)s characters; at most %(most)s can be saved") % {
        "value": _short(text),
        "count": f"{len(text):,}",
        "most": f"{longest:,}",
    }


def _unstorable(text: str) -> str:
    """Why no database can store the text; empty if it can."""
    if "\0" in text:
        return _("contains a NUL character; remove it")
    if text.isascii():
        return ""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _("contains an incomplete character (a lone surrogate); remove it")
    return ""


def _short(text: str) -> str:
    """A value, shortened for a sentence."""
    shown = " ".join(text[: 2 * _SHOWN].replace("\0", " ").encode(errors="replace").decode().split())
    return shown if len(text) <= _SHOWN else f"{shown[:_SHOWN]}…"


@lru_cache(maxsize=4096)
def _is_url(url: str) -> bool:
    return not list(_passes("", validate_web_url, url))


def _passes(field: str, rule: Callable[[str], None], value: str) -> Iterator[Fault]:
    """Run a validator of the model, unless the value is empty. Returns its message, if any."""
    if not value:
        return
    try:
        rule(value)
    except ValidationError as error:
        yield (
            field,
            _("“%(value)s” is not allowed. %(why)s") % {"value": _short(value), "why": " ".join(error.messages)},
        )


@cache
def _longest(model: type[models.Model]) -> dict[str, int]:
    """The lengths of a model's texts, in characters."""
    return {field.name: field.max_length for field in model._meta.concrete_fields if field.max_length}
