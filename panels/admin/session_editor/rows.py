"""The rows of the session editor: each passage as text, or as a form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from panels.admin.session_editor.forms import PassageForm, initial_of, names_in
from panels.editorial.history.event_versions import number_in
from panels.editorial.session_editor import editing_sessions
from panels.editorial.session_editor.saving import EditConflict
from panels.editorial.session_editor.steps import anchors_of, fields_of, has
from panels.editorial.speakers_and_tags.tagging import suggested_tags
from panels.models import Comment, Event
from panels.transcript import Transcript, Turn

_OPEN_AT_ONCE = 50


@dataclass(slots=True)
class PassageRow:
    """A passage; open if it has a `form`.

    `version` is the version that the editor saw (None if unknown), and `unsaved` the time of autosaved input. A new
    passage has no anchor and follows the passage `after`; one that is `gone` was deleted while its form was open.
    `kept` names the unsaved input that the form shows. `commenting` marks the passage that the editor is writing a
    comment on.
    """

    anchor: str
    turn: Turn
    is_question: bool
    follow_up: bool = False
    form: PassageForm | None = None
    version: int | None = None
    conflict: EditConflict | None = None
    unsaved: str = ""
    kept: str = ""
    after: str = ""
    gone: bool = False
    comments: list[Comment] = field(default_factory=list)
    commenting: bool = False

    def suggested_tags(self) -> list[str]:
        return suggested_tags(self.turn.text, self.turn.tags)


@dataclass(frozen=True, slots=True)
class UnsavedWork:
    """Unsaved input. `address` is the URL where it continues; empty for a passage that was deleted since.

    It is also empty if `is_other`: it is from another window, and older than the input offered first.
    """

    name: str
    kept_at: str
    text: str
    address: str
    at: str = ""
    kept: str = field(default="", kw_only=True)
    after: str = field(default="", kw_only=True)
    is_other: bool = field(default=False, kw_only=True)


def rows_of(transcript: Transcript) -> list[PassageRow]:
    """All passages in reading order, closed."""
    rows: list[PassageRow] = []
    for exchange in transcript.exchanges:
        asked = exchange.question or Turn(text="")
        rows.append(PassageRow(asked.anchor or "", asked, is_question=True, follow_up=exchange.follow_up))
        rows += (PassageRow(turn.anchor or "", turn, is_question=False) for turn in exchange.answers)
    return rows


def rows_for_request(
    request: HttpRequest, event: Event, transcript: Transcript, unsaved: Mapping[str, Any]
) -> list[PassageRow]:
    """All passages, those named by the URL open, each with its unsaved input."""
    names, public = names_in(transcript), event.is_public
    rows = rows_of(transcript)
    opened = set(request.GET.getlist("edit")[:_OPEN_AT_ONCE])
    for row in rows:
        kept = unsaved.get(row.anchor, {})
        row.unsaved = kept_at(kept)
        if row.anchor in opened:
            fields = initial_of(fields_of(transcript, row.anchor)) | kept
            row.form = PassageForm(names, anchor=row.anchor, initial=fields, question=row.is_question, public=public)
            row.version = number_in(event, str(kept.get("version", ""))) if kept else transcript.version
            row.kept = str(kept.get("kept_at", ""))
    after = request.GET.get("add")
    if after is not None and (not after or has(transcript, after)):
        kept = unsaved.get(f"new {after}", {})
        question = (kept.get("what") or request.GET.get("what")) == "question" or not after
        row = PassageRow("", Turn(text=""), question, after=after, version=transcript.version, unsaved=kept_at(kept))
        row.kept = str(kept.get("kept_at", ""))
        row.form = PassageForm(names, initial=kept, question=question, public=public)
        insert(rows, row)
    return rows


def attach_comments(rows: list[PassageRow], comments: Iterable[Comment]) -> list[PassageRow]:
    """Attach comments to their passages. Comments on deleted passages are returned in rows of their own."""
    there = {row.anchor: row for row in rows if row.anchor}
    astray: dict[str, PassageRow] = {}
    for comment in comments:
        row = there.get(comment.anchor) or astray.setdefault(
            comment.anchor, PassageRow(comment.anchor, Turn(text=""), is_question=False)
        )
        row.comments.append(comment)
    return list(astray.values())


def insert(rows: list[PassageRow], row: PassageRow) -> None:
    """Insert a passage after the one that it follows; a question after the answers of that one."""
    at = next((place for place, one in enumerate(rows) if one.anchor and one.anchor == row.after), -1) + 1
    while row.is_question and row.after and at < len(rows) and not rows[at].is_question:
        at += 1
    rows.insert(at, row)


def unsaved_work_of(event: Event, unsaved: Mapping[str, Any], transcript: Transcript) -> list[UnsavedWork]:
    offers = []
    for name, kept in unsaved.items():
        for place, values in enumerate(editing_sessions.unsaved_by_window(kept)):
            offer = _unsaved_work(event, name, values, transcript)
            address = "" if place and name != editing_sessions.AS_TEXT else offer.address
            offers.append(replace(offer, kept=str(values.get("kept_at", "")), address=address, is_other=bool(place)))
    return offers


def _unsaved_work(event: Event, name: str, values: Mapping[str, Any], transcript: Transcript) -> UnsavedWork:
    when, text = kept_at(values), str(values.get("text", ""))
    if name == editing_sessions.AS_TEXT:
        address = f"{reverse('admin:panels_event_text', args=[event.pk])}?kept={quote(str(values.get('kept_at', '')))}"
        return UnsavedWork(gettext("Edit as text"), when, "", address, at=name)
    if name.startswith("new "):
        after = name.removeprefix("new ")
        there = not after or has(transcript, after)
        return UnsavedWork(name, when, text, f"?add={quote(after)}#new" if there else "", after=after)
    there = has(transcript, name)
    return UnsavedWork(name, when, text, f"?edit={quote(name)}#{quote(name)}" if there else "", at=name)


def previous_anchor(seen: Transcript, now: Transcript, anchor: str) -> str:
    """The remaining passage that a deleted one followed; empty if it was the first."""
    places = anchors_of(seen)
    before = places[: places.index(anchor)] if anchor in places else []
    return next((one for one in reversed(before) if has(now, one)), "")


def kept_at(values: Mapping[str, Any]) -> str:
    """The time of unsaved input, in words; empty if there is none."""
    moment = parse_datetime(str(values.get("kept_at", "")))
    return clock(moment) if moment else ""


def clock(moment: Any) -> str:
    """The time, with the date if it is not today."""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return formats.time_format(local, "H:i") if today else formats.date_format(local, "SHORT_DATETIME_FORMAT")
