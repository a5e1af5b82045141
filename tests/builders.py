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


def make_hebrew_session() -> tuple[Event, Event]:
    """A session that is written from right to left, with all that a page may show of one, and a machine translation.

    The translation lacks two answers and has a question of its own.
    """
    original = make_published(
        title="מה לשמור, ועד מתי לפתוח? (שיחה פתוחה)", slug="ma-lishmor", language="he", date="2018-02-04",
        programme="שבת בספרייה", publisher="דף הערב, 1923", recording_url="https://recording.example/1",
        introduction="שתי החלטות מחכות לעיר: *המרתף* והמנורה (ראו גם: Library Journal, 2017).",
        source_note="רישום בקצרה; אין הקלטה.",
    )  # fmt: skip
    translation = make_published(
        title="What to keep, and how late to open? (An open talk)", slug="what-to-keep", date="2018-02-04",
        translation="machine", translated_from="he", translation_of=original,
    )  # fmt: skip
    librarian = make_speaker("Librarian of the Day", original_name="הספרנית של היום")
    archivist = make_speaker("Archivist on Duty", original_name="הארכיונאי התורן")
    for event, offices in ((original, ("מנהלת", "ארכיונאי (בפועל)")), (translation, ("Head", "Archivist (acting)"))):
        for speaker, office in zip((librarian, archivist), offices, strict=True):
            make_panelist(event, speaker=speaker, title=office)
    first = make_question(original, text="מה חשוב לשמור – ומה לא?", asked_by=librarian, media_time=12)
    words = 'קודם כול את **העיתונים**: 1923–1945 (כ-4,000).\n\n> "מה שאין לו עותק, נשמר".\n\n- ספרים;\n- `OCR` של מפות.'
    make_answer(first, speaker=librarian, text=words, media_time=20)
    make_answer(first, speaker=archivist, text="אני לא מסכים. ראו https://record.example/a?b=1 – שם כתוב אחרת!")
    make_answer(first, attribution="unknown", text="ומי ישלם?", evidence='הרישום אומר רק "קול מהקהל".')
    second = make_question(original, text="האם לפתוח בלילה?", is_follow_up=True)
    make_answer(second, speaker=archivist, text="כן, עד 22:00.", attribution="inferred", evidence="הוא נזכר בשמו.")
    make_correction(original, anchor="q2-a1", note="נכתב 21:00.")
    asked = make_question(translation, text="What matters to keep – and what does not?", asked_by=librarian)
    make_answer(asked, speaker=librarian, text="First the **newspapers**: 1923–1945 (about 4,000).")
    make_answer(asked, speaker=archivist, text="I do not agree. See https://record.example/a?b=1 – it says otherwise!")
    make_question(translation, text="Shall it be open at night?")
    make_answer(make_question(translation, text="A question put in by the translator?"), speaker=librarian)
    for tagged in (original, first, translation):
        tagged.tags.add("Libraries", "ספריות")
    return original, translation
