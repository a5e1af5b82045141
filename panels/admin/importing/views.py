"""Importing in the admin: paste or upload a text, review the preview, resolve doubts, save a draft.

The text is saved as an `ImportDraft` as soon as it is previewed, so no decision is lost when a window is closed. Every
button of the page sends the whole form, and what was typed is saved with what the button does. The page carries the
version of the draft that it shows; an older page changes nothing, and is shown again with what was typed.
"""

import copy
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from panels.admin.base import PanelsAdmin, editor_of, text_sent, version_sent
from panels.admin.change_notes import ChangeNoteForm, change_note_from
from panels.admin.importing.forms import PlanForm, SourceForm, key_of
from panels.admin.importing.labels import has_new_names, label_rows, step_typed
from panels.admin.importing.outdated import KeptInput, kept_inputs, merged_data, open_place
from panels.admin.importing.pages import MOST_LISTED, changes_of, lines_of, part_of
from panels.admin.importing.proposals import proposals_of, step_of
from panels.admin.importing.readable import READABLE, label_of
from panels.editorial.corrections import ChangeNoteRequiredError
from panels.editorial.importing import ImportRefusedError, Person, Plan
from panels.editorial.importing.alike import alike_event, kept_decisions, recognise, update_alike
from panels.editorial.importing.drafts import (
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
from panels.editorial.proposals import unresolved_labels
from panels.editorial.session_editor import editing_sessions
from panels.editorial.transcript_edits import StepError, paragraphs_of, sole_speaker, turn_at
from panels.editorial.versions import token_of
from panels.formats.base import FormatError
from panels.formats.registry import format_named
from panels.models import Event, ImportDraft, Revision
from panels.transcript import Transcript
from panels.transcript.text import normalize_newlines

_VERSION = "import_version"  # the field
_UNFINISHED = 10
_MOST_ASKED = 200  # people in one form
_LONGEST_TITLE = 1_000  # characters shown of one that is at fault


def import_view(admin: PanelsAdmin, request: HttpRequest) -> HttpResponse:
    """First the source; with `?event=` it is a corrected text of that event."""
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
            form.add_error(None, str(error))
        else:
            _remember(request, import_draft)
            return HttpResponseRedirect(_address(import_draft))
    unfinished = ImportDraft.objects.filter(created_by=editor_of(request).pk, stored_at=None).defer("source", "parsed")
    context = {"form": form, "onto": onto, "unfinished": unfinished[:_UNFINISHED], "readable": READABLE}
    return _page(admin, request, "import.html", context)


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

    Only its owner and editors of all events see and discard it. The page opens whatever the text contains.
    """
    import_draft = get_object_or_404(ImportDraft.objects.select_related("event"), pk=pk)
    if not may_see(request, import_draft) or not admin.has_add_permission(request):
        raise PermissionDenied
    try:
        return _preview(admin, request, import_draft)
    except UnreadableImportError as error:
        reason = gettext("This import was written by another version of Panels: %(reason)s") % {"reason": error}
        return _source_page(admin, request, import_draft, reason, may_read_again=True)


def _preview(admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft) -> HttpResponse:
    is_outdated = False
    if request.method == "POST" and "discard" in request.POST:
        try:
            return _discard(request, import_draft)
        except DraftChangedError:
            is_outdated = True
    if import_draft.event and not admin.has_change_permission(request, import_draft.event):
        reason = gettext("You do not have permission to change this session.")
        return _source_page(admin, request, import_draft, reason)
    if request.method == "POST" and not is_outdated:
        try:
            return _act(admin, request, import_draft)
        except DraftChangedError:
            is_outdated = True
    return _outdated(admin, request, import_draft.pk) if is_outdated else _plan_page(admin, request, import_draft)


def may_see(request: HttpRequest, import_draft: ImportDraft) -> bool:
    """Whether it is theirs, or they may edit all events."""
    editor = request.user
    return import_draft.created_by_id == editor.pk or editor.has_perm("panels.change_reviewed_event")


def _discard(request: HttpRequest, import_draft: ImportDraft) -> HttpResponse:
    discard(import_draft, version=version_sent(request, _VERSION))
    messages.success(request, gettext("Import discarded. Nothing was saved."))
    return HttpResponseRedirect(reverse("admin:panels_event_import"))


def _act(admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft) -> HttpResponse:
    """Keep what was typed, and do what the button says. Raises DraftChangedError if the page was an older one."""
    if version_of(import_draft) != version_sent(request, _VERSION):
        raise DraftChangedError
    if "reread" in request.POST:
        return _read_again(request, import_draft)
    if "update_alike" in request.POST:
        return _update_alike(admin, request, import_draft)
    if "to_text" in request.POST and import_draft.event is not None and format_named(import_draft.format).is_record:
        return _back_to_text(request, import_draft, import_draft.event)
    transcript = transcript_of(import_draft)
    planned, _refusal = _planned(import_draft, transcript)
    form = PlanForm(_asked_for(import_draft, transcript, planned), planned, request.POST)
    if not form.is_valid():
        return _plan_page(admin, request, import_draft, form)
    is_as_planned = _is_as_planned(request, import_draft, transcript, planned, form)
    decisions = None if is_as_planned else form.settled() | kept_decisions(import_draft)
    if "not_alike" in request.POST:
        decisions = form.settled()
    if "store" in request.POST and not has_new_names(request, transcript):
        settle(import_draft, version=version_sent(request, _VERSION), decisions=decisions)
        return _store(admin, request, import_draft, planned if decisions is None else None)
    return _step(request, import_draft, transcript, decisions)


def _is_as_planned(
    request: HttpRequest, import_draft: ImportDraft, transcript: Transcript, planned: Plan | None, form: PlanForm
) -> bool:
    """Return whether a valid form changes nothing."""
    kept = kept_decisions(import_draft)
    if import_draft.decisions != kept:
        return bool(form.settled() | kept == import_draft.decisions)
    untouched = {
        "title": transcript.title,
        "date": str(transcript.date or ""),
        "language": planned.transcript.language if planned and planned.stored is None else "",
        **{name: getattr(transcript, name) for name in ("publisher", "source_note") if name in request.POST},
    }
    return bool(form.settled() == form.unanswered() | untouched)


def _outdated(admin: PanelsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a page that shows an older version: show the import as it is now, with what was typed."""
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
    planned, _refusal = _planned(import_draft, transcript)
    form = PlanForm(_asked_for(import_draft, transcript, planned), planned, request.POST)
    if form.is_valid() and _is_done(request, import_draft, transcript, planned, form):
        return HttpResponseRedirect(_address(import_draft, near=request.POST.get("open", "")))
    messages.warning(request, warning)
    shown = _form(import_draft, transcript, planned)
    data, differing = merged_data(shown, request.POST)
    elsewhere = kept_inputs(request.POST, shown, transcript)
    form = PlanForm(shown.people, planned, data)
    return _plan_page(admin, request, import_draft, form, outdated=[*differing, *elsewhere])


def _is_done(
    request: HttpRequest, import_draft: ImportDraft, transcript: Transcript, planned: Plan | None, form: PlanForm
) -> bool:
    """Return whether exactly this was done since, as by a button that was pressed twice."""
    version = version_sent(request, _VERSION)
    if "update_alike" in request.POST:
        return import_draft.event is not None
    is_no_step = bool({"store", "discard", "reread", "to_text"} & set(request.POST))
    if is_no_step or not _is_as_planned(request, import_draft, transcript, planned, form):
        return False
    if "undo" in request.POST:
        return is_undo_after(import_draft, version)
    before = copy.copy(import_draft)
    before.steps = import_draft.steps[:-1]
    pressed = _pressed(request, transcript_of(before))
    if not pressed:
        return has_steps_of(import_draft, version)
    try:
        return is_step_after(import_draft, version) and _taken(request, pressed, before) == import_draft.steps[-1]
    except StepError:
        return False


def _update_alike(admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft) -> HttpResponse:
    """Turn the text into a corrected text of the stored session that it looks like."""
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
        messages.error(request, str(error))
    return HttpResponseRedirect(_address(import_draft))


def _store(admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft, planned: Plan | None) -> HttpResponse:
    """Store what was looked at. Everything is computed first; the versions are compared again by who writes."""
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
        return _plan_page(admin, request, import_draft, change_note=asked)
    except ImportRefusedError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(_address(import_draft))
    text = gettext("Saved “%(event)s” as a draft.") if planned.stored is None else gettext("Updated “%(event)s”.")
    messages.success(request, text % {"event": event})
    return HttpResponseRedirect(reverse("admin:panels_event_change", args=[event.pk]))


def _step(
    request: HttpRequest, import_draft: ImportDraft, transcript: Transcript, decisions: dict[str, Any] | None
) -> HttpResponse:
    """One step, or the tools for one place; the address leads back to where it was done.

    Of a step that cannot be taken only what was typed into the form is kept.
    """
    version = version_sent(request, _VERSION)
    if pressed := "undo" not in request.POST and _pressed(request, transcript):
        try:
            taken = _taken(request, pressed, import_draft)
            settle(import_draft, version=version, decisions=decisions, taken=taken)
        except StepError as error:
            messages.error(request, str(error))
        else:
            if "store" in request.POST:
                messages.info(
                    request, gettext("The names under “Who is who?” were applied. Check the preview, then save.")
                )
            return HttpResponseRedirect(_address(import_draft, near=str(taken.get("at", ""))))
    settle(import_draft, version=version, decisions=decisions, undo="undo" in request.POST)
    return HttpResponseRedirect(_address(import_draft, at=request.POST.get("at", "")))


def _pressed(request: HttpRequest, transcript: Transcript) -> str:
    """The button's step; the enter key in the field for the speaker stands for setting them.

    Names typed under “Who is who?” are applied by the enter key and by the buttons that save, too.
    """
    if "enter" in request.POST and request.POST.get("speaker"):
        return f"name {request.POST.get('open', '')}"
    saves = {"enter", "keep", "store"} & set(request.POST)
    if saves and "step" not in request.POST and has_new_names(request, transcript):
        return "voices"
    return request.POST.get("step", "")


def _taken(request: HttpRequest, pressed: str, import_draft: ImportDraft) -> dict[str, Any]:
    """The step that a button stands for: its name, the place, and where needed a number."""
    name, place, number, *_rest = [*pressed.split(), "", "", ""]
    if name == "proposal":
        return step_of(import_draft, place, number)
    return _typed(request, import_draft, name, place, number)


def _typed(request: HttpRequest, import_draft: ImportDraft, name: str, place: str, number: str) -> dict[str, Any]:
    if name == "fetch":
        return {"do": name, "number": _number(place)}
    if name in ("voice", "voices"):
        return step_typed(request, transcript_of(import_draft), place if name == "voice" else "")
    if name == "split":
        return {"do": name, "at": place, "before": _number(number)}
    if name == "candidate":
        candidates = turn_at(transcript_of(import_draft), place).candidates
        if not 0 < _number(number) <= len(candidates):
            raise StepError(gettext("this candidate no longer exists"))
        chosen = candidates[_number(number) - 1]
        return {"do": "name", "at": place, "speaker": chosen.name, "evidence": chosen.evidence}
    if name == "name":
        return {"do": name, "at": place, **{field: text_sent(request, field) for field in ("speaker", "evidence")}}
    return {"do": name, "at": place}


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 8 else 0  # noqa: PLR2004 — no list is as long


def _form(import_draft: ImportDraft, transcript: Transcript, planned: Plan | None) -> PlanForm:
    people = _asked_for(import_draft, transcript, planned)
    answers = import_draft.decisions
    chosen = answers.get("people")
    chosen = chosen if isinstance(chosen, dict) else {}
    initial = {
        **answers,
        "title": transcript.title[:_LONGEST_TITLE],
        "date": transcript.date,
        "language": planned.transcript.language if planned else transcript.language,
        "publisher": transcript.publisher,
        "source_note": transcript.source_note,
    }
    initial |= {name: chosen.get(person.name, "") for name, person in people.items()}
    return PlanForm(people, planned, initial=initial)


def _asked_for(import_draft: ImportDraft, transcript: Transcript, planned: Plan | None) -> dict[str, Person]:
    """Those who are not known by their very name, also after it was said who they are; by the names of their fields.

    Labels are asked about under “Who is who?”. Of very many people, those for whom there is a choice.
    """
    people = planned.people if planned else ()
    asked = [one for one in people if one.known is None or one.is_settled]
    if not _is_whole(import_draft, planned):
        labels = {one.label for one in unresolved_labels(transcript)}
        asked = [one for one in asked if one.name not in labels or _is_more_than_label(one)]
    if len(asked) > _MOST_ASKED:
        asked = [one for one in asked if one.similar or one.is_settled]
    asked = sorted(asked, key=lambda one: not one.in_doubt)[:_MOST_ASKED]
    return {f"person-{key_of(one.name)}": one for one in asked}


def _is_more_than_label(person: Person) -> bool:
    """Whether somebody may be a stored speaker by their very name, or an editor said so."""
    is_stored = any(person.name in (one.name, one.original_name) for one in person.similar)
    return is_stored or person.in_doubt or person.is_settled or not person.is_label


def _planned(import_draft: ImportDraft, transcript: Transcript) -> tuple[Plan | None, str]:
    """The plan, or why there is none."""
    try:
        return plan_of(import_draft, transcript), ""
    except ImportRefusedError as error:
        return None, str(error)


def _plan_page(
    admin: PanelsAdmin,
    request: HttpRequest,
    import_draft: ImportDraft,
    form: PlanForm | None = None,
    change_note: ChangeNoteForm | None = None,
    *,
    outdated: list[KeptInput] | None = None,
) -> HttpResponse:
    """Show the page of an import; in answer to a form, with everything that was typed into it."""
    transcript = transcript_of(import_draft)
    planned, refusal = _planned(import_draft, transcript)
    place = open_place(request.POST, transcript) or request.GET.get("at", "")
    part = part_of(transcript, request.GET.get("page", ""), at=place)
    unattributed = (
        [unattributed_turn for unattributed_turn in planned.unattributed if not unattributed_turn.label]
        if planned
        else []
    )
    context = {
        "import_draft": import_draft,
        "format": label_of(import_draft.format),
        "plan": planned,
        "refusal": refusal,
        "part": part,
        "transcript": part.transcript,
        "form": form or _form(import_draft, transcript, planned),
        "import_version": version_of(import_draft),
        "outdated": outdated,
        "labels": label_rows(request, transcript, planned),
        "sole_speaker": sole_speaker(transcript),
        "proposals": proposals_of(import_draft, transcript),
        "alike": _alike(admin, request, import_draft, planned),
        "doubts": unattributed[:MOST_LISTED],
        "more_doubts": max(0, len(unattributed) - MOST_LISTED),
        "tools": _tools(request, transcript, place),
        "names": sorted({person.name for person in planned.people} if planned else ())[:MOST_LISTED],
        "change_note": change_note
        or ChangeNoteForm(
            request.POST or None,
            public=bool(planned and planned.stored and planned.stored.is_public),
            label_suffix="",
        ),
        "meanwhile": _meanwhile(planned, transcript),
        "lines": lines_of(import_draft, part),
        "changes": changes_of(planned),
    }
    if _is_whole(import_draft, planned):
        page = _review_page(admin, request, context)
    else:
        page = _page(admin, request, "preview.html", context)
    page.status_code = HTTPStatus.OK if outdated is None else HTTPStatus.CONFLICT
    return page


def _alike(
    admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft, planned: Plan | None
) -> dict[str, Any] | None:
    """The stored session that a new text looks like, and whether it may be updated."""
    event = alike_event(import_draft) if planned is None or planned.stored is None else None
    if event is None or not admin.has_view_permission(request, event):
        return None
    return {"event": event, "may_update": admin.has_change_permission(request, event)}


def _is_whole(import_draft: ImportDraft, planned: Plan | None) -> bool:
    """Whether a stored event was edited as text, so that nothing is left but to review the changes."""
    is_record = format_named(import_draft.format).is_record
    return is_record and import_draft.stored_at is None and planned is not None and planned.stored is not None


def _review_page(admin: PanelsAdmin, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The changes as the history shows them, the new names that are in doubt, and the correction note."""
    form, event = context["form"], context["plan"].stored
    asked = [field for field in form if field.name == "taken" or field.name.startswith("person-")]
    settled = [field for field in form if field.name in {"title", "date", "publisher", "source_note"}]
    more = {"event": event, "title": gettext("Changes"), "subtitle": str(event), "asked": asked, "settled": settled}
    return _page(admin, request, "review.html", context | more, here="panels_event_text")


def _back_to_text(request: HttpRequest, import_draft: ImportDraft, event: Event) -> HttpResponse:
    """Offer the text again as unsaved changes, with the version that it was made from."""
    text = normalize_newlines(bytes(import_draft.source).decode())
    made_from = transcript_of(import_draft).version
    kept = {"text": text, "version": token_of(event, made_from) if made_from is not None else ""}
    with transaction.atomic():
        editing_sessions.autosave(event, editor_of(request), editing_sessions.AS_TEXT, kept)
        discard(import_draft, version=version_sent(request, _VERSION))
    return HttpResponseRedirect(reverse("admin:panels_event_text", args=[event.pk]))


def _source_page(
    admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft, reason: str, *, may_read_again: bool = False
) -> HttpResponse:
    """The source as plain text, with why no more can be shown. It can be discarded."""
    context = {
        "import_draft": import_draft,
        "reason": reason,
        "import_version": version_of(import_draft),
        "lines": lines_of(import_draft),
        "may_read_again": may_read_again and import_draft.stored_at is None,
    }
    return _page(admin, request, "import_source.html", context)


def _meanwhile(planned: Plan | None, transcript: Transcript) -> list[Revision]:
    """What others saved since the text was taken out of the event: storing the text would undo it."""
    if planned is None or planned.stored is None or transcript.version is None:
        return []
    saved = Revision.objects.filter(event=planned.stored, version__gt=transcript.version)
    return list(saved.select_related("by").defer("archive").order_by("number"))


def _tools(request: HttpRequest, transcript: Transcript, place: str) -> dict[str, Any] | None:
    """List what can be done at the place that was asked for, with what was typed there."""
    try:
        turn = turn_at(transcript, place)
    except StepError:
        return None
    typed = request.POST if request.POST.get("open_text") == key_of(turn.text) else {}
    return {
        "at": place,
        "turn": turn,
        "key": key_of(turn.text),
        "speaker": typed.get("speaker", turn.speaker or ""),
        "evidence": typed.get("evidence", turn.evidence),
        "paragraphs": paragraphs_of(turn.text),
        "is_answer": "." in place,
    }


def _address(import_draft: ImportDraft, *, at: str = "", near: str = "") -> str:
    """Of an import draft's page, with the tools open `at` a place, or only `near` it."""
    address = reverse("admin:panels_event_import_preview", args=[import_draft.pk])
    place = at or near
    return f"{address}{f'?at={quote(at)}' if at else ''}{f'#p-{quote(place)}' if place else ''}"


def _page(
    admin: PanelsAdmin, request: HttpRequest, name: str, context: dict[str, Any], *, here: str = ""
) -> HttpResponse:
    """A page of an import; `here` is the page that the navigation marks, where it is not the import."""
    site = admin.admin_site
    shared = {"title": _("Import a transcript"), **site.each_context(request), "opts": admin.opts}
    if here:
        shared["navigation"] = site.navigation(request, shared["available_apps"], here)
    return render(request, f"admin/panels/importing/{name}", shared | context)
