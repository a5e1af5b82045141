"""Test data by plain functions with defaults: each makes one stored thing and what it needs."""

import datetime as dt
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from panels.models import Answer, Correction, Event, Panelist, Question, Speaker

_numbers = count(1)


def make_event(**fields: Any) -> Event:
    """A draft, unless told otherwise."""
    fields.setdefault("title", f"Panel {next(_numbers)}")
    fields.setdefault("date", dt.date(2021, 3, 14))
    if fields.get("status") in {"published", "withdrawn"}:
        fields.setdefault("published_at", timezone.now())
    return Event.objects.create(**fields)


def make_published(**fields: Any) -> Event:
    return make_event(status="published", **fields)


def make_speaker(name: str = "", **fields: Any) -> Speaker:
    return Speaker.objects.create(name=name or f"Speaker {next(_numbers)}", **fields)


def make_panelist(event: Event, **fields: Any) -> Panelist:
    fields.setdefault("speaker", None)
    fields["speaker"] = fields["speaker"] or make_speaker()
    return Panelist.objects.create(event=event, **fields)


def make_question(event: Event | None = None, **fields: Any) -> Question:
    fields.setdefault("text", "What do the minutes say?")
    return Question.objects.create(event=event or make_event(), **fields)


def make_answer(question: Question | None = None, **fields: Any) -> Answer:
    """Stated, by a new speaker, unless told otherwise."""
    fields.setdefault("text", "They say what was said.")
    if fields.get("attribution") != "unknown":
        fields.setdefault("speaker", None)
        fields["speaker"] = fields["speaker"] or make_speaker()
    return Answer.objects.create(question=question or make_question(), **fields)


def make_correction(event: Event, **fields: Any) -> Correction:
    fields.setdefault("note", "A figure was mended.")
    return Correction.objects.create(event=event, **fields)


def make_session(
    questions: int = 1, answers: int = 1, *, speakers: list[Speaker] | None = None, **fields: Any
) -> Event:
    """A published event with a panel and as many questions, each with as many answers."""
    event = make_event(**({"status": "published"} | fields))
    panel = speakers or [make_speaker() for _ in range(max(answers, 1))]
    for speaker in panel:
        make_panelist(event, speaker=speaker)
    for number in range(questions):
        question = make_question(event, text=f"Question number {number + 1}?")
        for place in range(answers):
            make_answer(question, speaker=panel[place % len(panel)], text=f"Answer {place + 1}.")
    return event


def make_editor(username: str = "editor", role: str = "Publisher") -> User:
    """Staff with a role, the one that may do most unless told otherwise; no superuser. The password is "password"."""
    user = User.objects.create_user(username, password="password", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user
