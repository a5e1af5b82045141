"""Importing in the admin: paste or upload a text, review the preview, resolve doubts, save a draft.

The text is saved as an `ImportDraft` as soon as it is previewed, so no decision is lost when a window is closed. Every
button of the page sends the whole form, and what was typed is saved with what the button does. The page carries the
version of the draft that it shows; an older page changes nothing, and is shown again with what was typed.
"""

import copy
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from panels.admin.importing.forms import PlanForm, SourceForm
from panels.admin.importing.outdated import inputs_without_field, merged_data, open_place
from panels.admin.importing.preview import (
    page_of_import,
    people_asked_for,
    plan_form,
    planned_or_refusal,
    preview_page,
    source_page,
)
from panels.admin.importing.readable import READABLE
from panels.admin.importing.steps import pressed_step, step_data
from panels.admin.importing.unapplied import is_note_kept, unapplied
from panels.admin.importing.who_is_who import is_anything_typed
from panels.admin.shared.base import PanelsAdmin, editor_of, version_sent
from panels.admin.shared.change_notes import ChangeNoteForm, change_note_from
from panels.editorial.history.event_versions import token_of
from panels.editorial.importing import ImportRefusedError, Plan
from panels.editorial.importing.alike import alike_event, decisions_without_field, recognise, update_alike
from panels.editorial.importing.drafts import (
    UNAPPLIED,
    DraftChangedError,
    UnreadableImportError,
    discard,
    has_steps_of,
    is_step_after,
    is_undo_after,
    plan_of,
    read_again,
    ready,
    settle,
    start_import,
    store,
    transcript_of,
    version_of,
)
from panels.editorial.importing.replay import Replay, replay_decisions
from panels.editorial.saving.corrections import ChangeNoteRequiredError
from panels.editorial.saving.locking import hold
from panels.editorial.session_editor import editing_sessions
from panels.editorial.transcript_edits import StepError
from panels.editorial.wording import error_text
from panels.formats.base import FormatError
from panels.formats.registry import format_named
from panels.models import Event, ImportDraft
from panels.transcript import Transcript
from panels.transcript.text import normalize_newlines

_VERSION = "import_version"  # the field
_UNFINISHED = 10


def import_view(admin: PanelsAdmin, request: HttpRequest) -> HttpResponse:
    """The form for a source; with `?event=`, for a corrected text of that event."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    asked = request.GET.get("event", "")
    is_key = asked.isdecimal() and len(asked) < 16  # noqa: PLR2004 — no key is as long
    onto = get_object_or_404(Event, pk=int(asked)) if is_key else None
    if onto is not None and not admin.has_change_permission(request, onto):
        raise PermissionDenied
    form = SourceForm(request.POST, request.FILES) if request.method == "POST" else SourceForm()
    if request.method == "POST" and form.is_valid():
        try:
            import_draft = start_import(form.cleaned_data["source"], by=editor_of(request), onto=onto)
        except FormatError as error:
            form.add_error(None, error_text(error))
        else:
            _remember(request, import_draft)
            return HttpResponseRedirect(_address(import_draft))
    unfinished = ImportDraft.objects.filter(created_by=editor_of(request).pk, stored_at=None).for_lists()
    context = {"form": form, "onto": onto, "unfinished": unfinished[:_UNFINISHED], "readable": READABLE}
    return page_of_import(admin, request, "import.html", context)


def _remember(request: HttpRequest, import_draft: ImportDraft) -> None:
    """Take the decisions of an earlier import of the same session again, or note which stored session it looks like."""
    event = import_draft.event or recognise(import_draft)
    if event is not None:
        _say_replayed(request, replay_decisions(import_draft, event))


def _say_replayed(request: HttpRequest, replay: Replay) -> None:
    if replay.steps:
        text = ngettext(
            "%(n)d decision from the last import was applied again.",
            "%(n)d decisions from the last import were applied again.",
            len(replay.steps),
        )
        messages.info(request, text % {"n": len(replay.steps)})
    if replay.left_out:
        text = ngettext(
            "%(n)d decision from the last import could not be applied, because its passage has changed.",
            "%(n)d decisions from the last import could not be applied, because their passages have changed.",
            replay.left_out,
        )
        messages.warning(request, text % {"n": replay.left_out})


def import_preview_view(admin: PanelsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The preview of an import beside its source, where it is corrected and saved.

    Only its owner and editors of all events can see and discard it. The page opens whatever the text contains.
    """
    import_draft = get_object_or_404(ImportDraft.objects.select_related("event"), pk=pk)
    if not may_see(request, import_draft) or not admin.has_add_permission(request):
        raise PermissionDenied
    try:
        return _preview(admin, request, import_draft)
    except UnreadableImportError as error:
        reason = gettext("This import was written by another version of Panels: %(reason)s") % {"reason": error}
        return source_page(admin, request, import_draft, reason, may_read_again=True)


