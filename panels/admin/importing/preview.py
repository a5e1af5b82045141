"""The page of an import: the preview of its text beside the source, or the review of a session edited as text."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.importing.forms import PlanForm, key_of
from panels.admin.importing.outdated import UnsavedInput, open_place
from panels.admin.importing.pages import MOST_LISTED, changes_of, lines_of, part_of, unread_of
from panels.admin.importing.proposals import proposals_of
from panels.admin.importing.readable import label_of
from panels.admin.importing.unapplied import show_unapplied
from panels.admin.importing.who_is_who import person_rows
from panels.admin.shared.base import PanelsAdmin
from panels.admin.shared.change_notes import ChangeNoteForm
from panels.editorial.importing import ImportRefusedError, Person, Plan
from panels.editorial.importing.alike import alike_event
from panels.editorial.importing.drafts import (
    plan_of,
    transcript_of,
    version_of,
)
from panels.editorial.proposals import unresolved_labels
from panels.editorial.transcript_edits import StepError, paragraphs_of, sole_speaker, turn_at
from panels.formats.registry import format_named
from panels.models import ImportDraft, Revision
from panels.transcript import Transcript

_MOST_ASKED = 200  # people in one form
_LONGEST_TITLE = 1_000  # characters shown of one that is at fault


def preview_page(
    admin: PanelsAdmin,
    request: HttpRequest,
    import_draft: ImportDraft,
    form: PlanForm | None = None,
    change_note: ChangeNoteForm | None = None,
    *,
    outdated: list[UnsavedInput] | None = None,
) -> HttpResponse:
    """The page of an import; after a form was submitted, with all of its input."""
    transcript = transcript_of(import_draft)
    if request.method != "POST":
        show_unapplied(request, import_draft, transcript)
    planned, refusal = planned_or_refusal(import_draft, transcript)
    place = open_place(request.POST, transcript) or request.GET.get("at", "")
    part = part_of(transcript, request.GET.get("page", ""), at=place)
    unattributed = (
        [unattributed_turn for unattributed_turn in planned.unattributed if not unattributed_turn.label]
        if planned
        else []
    )
    form = form or plan_form(import_draft, transcript, planned)
    context = {
        "import_draft": import_draft,
        "format": label_of(import_draft.format),
        "plan": planned,
        "refusal": refusal,
        "part": part,
        "transcript": part.transcript,
        "unread": unread_of(part),
        "form": form,
        "import_version": version_of(import_draft),
        "outdated": outdated,
        "people": person_rows(request, transcript, planned, form),
        "sole_speaker": sole_speaker(transcript),
        "proposals": proposals_of(import_draft, transcript, planned.old if planned else None),
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
        page = page_of_import(admin, request, "preview.html", context)
    page.status_code = HTTPStatus.OK if outdated is None else HTTPStatus.CONFLICT
    return page


def plan_form(import_draft: ImportDraft, transcript: Transcript, planned: Plan | None) -> PlanForm:
    people = people_asked_for(import_draft, transcript, planned)
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


def people_asked_for(import_draft: ImportDraft, transcript: Transcript, planned: Plan | None) -> dict[str, Person]:
    """The people who do not have exactly the name of a stored speaker, by field name, even once decided.

    Labels are asked about under “Who is who?”. If there are very many people, only those with a choice are asked about.
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
    """Whether somebody may be a stored speaker by exactly that name, or by an editor's decision."""
    is_stored = any(person.name in (one.name, one.original_name) for one in person.similar)
    return is_stored or person.in_doubt or person.is_settled or not person.is_label


def planned_or_refusal(import_draft: ImportDraft, transcript: Transcript) -> tuple[Plan | None, str]:
    """The plan, or the reason why there is none."""
    try:
        return plan_of(import_draft, transcript), ""
    except ImportRefusedError as error:
        return None, str(error)


def _alike(
    admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft, planned: Plan | None
) -> dict[str, Any] | None:
    """The stored session that a new text resembles, and whether the user may update it."""
    event = alike_event(import_draft) if planned is None or planned.stored is None else None
    if event is None or not admin.has_view_permission(request, event):
        return None
    return {"event": event, "may_update": admin.has_change_permission(request, event)}


def _is_whole(import_draft: ImportDraft, planned: Plan | None) -> bool:
    """Whether the text is a stored event edited as text, so that only the changes are left to review."""
    is_record = format_named(import_draft.format).is_record
    return is_record and import_draft.stored_at is None and planned is not None and planned.stored is not None


def _review_page(admin: PanelsAdmin, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The review: the changes as in the history, new names in doubt, and the correction note."""
    form, event = context["form"], context["plan"].stored
    asked = [field for field in form if field.name == "taken" or field.name.startswith("person-")]
    settled = [field for field in form if field.name in {"title", "date", "publisher", "source_note"}]
    more = {"event": event, "title": gettext("Changes"), "subtitle": str(event), "asked": asked, "settled": settled}
    return page_of_import(admin, request, "review.html", context | more, here="panels_event_text")


def source_page(
    admin: PanelsAdmin, request: HttpRequest, import_draft: ImportDraft, reason: str, *, may_read_again: bool = False
) -> HttpResponse:
    """The source as plain text, with the reason why nothing else can be shown. The import can be discarded."""
    context = {
        "import_draft": import_draft,
        "reason": reason,
        "import_version": version_of(import_draft),
        "lines": lines_of(import_draft),
        "may_read_again": may_read_again and import_draft.stored_at is None,
    }
    return page_of_import(admin, request, "import_source.html", context)


def _meanwhile(planned: Plan | None, transcript: Transcript) -> list[Revision]:
    """What others have saved since the text was made from the event: saving it would undo that."""
    if planned is None or planned.stored is None or transcript.version is None:
        return []
    saved = Revision.objects.filter(event=planned.stored, version__gt=transcript.version)
    return list(saved.select_related("by").defer("archive").order_by("number"))


def _tools(request: HttpRequest, transcript: Transcript, place: str) -> dict[str, Any] | None:
    """The tools for the requested place, with what was typed there."""
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
        "text": typed.get("text", turn.text),
        "paragraphs": paragraphs_of(turn.text),
        "is_answer": "." in place,
    }


def page_of_import(
    admin: PanelsAdmin, request: HttpRequest, name: str, context: dict[str, Any], *, here: str = ""
) -> HttpResponse:
    """A page of an import; `here` is the page that the navigation marks, by default the import."""
    site = admin.admin_site
    shared = {"title": _("Import a transcript"), **site.each_context(request), "opts": admin.opts}
    if here:
        shared["navigation"] = site.navigation(request, shared["available_apps"], here)
    return render(request, f"admin/panels/importing/{name}", shared | context)
