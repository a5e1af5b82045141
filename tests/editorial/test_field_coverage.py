"""A field that an editor can change is in the transcript, and so in history, comparisons, downloads and restores.

A field that is not says why here.
"""

import datetime as dt
from io import BytesIO

import pytest
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models

from panels.admin.events.event import EventAdmin
from panels.formats.base import Format, Source
from panels.formats.registry import FORMATS
from panels.models import Answer, Correction, Event, Panelist, Question
from panels.transcript import (
    EVENT_FIELDS,
    Attribution,
    CorrectionEntry,
    Exchange,
    PanelMember,
    Transcript,
    Translation,
    Turn,
)

ELSEWHERE: dict[type[models.Model], dict[str, str]] = {
    Event: {
        "status": "changed by publishing alone",
        "published_at": "set by publishing alone",
        "withdrawal_reason": "given when withdrawing alone",
        "translation_of": "another event, which no transcript can hold",
    },
    Question: {"event": "its place", "number": "its place", "is_follow_up": "Exchange.follow_up"},
    Answer: {"event": "its place", "question": "its place", "position": "its place"},
    Panelist: {"event": "its place", "position": "its place", "speaker": "PanelMember.name"},
    Correction: {"event": "its place", "number": "its place"},
}
NAMED_OTHERWISE = {"asked_by": "speaker", "media_time": "time"}
SPECIAL = {"date": dt.date(2021, 3, 14), "language": "en", "translation": Translation.HUMAN, "translated_from": "de"}
TEXTS = {name: f"Lamps: {name}" for name in EVENT_FIELDS if name not in SPECIAL}
KNOWN: dict[type[models.Model], set[str]] = {
    Event: {*EVENT_FIELDS, "slug"},
    Question: set(Turn.__dataclass_fields__),
    Answer: set(Turn.__dataclass_fields__),
    Panelist: set(PanelMember.__dataclass_fields__),
    Correction: set(CorrectionEntry.__dataclass_fields__),
}


@pytest.mark.parametrize("model", KNOWN, ids=lambda model: model.__name__)
def test_every_field_is_in_the_transcript_or_says_why_not(model: type[models.Model]) -> None:
    stored = {field.name for field in model._meta.concrete_fields if not field.primary_key and not field.generated}
    derived = {field.name for field in model._meta.concrete_fields if field.name.startswith("sort_")}
    named = {NAMED_OTHERWISE.get(name, name) for name in stored - derived - set(ELSEWHERE[model])}

    assert named - KNOWN[model] == set()
    assert set(ELSEWHERE[model]) <= stored, "a field that is excluded no longer exists"


def test_the_fields_of_an_event_are_those_of_a_transcript() -> None:
    assert set(EVENT_FIELDS) <= set(Transcript.__dataclass_fields__)
    assert {field.name for field in Event._meta.concrete_fields} >= set(EVENT_FIELDS)
    assert "follow_up" in Exchange.__dataclass_fields__


@pytest.mark.parametrize("known", [one for one in FORMATS if one.read and one.write], ids=lambda known: known.name)
def test_every_download_holds_every_field_of_an_event(known: Format) -> None:
    answer = Turn(text="At ten.", label="Jane Doe", speaker="Jane Doe", attribution=Attribution.STATED, time=2.0)
    exchange = Exchange(question=Turn(text="When?", time=1.0), answers=(answer,))
    transcript = Transcript(**SPECIAL, **TEXTS, exchanges=(exchange,))  # type: ignore[arg-type]
    assert known.write
    assert known.read

    written = known.write(transcript)
    file = BytesIO(written if isinstance(written, bytes) else written.encode())
    again = known.read(Source.open(file, f"session{known.suffix}"))

    fields = {name: getattr(again, name) for name in EVENT_FIELDS}
    assert fields == {name: getattr(transcript, name) for name in EVENT_FIELDS}


def test_every_field_of_an_event_is_on_the_form() -> None:
    assert set(EVENT_FIELDS) <= set(flatten_fieldsets(EventAdmin.fieldsets))
