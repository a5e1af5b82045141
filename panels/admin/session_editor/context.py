"""The session editor's page, and for its script the parts that changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.session_editor.rows import PassageRow, attach_comments, clock, rows_of, unsaved_work_of
from panels.admin.shared.base import PanelsAdmin, editor_of
from panels.editorial.history.event_versions import number_in, snapshot_of, token_of
from panels.editorial.session_editor import editing_sessions
from panels.editorial.session_editor.comments import open_comments
from panels.editorial.session_editor.saving import SaveResult, transcript_at_version
from panels.editorial.session_editor.steps import anchors_of, differing
from panels.editorial.speakers_and_tags.identifying import unidentified_labels
from panels.models import EditingSession, Event
from panels.reading.export import transcript_of
from panels.transcript import Transcript


@dataclass(frozen=True)
class EditRequest:
    """An editor's request about an event."""

    admin: PanelsAdmin
    request: HttpRequest
    event: Event

    @property
    def editor(self) -> AbstractBaseUser:
        return editor_of(self.request)

    @cached_property
    def wants_json(self) -> bool:
        return self.request.accepts("application/json") and not self.request.accepts("text/html")

    @property
    def form_name(self) -> str:
        """The name of a form's unsaved input: its anchor, or the passage that a new one will follow."""
        anchor = self.request.POST.get("at", "")
        return (anchor or f"new {self.request.POST.get('after', '')}")[:100]

    def number(self, name: str) -> int:
        """The submitted number; 0 if it is not one."""
        written = self.request.POST.get(name) or self.request.GET.get(name, "")
        return int(written) if written.isdecimal() and len(written) < 16 else 0  # noqa: PLR2004 — nothing is as many

    def version(self, name: str) -> int | None:
        """The version number in the submitted token; None if there is none, or more than one."""
        sent = self.request.POST.getlist(name) or self.request.GET.getlist(name)
        return number_in(self.event, sent[0]) if len(sent) == 1 else None

    @property
    def unsaved(self) -> Mapping[str, Any]:
        """The editor's unsaved input, by form name."""
        own = EditingSession.objects.filter(event=self.event, editor=self.editor.pk)
        return own.values_list("unsaved", flat=True).first() or {}

    def transcript(self) -> Transcript:
        """The current transcript, with its version."""
        return transcript_of(Event.objects.select_related("version").get(pk=self.event.pk))

    def address(self, rest: str = "") -> str:
        return reverse("admin:panels_event_editor", args=[self.event.pk]) + rest


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for the editor, and the passage to scroll to; with `moved`, the order may have changed."""

    text: str = ""
    level: int = messages.SUCCESS
    anchor: str = ""
    saved: SaveResult | None = None
    moved: bool = False


def respond(edit: EditRequest, notice: Notice) -> HttpResponse:
    """Redirect to the page; the script gets the passages that changed."""
    if not edit.wants_json:
        messages.add_message(edit.request, notice.level, notice.text)
        undo = ""
        if notice.saved:
            undo = f"?undo={notice.saved.undo_to}&version={token_of(edit.event, notice.saved.version)}"
            undo += f"&near={quote(notice.anchor)}" if notice.anchor else ""
        return HttpResponseRedirect(edit.address(f"{undo}#{notice.anchor}" if notice.anchor else undo))
    with snapshot_of(edit.event) as shown:
        edit = replace(edit, event=shown.event)
        transcript = edit.transcript()
        drawn = {notice.anchor, *edit.request.POST.getlist("at"), *(notice.saved.new if notice.saved else ())}
        if notice.moved or (notice.saved and notice.saved.meanwhile):
            drawn |= _differing(edit, edit.version("shown"), transcript)
        return show_parts(edit, transcript, [row for row in rows_of(transcript) if row.anchor in drawn], notice)


def show_since(edit: EditRequest, transcript: Transcript, version: int | None) -> JsonResponse:
    """The changes since a version, for an editor whose page shows that version."""
    changed = _differing(edit, version, transcript)
    return show_parts(
        edit, transcript, [row for row in rows_of(transcript) if row.anchor in changed], Notice(moved=True)
    )


def _differing(edit: EditRequest, version: int | None, transcript: Transcript) -> set[str]:
    """The anchors of passages that differ from a version; all of them if the version is unknown."""
    return differing(Transcript() if version is None else transcript_at_version(edit.event, version), transcript)


def show_parts(
    edit: EditRequest,
    transcript: Transcript,
    rows: Iterable[PassageRow],
    notice: Notice | None = None,
    status: int = 200,
) -> JsonResponse:
    """Passages by anchor, as shown on the page; after a change, also the order of all."""
    notice, rows = notice or Notice(), list(rows)
    attach_comments(rows, open_comments(edit.event))
    name = "admin/panels/session_editor/_passage.html"
    drawn = {
        row.anchor or "new": render_to_string(name, {"event": edit.event, "row": row}, edit.request) for row in rows
    }
    parts = {
        "html": drawn,
        "order": anchors_of(transcript) if notice.saved or notice.moved else None,
        "version": token_of(edit.event, transcript.version),
        "message": notice.text,
        "level": messages.DEFAULT_TAGS[notice.level],
        "undo": notice.saved.undo_to if notice.saved else None,
        "focus": notice.anchor,
    }
    return JsonResponse(parts, status=status)


def show_page(edit: EditRequest, transcript: Transcript, rows: list[PassageRow], status: int = 200) -> HttpResponse:
    commenting = edit.request.GET.get("comment", "")
    for row in rows:
        row.commenting = bool(commenting) and row.anchor == commenting
    unattributed = [row.anchor for row in rows if not row.is_question and row.anchor and not row.turn.speaker]
    context: dict[str, Any] = {
        **edit.admin.admin_site.each_context(edit.request),
        "event": edit.event,
        "opts": edit.admin.opts,
        "title": _("Edit session"),
        "subtitle": str(edit.event),
        "transcript": transcript,
        "rows": rows,
        "unsaved_work": unsaved_work_of(edit.event, edit.unsaved, transcript),
        "others": other_editors(edit),
        "astray": attach_comments(rows, open_comments(edit.event)),
        "undo": _undo(edit, transcript),
        "undo_near": edit.request.GET.get("near", ""),
        "unattributed": len(unattributed),
        "unidentified": unidentified_labels().filter(session=edit.event.pk).count(),
        "first_unattributed": unattributed[0] if unattributed else "",
        "last_anchor": (anchors_of(transcript) or [""])[-1],
    }
    return render(edit.request, "admin/panels/session_editor/session_editor.html", context, status=status)


def other_editors(edit: EditRequest) -> list[str]:
    """The other editors who have the event open, in words."""
    return [
        gettext("%(who)s has been editing since %(since)s (last active %(seen)s).")
        % {"who": one.editor, "since": clock(one.opened_at), "seen": clock(one.seen_at)}
        for one in editing_sessions.other_sessions(edit.event, edit.editor)
    ]


def _undo(edit: EditRequest, transcript: Transcript) -> int:
    """The revision before the change named in the URL, if that change is still the last one."""
    undo = edit.request.GET.get("undo", "")
    still = edit.version("version") == transcript.version
    return int(undo) if still and undo.isdecimal() and len(undo) < 9 else 0  # noqa: PLR2004 — no event has as many
