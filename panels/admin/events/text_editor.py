"""Edit a session as one session document, with a live preview of how it is read."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from panels.admin.shared.base import PanelsAdmin, editor_of, version_sent
from panels.editorial.history.event_versions import Shown, number_in, snapshot_of
from panels.editorial.importing import ChangeKind, ImportRefusedError, compare, plan
from panels.editorial.importing.drafts import start_import
from panels.editorial.saving.changes import EditConflictError, check
from panels.editorial.session_editor import editing_sessions
from panels.editorial.wording import error_text
from panels.formats.base import FormatError, Source
from panels.formats.native import session_document
from panels.models import Event
from panels.reading.export import transcript_of
from panels.transcript.text import normalize_newlines

_LONGEST_KEPT = 1_000_000  # characters
_LONGEST_VERSION = 200  # no token is as long


class TextForm(forms.Form):
    """A session as one text."""

    text = forms.CharField(
        label=_("Text"), strip=False, widget=forms.Textarea(attrs={"rows": 40, "class": "vLargeTextField session-text"})
    )


def text_view(admin: PanelsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The text of a session, or the unsaved text if there is one. Changes are reviewed before they are saved.

    If several unsaved texts exist, the latest is shown, or the one named by `?kept=`, with links to the others.
    """
    event, editor = _event(admin, request, pk), editor_of(request)
    if request.method == "POST" and request.POST.get("do") == "discard":
        editing_sessions.discard_autosave(
            event, editor, editing_sessions.AS_TEXT, seen=version_sent(request, "kept_at")
        )
        return HttpResponseRedirect(request.path)
    form = TextForm(request.POST) if request.method == "POST" else None
    conflict: EditConflictError | None = None
    if form and form.is_valid():
        try:
            return _taken_in(request, event, form.cleaned_data["text"])
        except FormatError as error:
            form.add_error("text", error_text(error))
        except EditConflictError as error:
            conflict = error
            form.add_error("text", str(error))
    unsaved = editing_sessions.open_editing_session(event, editor).unsaved.get(editing_sessions.AS_TEXT)
    kept = editing_sessions.unsaved_by_window(unsaved)
    with snapshot_of(event) as shown:
        return _page(admin, request, shown, form, kept, conflict)


def _taken_in(request: HttpRequest, event: Event, text: str) -> HttpResponse:
    """Read the text, and redirect to the review of its changes.

    Raises FormatError, and EditConflictError if others have changed the event since the text was made from it.
    """
    version = version_sent(request)
    try:
        with snapshot_of(event) as shown:
            check(shown.event, number_in(event, version), by=editor_of(request))
        import_draft = start_import(
            _source(event, text), by=editor_of(request), onto=event, known=session_document.FORMAT
        )
    except (FormatError, EditConflictError):
        _keep(request, event, text, version)
        raise
    seen, values = version_sent(request, "kept_at"), {"text": normalize_newlines(text)}
    editing_sessions.discard_autosave(event, editor_of(request), editing_sessions.AS_TEXT, seen=seen, values=values)
    return HttpResponseRedirect(reverse("admin:panels_event_import_preview", args=[import_draft.pk]))


def _page(
    admin: PanelsAdmin,
    request: HttpRequest,
    shown: Shown,
    form: TextForm | None,
    unsaved: Sequence[Mapping[str, Any]],
    conflict: EditConflictError | None,
) -> HttpResponse:
    """The page with the submitted, unsaved or stored text, each with the version that it was made from."""
    event, version = shown.event, shown.token
    asked = [one for one in unsaved if one.get("kept_at") == request.GET.get("kept")]
    kept = next(iter([*asked, *unsaved]), {})
    text = kept.get("text") or session_document.write(transcript_of(event))
    if form is not None:
        text, version = form.data.get("text", ""), shown.token if conflict else version_sent(request)
        sent = [one for one in unsaved if one.get("text") == normalize_newlines(text)]
        kept = next(iter(sent), {"kept_at": version_sent(request, "kept_at")})
    elif kept.get("text"):
        version = str(kept.get("version", ""))
    differing = compare(conflict.seen, transcript_of(event)) if conflict and conflict.seen else None
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Edit as text"),
        "subtitle": str(event),
        "event": event,
        "version": version,
        "conflict": conflict,
        "changes": differing,
        "form": form or TextForm(initial={"text": text}),
        "kept_at": parse_datetime(str(kept.get("kept_at", ""))),
        "kept": str(kept.get("kept_at", "")),
        "others": [_named(one) for one in unsaved if one.get("kept_at") != kept.get("kept_at")],
        **_preview(event, normalize_newlines(text)),
    }
    status = HTTPStatus.CONFLICT if conflict else HTTPStatus.OK
    return render(request, "admin/panels/event/text_editor.html", context, status=status)


def _named(kept: Mapping[str, Any]) -> dict[str, Any]:
    """An unsaved text, by the time that names it and as a readable time."""
    moment = str(kept.get("kept_at", ""))
    return {"kept": moment, "time": parse_datetime(moment)}


def text_preview_view(admin: PanelsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """For the page's script: autosave the text, and return its preview."""
    event = _event(admin, request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    text = normalize_newlines(request.POST.get("text", ""))
    kept = _keep(request, event, text, version_sent(request))
    response = render(request, "admin/panels/event/_text_preview.html", {"event": event, **_preview(event, text)})
    response["X-Kept-At"] = kept
    return response


def _preview(event: Event, text: str) -> dict[str, Any]:
    """The preview of a text: how it is read, what it would change, and doubts with their lines."""
    assert session_document.FORMAT.read is not None  # noqa: S101 - session documents are read as well as written
    try:
        transcript = session_document.FORMAT.read(_source(event, text))
        planned = plan(transcript, onto=event, whole=True)
    except FormatError as error:
        return {"refused": error_text(error), "refused_line": error.line}
    except ImportRefusedError as error:
        return {"refused": str(error), "refused_line": None}
    lines = session_document.answer_lines(_source(event, text))
    answers = (turn for exchange in transcript.exchanges for turn in exchange.answers)
    unnamed = [line for line, turn in zip(lines, answers, strict=True) if turn.speaker is None]
    passages = planned.comparison.passages if planned.comparison else ()
    changed = sum(change.kind is not ChangeKind.KEPT for change in passages)
    return {"plan": planned, "unnamed": unnamed, "changed": changed}


def _event(admin: PanelsAdmin, request: HttpRequest, pk: int) -> Event:
    event = get_object_or_404(Event, pk=pk)
    if not admin.has_change_permission(request, event):
        raise PermissionDenied
    return event


def _source(event: Event, text: str) -> Source:
    return Source.of(text, f"{event.slug}.md", settings.PANELS_IMPORT_LIMITS)


def _keep(request: HttpRequest, event: Event, text: str, version: str) -> str:
    """Autosave a text with the version that it was made from, so that it can be offered again after others have saved.

    Returns the name to use when it is autosaved the next time.
    """
    seen = version_sent(request, "kept_at")
    if len(text) > _LONGEST_KEPT:
        return seen
    kept = {"text": normalize_newlines(text), "version": version[:_LONGEST_VERSION]}
    return editing_sessions.autosave(event, editor_of(request), editing_sessions.AS_TEXT, kept, seen=seen)
