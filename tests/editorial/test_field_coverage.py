"""History, comparing and restoring know every field that an editor can change, or it stands here why they need not."""

import pytest
from django.db import models

from panels.models import Answer, Correction, Event, Panelist, Question
from panels.transcript import EVENT_FIELDS, CorrectionEntry, Exchange, PanelMember, Transcript, Turn

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