def _preview(admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft) -> HttpResponse:
    is_outdated = False
    if request.method == "POST" and "discard" in request.POST:
        try:
            return _discard(request, import_draft)
        except DraftChangedError:
            is_outdated = True
    if import_draft.event and not admin.has_change_permission(request, import_draft.event):
        reason = gettext("You do not have permission to change this session.")
        return source_page(admin, request, import_draft, reason)
    if request.method == "POST" and not is_outdated:
        try:
            return _act(admin, request, import_draft)
        except DraftChangedError:
            is_outdated = True
    return _outdated(admin, request, import_draft.pk) if is_outdated else preview_page(admin, request, import_draft)


def may_see(request: HttpRequest, import_draft: ImportDraft) -> bool:
    """Whether the import is the user's own, or they may edit all events."""
    editor = request.user
    return import_draft.created_by_id == editor.pk or editor.has_perm("panels.change_reviewed_event")


def _discard(request: HttpRequest, import_draft: ImportDraft) -> HttpResponse:
    discard(import_draft, version=version_sent(request, _VERSION))
    messages.success(request, gettext("Import discarded. Nothing was saved."))
    return HttpResponseRedirect(reverse("admin:panels_event_import"))


def _act(admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft) -> HttpResponse:
    """Save the input, and perform the action of the button. Raises DraftChangedError if the page was out of date."""
    if version_of(import_draft) != version_sent(request, _VERSION):
        raise DraftChangedError
    if "reread" in request.POST:
        return _read_again(request, import_draft)
    if "update_alike" in request.POST:
        return _update_alike(admin, request, import_draft)
    if "to_text" in request.POST and import_draft.event is not None and format_named(import_draft.format).is_record:
        return _back_to_text(request, import_draft, import_draft.event)
    transcript = transcript_of(import_draft)
    planned, _refusal = planned_or_refusal(import_draft, transcript)
    form = PlanForm(people_asked_for(import_draft, transcript, planned), planned, request.POST)
    if not form.is_valid():
        return preview_page(admin, request, import_draft, form)
    is_as_planned = _is_as_planned(request, import_draft, transcript, planned, form)
    decisions = import_draft.decisions if is_as_planned else form.settled() | decisions_without_field(import_draft)
    if "not_alike" in request.POST:
        decisions = form.settled()
    decisions = _with_unapplied(decisions, unapplied(request, import_draft, transcript))
    if "store" in request.POST and not is_anything_typed(request, transcript, with_proposed=True):
        settle(import_draft, version=version_sent(request, _VERSION), decisions=decisions)
        return _store(admin, request, import_draft, planned if is_as_planned else None)
    return _step(request, import_draft, transcript, decisions)


