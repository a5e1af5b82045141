"""Whether a transcript may be stored without asking each rule of each model: quick, and never wrong when it says yes.

What it says no to is not refused but stored the careful way (`storing`), which knows why, if there is a fault.
"""

import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.db import models

from panels.models import Event, Panelist, Speaker, Tag
from panels.models.validators import (
    ANSWER_ANCHOR,
    QUESTION_ANCHOR,
    validate_anchor,
    validate_language,
    validate_slug,
    validate_web_url,
)
from panels.transcript import Attribution, Correction, Exchange, Transcript, Translation, Turn
from panels.transcript import Panelist as Listed

_MOST = 10_000  # passages of one session that are looked up at once
_QUESTION, _ANSWER = re.compile(QUESTION_ANCHOR), re.compile(ANSWER_ANCHOR)
_EVENT_TEXTS = (
    "title",
    "slug",
    "language",
    "programme",
    "publisher",
    "introduction",
    "source_url",
    "source_title",
    "source_note",
    "licence",
    "recording_url",
    "translated_from",
)


def is_sound(transcript: Transcript) -> bool:
    """Every text fits, every attribution is whole, and anchors are given to all passages or to none."""
    turns = [turn for exchange in transcript.exchanges for turn in (exchange.question, *exchange.answers) if turn]
    return (
        bool(transcript.title.strip())
        and len(turns) <= _MOST
        and any(turn.text.strip() for turn in turns)
        and all(map(_turn_fits, turns))
        and _anchors_fit(transcript.exchanges)
        and _event_fits(transcript)
        and all(map(_listed_fits, transcript.panelists))
        and all(map(_correction_fits, transcript.corrections))
        and _tags_fit(transcript.tags)
    )


def _event_fits(transcript: Transcript) -> bool:
    longest = _longest(Event)
    texts = {name: getattr(transcript, name) for name in _EVENT_TEXTS}
    return (
        all(_is_text(text) and len(text) <= longest.get(name, len(text)) for name, text in texts.items())
        and _passes(validate_language, transcript.language or "en")
        and _passes(validate_language, transcript.translated_from or "en")
        and all(not address or _is_url(address) for address in (transcript.source_url, transcript.recording_url))
        and (not transcript.slug or _passes(validate_slug, transcript.slug))
        and (transcript.translation is not Translation.NONE or not transcript.translated_from)
    )


def _listed_fits(listed: Listed) -> bool:
    speaker, panelist = _longest(Speaker), _longest(Panelist)
    texts = (listed.name, listed.original_name, listed.family_name, listed.title, listed.organisation)
    return (
        all(map(_is_text, texts))
        and _is_name(listed.name)
        and len(listed.original_name) <= speaker["original_name"]
        and len(listed.family_name) <= speaker["family_name"]
        and listed.family_name in listed.name
        and len(listed.title) <= panelist["title"]
        and len(listed.organisation) <= panelist["organisation"]
    )


def _correction_fits(correction: Correction) -> bool:
    anchored = not correction.anchor or _passes(validate_anchor, correction.anchor)
    return anchored and bool(correction.note.strip()) and _is_text(correction.note)


def _anchors_fit(exchanges: tuple[Exchange, ...]) -> bool:
    asked = [exchange.question.anchor if exchange.question else None for exchange in exchanges]
    told = [turn.anchor for exchange in exchanges for turn in exchange.answers]
    given = {anchor for anchor in (*asked, *told) if anchor}
    if not given:
        return True
    return (
        len(given) == len(asked) + len(told)
        and all(anchor and _QUESTION.fullmatch(anchor) for anchor in asked)
        and all(anchor and _ANSWER.fullmatch(anchor) for anchor in told)
    )


def _turn_fits(turn: Turn) -> bool:
    return (
        "\0" not in turn.text
        and "\0" not in turn.evidence
        and (not turn.speaker or _is_name(turn.speaker))
        and (turn.attribution is not Attribution.INFERRED or bool(turn.evidence))
        and (turn.time is None or (math.isfinite(turn.time) and turn.time >= 0))
        and not any("\0" in candidate.name + candidate.evidence for candidate in turn.candidates)
        and (not turn.tags or _tags_fit(turn.tags))
    )


@lru_cache(maxsize=4096)
def _is_name(name: str) -> bool:
    return bool(name.strip()) and name == name.strip() and "\0" not in name and len(name) <= _longest(Speaker)["name"]


def _tags_fit(tags: Iterable[str]) -> bool:
    longest = _longest(Tag)["name"]
    return all(name.strip() and "\0" not in name and len(name) <= longest for name in tags)


def _is_text(text: str) -> bool:
    return "\0" not in text


@lru_cache(maxsize=4096)
def _is_url(url: str) -> bool:
    return _passes(validate_web_url, url)


def _passes(rule: object, value: str) -> bool:
    try:
        rule(value)  # type: ignore[operator]
    except ValidationError:
        return False
    return True


@cache
def _longest(model: type[models.Model]) -> dict[str, int]:
    """The lengths of a model's texts, in characters."""
    return {field.name: field.max_length for field in model._meta.concrete_fields if field.max_length}