def _with_unapplied(decisions: Mapping[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    decided = {name: value for name, value in decisions.items() if name != UNAPPLIED}
    return decided | ({UNAPPLIED: typed} if typed else {})


def _is_as_planned(
    request: HttpRequest, import_draft: ImportDraft, transcript: Transcript, planned: Plan | None, form: PlanForm
) -> bool:
    """Return whether a valid form changes nothing."""
    kept, decided = decisions_without_field(import_draft), _with_unapplied(import_draft.decisions, {})
    if decided != kept:
        return bool(form.settled() | kept == decided)
    untouched = {
        "title": transcript.title,
        "date": str(transcript.date or ""),
        "language": planned.transcript.language if planned and planned.stored is None else "",
        **{name: getattr(transcript, name) for name in ("publisher", "source_note") if name in request.POST},
    }
    return bool(form.settled() == form.unanswered() | untouched)


def _outdated(admin: PanelsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Respond to an outdated page: show the current import, with the submitted input."""
    import_draft = ImportDraft.objects.select_related("event").filter(pk=pk).first()
    if import_draft is None:
        messages.warning(request, gettext("This import was discarded in another window."))
        return HttpResponseRedirect(reverse("admin:panels_event_import"))
    if import_draft.stored_at is not None:
        messages.warning(request, gettext("This import is already saved. Nothing was changed."))
        return HttpResponseRedirect(_address(import_draft))
    warning = gettext(
        "This import was changed in another window or by another editor, so your action was not applied. "
        "Check the import, then try again. Your changes are kept in the form."
    )
    try:
        transcript = transcript_of(import_draft)
    except UnreadableImportError:
        messages.warning(request, warning)
        raise
    planned, _refusal = planned_or_refusal(import_draft, transcript)
    form = PlanForm(people_asked_for(import_draft, transcript, planned), planned, request.POST)
    if form.is_valid() and _is_done(request, import_draft, transcript, planned, form):
        return HttpResponseRedirect(_address(import_draft, near=request.POST.get("open", "")))
    messages.warning(request, warning)
    shown = plan_form(import_draft, transcript, planned)
    data, differing = merged_data(shown, request.POST)
    elsewhere = inputs_without_field(request.POST, transcript)
    form = PlanForm(shown.people, planned, data)
    return preview_page(admin, request, import_draft, form, outdated=[*differing, *elsewhere])


def _is_done(
    request: HttpRequest, import_draft: ImportDraft, transcript: Transcript, planned: Plan | None, form: PlanForm
) -> bool:
    """Whether exactly this was already done, as when a button is pressed twice."""
    version = version_sent(request, _VERSION)
    if "update_alike" in request.POST:
        return import_draft.event is not None
    is_no_step = bool({"store", "discard", "reread", "to_text"} & set(request.POST))
    is_as_planned = _is_as_planned(request, import_draft, transcript, planned, form)
    if is_no_step or not is_as_planned or not is_note_kept(request, import_draft):
        return False
    if "undo" in request.POST:
        return is_undo_after(import_draft, version)
    before = copy.copy(import_draft)
    before.steps = import_draft.steps[:-1]
    pressed = pressed_step(request, transcript_of(before))
    if not pressed:
        return has_steps_of(import_draft, version)
    try:
        return is_step_after(import_draft, version) and step_data(request, pressed, before) == import_draft.steps[-1]
    except StepError:
        return False


def _update_alike(admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft) -> HttpResponse:
    """Turn the text into a corrected text of the stored session that it resembles."""
    event = alike_event(import_draft)
    if event is not None:
        if not admin.has_change_permission(request, event):
            raise PermissionDenied
        _say_replayed(request, update_alike(import_draft, event, version=version_sent(request, _VERSION)))
    return HttpResponseRedirect(_address(import_draft))


def _read_again(request: HttpRequest, import_draft: ImportDraft) -> HttpResponse:
    try:
        read_again(import_draft, version=version_sent(request, _VERSION))
    except FormatError as error:
        messages.error(request, error_text(error))
    return HttpResponseRedirect(_address(import_draft))


def _store(admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft, planned: Plan | None) -> HttpResponse:
    """Save the reviewed import. Everything is computed first, and the versions are compared again when writing."""
    version = version_of(import_draft)
    try:
        planned = planned or plan_of(import_draft)
        transcript_at_version = request.POST.get("version", "")
        if transcript_at_version != str(planned.version or "") and not (
            planned.stored is None and import_draft.decisions.get("force_new")
        ):
            messages.warning(
                request, gettext("The session has changed since you previewed it. Review the changes again.")
            )
            return HttpResponseRedirect(_address(import_draft))
        if planned.stored is not None and not admin.has_change_permission(request, planned.stored):
            raise PermissionDenied
        change_note = change_note_from(request)
        event = store(import_draft, ready(planned), version=version, by=editor_of(request), change_note=change_note)
    except ChangeNoteRequiredError as error:
        asked = ChangeNoteForm(request.POST, public=True, label_suffix="")
        asked.add_error("correction_note", str(error))
        return preview_page(admin, request, import_draft, change_note=asked)
    except ImportRefusedError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(_address(import_draft))
    text = gettext("Saved “%(event)s” as a draft.") if planned.stored is None else gettext("Updated “%(event)s”.")
    shown = event.get_absolute_url() if event.is_public else reverse("admin:panels_event_preview", args=[event.pk])
    messages.success(request, format_html('{} <a href="{}">{}</a>', text % {"event": event}, shown, gettext("View it")))
    return HttpResponseRedirect(reverse("admin:panels_event_change", args=[event.pk]))


def _step(
    request: HttpRequest, import_draft: ImportDraft, transcript: Transcript, decisions: dict[str, Any]
) -> HttpResponse:
    """Apply a step, or open the tools of a place, and redirect to where it was done.

    If a step cannot be applied, only the input is saved, and the tools stay open.
    """
    version = version_sent(request, _VERSION)
    place = request.POST.get("at", "")
    if pressed := "undo" not in request.POST and pressed_step(request, transcript):
        try:
            taken = step_data(request, pressed, import_draft)
            settle(import_draft, version=version, decisions=decisions, taken=taken)
        except StepError as error:
            messages.error(request, str(error))
            place = open_place(request.POST, transcript)
        else:
            if "store" in request.POST:
                messages.info(
                    request, gettext("What you entered under “Who is who?” was applied. Check the preview, then save.")
                )
            return HttpResponseRedirect(_address(import_draft, near=str(taken.get("at", ""))))
    settle(import_draft, version=version, decisions=decisions, undo="undo" in request.POST)
    return HttpResponseRedirect(_address(import_draft, at=place))


def _back_to_text(request: HttpRequest, import_draft: ImportDraft, event: Event) -> HttpResponse:
    """Offer the text again as unsaved changes, with the version that it was made from."""
    text = normalize_newlines(bytes(import_draft.source).decode())
    made_from = transcript_of(import_draft).version
    kept = {"text": text, "version": token_of(event, made_from) if made_from is not None else ""}
    with transaction.atomic():
        hold(Event, [event.pk])
        editing_sessions.autosave(event, editor_of(request), editing_sessions.AS_TEXT, kept)
        discard(import_draft, version=version_sent(request, _VERSION))
    return HttpResponseRedirect(reverse("admin:panels_event_text", args=[event.pk]))


def _address(import_draft: ImportDraft, *, at: str = "", near: str = "") -> str:
    """The URL of an import draft's page, with the tools open `at` a place, or scrolled `near` it."""
    address = reverse("admin:panels_event_import_preview", args=[import_draft.pk])
    place = at or near
    return f"{address}{f'?at={quote(at)}' if at else ''}{f'#p-{quote(place)}' if place else ''}"
