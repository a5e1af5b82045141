"""The actions of the session editor's buttons."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext, gettext_noop

from panels.admin.session_editor.context import EditRequest, Notice, respond, show_page, show_parts
from panels.admin.session_editor.forms import PassageForm, initial_of, names_in
from panels.admin.session_editor.rows import PassageRow, clock, insert, previous_anchor, rows_of
from panels.admin.shared.base import text_sent
from panels.editorial.history.event_restore import restore
from panels.editorial.history.event_versions import snapshot_of
from panels.editorial.importing import ImportRefusedError
from panels.editorial.saving.changes import EditConflictError
from panels.editorial.saving.corrections import UNDO, ChangeNoteRequiredError
from panels.editorial.session_editor import editing_sessions
from panels.editorial.session_editor.comments import comment, resolve
from panels.editorial.session_editor.saving import EditConflict, SaveResult, save, transcript_at_version
from panels.editorial.session_editor.steps import (
    MergedSpeakersError,
    changed_place,
    fields_of,
    found,
    has,
    is_question,
    neighbours,
)
from panels.editorial.transcript_edits import StepError
from panels.models import Revision
from panels.transcript import Transcript, Turn
from panels.transcript.text import normalize_newlines

_LONGEST_COMMENT = 5000  # characters
_LONGEST_ANCHOR = 20
_DONE = {
    "split": gettext_noop("Split %(anchor)s: the second part is %(where)s."),
    "merge": gettext_noop("Merged %(anchor)s with %(where)s."),
    "move": gettext_noop("Moved %(anchor)s."),
    "up": gettext_noop("Moved %(anchor)s up."),
    "down": gettext_noop("Moved %(anchor)s down."),
    "delete": gettext_noop("Deleted %(anchor)s."),
    "delete_exchange": gettext_noop("Deleted %(anchor)s and its answers."),
    "make_question": gettext_noop("%(anchor)s is now a question, %(where)s."),
    "make_answer": gettext_noop("%(anchor)s is now an answer, %(where)s."),
}
"""What an editor is told of each button's step."""
_AUTOSAVED = (*PassageForm.base_fields, "version", "what")


def run_action(edit: EditRequest) -> HttpResponse:
    """Perform the action of the pressed button."""
    pressed = edit.request.POST.get("do", "save")
    if pressed == "discard":
        _forget(edit)
        anchor = edit.request.POST.get("at", "")
        return respond(edit, Notice(gettext("Unsaved changes discarded."), anchor=anchor))
    if pressed == "undo":
        return _undo(edit)
    if pressed in {"comment", "resolve"}:
        return _comment(edit, pressed)
    return _save(edit, pressed)


def _save(edit: EditRequest, pressed: str) -> HttpResponse:
    """Save the input and perform the action of the button, as one change."""
    anchor, version = edit.request.POST.get("at", ""), edit.version("version")
    seen = transcript_at_version(edit.event, version)
    form = _form(edit, seen)
    if form is not None and not form.is_valid():
        return _form_again(edit, form, version)
    try:
        steps = [*_typed_steps(edit, seen, form), *_button_steps(edit, seen, pressed)]
        change_note = form.change_note if form else None
        saved = save(edit.event, steps, version=version, by=edit.editor, change_note=change_note) if steps else None
    except EditConflictError as error:
        return _conflicting(edit, form, error)
    except (StepError, ImportRefusedError, ChangeNoteRequiredError) as refused:
        return _refused(edit, form, refused)
    left = gettext("Unsaved changes from another window are kept.") if _forget(edit) else ""
    if saved is None:
        nothing = gettext("No changes to save.")
        return respond(edit, Notice(f"{nothing} {left}".strip(), messages.INFO, anchor))
    told = f"{_saved_message(pressed, anchor, saved)} {left}".strip()
    return respond(edit, Notice(told, anchor=_where(anchor, saved), saved=saved))


def _typed(edit: EditRequest) -> dict[str, str]:
    sent = edit.request.POST
    return {name: normalize_newlines(sent[name]) for name in _AUTOSAVED if name in sent}


def _forget(edit: EditRequest) -> bool:
    """Delete what this window autosaved of the form. Returns whether another window has input of it, too."""
    typed = {name: value for name, value in _typed(edit).items() if name != "version"}
    return editing_sessions.discard_autosave(
        edit.event, edit.editor, edit.form_name, seen=edit.request.POST.get("kept_at", ""), values=typed
    )


def _refused(edit: EditRequest, form: PassageForm | None, refused: ValueError) -> HttpResponse:
    """The form again, with the reason beside the field to fill in.

    It may lack fields for a correction note, if the event was published just now.
    """
    anchor = edit.request.POST.get("at", "")
    if form is None:
        return respond(edit, Notice(str(refused), messages.ERROR, anchor))
    needs_note = isinstance(refused, ChangeNoteRequiredError)
    if needs_note:
        names = names_in(edit.transcript())
        form = PassageForm(names, edit.request.POST, anchor=anchor or "new", question=form.question, public=True)
        form.is_valid()
    speakers = _merged_speakers(edit, form, refused)
    if speakers:
        form.ask_whose(speakers)
        if not needs_note and edit.event.is_public and not form.change_note.note.strip():
            message = gettext("Add a correction note for readers: the speaker of published words changes.")
            form.add_error("correction_note", message)
    field = "correction_note" if needs_note else "whose" if speakers else None
    form.add_error(field, str(refused))
    return _form_again(edit, form, edit.version("version"))


def _merged_speakers(edit: EditRequest, form: PassageForm, refused: ValueError) -> tuple[str, str] | None:
    """The speakers of two answers to merge, of whom the editor chooses one; None if there is no choice."""
    if isinstance(refused, MergedSpeakersError):
        return refused.speakers
    if edit.request.POST.get("do") != "merge":
        return None
    seen = transcript_at_version(edit.event, edit.version("version"))
    number, answer = found(seen, edit.request.POST.get("at", ""))
    if not answer:
        return None
    previous = seen.exchanges[number].answers[answer - 1].speaker or ""
    this = str(form.cleaned_data.get("speaker", ""))
    return None if previous == this else (previous, this)


def _form(edit: EditRequest, seen: Transcript) -> PassageForm | None:
    """The submitted form. Dragging a passage submits no text."""
    data = edit.request.POST
    if "text" not in data:
        return None
    anchor = data.get("at", "")
    question = data.get("what") == "question" or is_question(seen, anchor)
    return PassageForm(names_in(seen), data, anchor=anchor or "new", question=question, public=edit.event.is_public)


def _typed_steps(edit: EditRequest, seen: Transcript, form: PassageForm | None) -> list[dict[str, Any]]:
    if form is None:
        return []
    anchor, after = edit.request.POST.get("at", ""), edit.request.POST.get("after", "")
    what = "question" if form.question else "answer"
    if not anchor or edit.request.POST.get("gone"):
        fields = form.changed_from({})
        if not fields.get("text"):
            raise StepError(gettext("Enter some text first."))
        return [{"do": "add", "what": what, "after": after, "anchor": anchor or None, "fields": fields}]
    if edit.request.POST.get("do") in {"delete", "delete_exchange"}:
        return []
    changed = form.changed_from(fields_of(seen, anchor))
    return [{"do": "edit", "at": anchor, "fields": changed}] if changed else []


def _button_steps(edit: EditRequest, seen: Transcript, pressed: str) -> list[dict[str, Any]]:
    anchor = edit.request.POST.get("at", "")
    if pressed == "merge":
        return [{"do": pressed, "at": anchor, "whose": edit.request.POST.get("whose", "")}]
    if pressed in {"make_question", "make_answer", "delete", "delete_exchange"}:
        return [{"do": pressed, "at": anchor}]
    if pressed == "split":
        return [{"do": "split", "at": anchor, "before": edit.number("before")}]
    if pressed == "move":
        return [{"do": "move", "at": anchor, "after": edit.request.POST.get("to", "").strip()}]
    if pressed in {"up", "down"}:
        place = neighbours(seen, anchor)[pressed == "down"]
        if place is None:
            raise StepError(gettext("It cannot be moved further."))
        return [{"do": "move", "at": anchor, "after": place}]
    return []


def _saved_message(pressed: str, anchor: str, saved: SaveResult) -> str:
    """A message that says what was saved, and what others saved in the meantime."""
    done = _DONE.get(pressed, gettext_noop("Saved."))
    told = [gettext(done) % {"anchor": anchor, "where": _where(anchor, saved)}]
    if saved.replaced:
        told.append(
            gettext("This replaces what you saved in another window at %(time)s; the history keeps it.")
            % {"time": clock(saved.replaced.created_at)}
        )
    if saved.meanwhile:
        who = ", ".join(dict.fromkeys(str(one.by or "–") for one in saved.meanwhile))
        told.append(gettext("%(who)s also saved changes elsewhere in the session; they are kept.") % {"who": who})
    return " ".join(told)


def _where(anchor: str, saved: SaveResult) -> str:
    """The passage to scroll to: the new or changed one, or a neighbour of a deleted one, preferably the one before."""
    if saved.new:
        return saved.new[0]
    if anchor in saved.now or anchor not in saved.before:
        return anchor
    at = saved.before.index(anchor)
    neighbours = (*reversed(saved.before[:at]), *saved.before[at:])
    return next((one for one in neighbours if one in saved.now), "")


def _comment(edit: EditRequest, pressed: str) -> HttpResponse:
    anchor, text = text_sent(edit.request, "at"), text_sent(edit.request, "text_of_comment")
    if pressed == "resolve":
        resolve(edit.event, edit.number("comment"), by=edit.editor)
        return respond(edit, Notice(gettext("Comment resolved."), anchor=anchor))
    if not text or len(text) > _LONGEST_COMMENT or len(anchor) > _LONGEST_ANCHOR:
        return respond(edit, Notice(gettext("Enter a comment of 1 to 5,000 characters."), messages.ERROR, anchor))
    comment(edit.event, anchor, text, by=edit.editor)
    return respond(edit, Notice(gettext("Comment added."), anchor=anchor))


def _undo(edit: EditRequest) -> HttpResponse:
    """Restore the version before the last change, unless somebody has changed something since."""
    revision = Revision.objects.filter(event=edit.event, number=edit.number("number")).first()
    if revision is None:
        raise Http404
    why = gettext("Version %(number)s restored") % {"number": revision.number}
    undone = edit.transcript()
    try:
        restore(revision, by=edit.editor, why=why, change_note=UNDO, seen=edit.version("version"))
    except EditConflictError:
        message = gettext("The session has changed since then. Use its history to restore an earlier version.")
        return respond(edit, Notice(message, messages.WARNING))
    anchor = changed_place(undone, edit.transcript(), near=edit.request.POST.get("at", ""))
    return respond(edit, Notice(gettext("Undone."), anchor=anchor, moved=True))


def _conflicting(edit: EditRequest, form: PassageForm | None, error: EditConflictError) -> HttpResponse:
    """Nothing was saved: show the form again, with who changed what, and both changes merged where possible."""
    reason = str(error)
    conflict = error.overlap[0] if error.overlap else None
    if form is None:
        anchor = conflict.anchor if conflict else edit.request.POST.get("at", "")
        return respond(edit, Notice(reason, messages.WARNING, anchor, moved=True))
    if conflict is None:
        form.add_error(None, reason)
        return _form_again(edit, form, error.version, _stored_now(edit, form, error), status=HTTPStatus.CONFLICT)
    data = edit.request.POST.copy()
    for name, value in _shown_after(conflict, form).items():
        data[name] = value
    names = names_in(error.now)
    again = PassageForm(names, data, anchor=conflict.anchor, question=form.question, public=edit.event.is_public)
    again.is_valid()
    again.add_error(None, reason)
    return _form_again(edit, again, error.version, conflict, status=HTTPStatus.CONFLICT)


def _stored_now(edit: EditRequest, form: PassageForm, error: EditConflictError) -> EditConflict | None:
    """The current values of a passage, if it is unknown which version the editor saw."""
    anchor = edit.request.POST.get("at", "")
    if error.seen is not None or not has(error.now, anchor):
        return None
    stored = fields_of(error.now, anchor)
    return EditConflict(anchor, stored, stored, form.changed_from(stored), None)


def _shown_after(conflict: EditConflict, form: PassageForm) -> Mapping[str, str]:
    """The values to show: theirs for fields that I did not change, and the merged text where possible."""
    theirs = initial_of(conflict.theirs) if conflict.theirs else {}
    values = {
        name: form.fields[name].prepare_value(value)
        for name, value in theirs.items()
        if name in form.fields and name not in conflict.mine
    }
    if conflict.merged is not None and conflict.theirs:
        values["text"] = conflict.merged
    return {name: str(getattr(value, "value", value) or "") for name, value in values.items()}


def _form_again(
    edit: EditRequest,
    form: PassageForm,
    version: int | None,
    conflict: EditConflict | None = None,
    *,
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    """The form again, with its errors. The input is also autosaved on the server."""
    seen = edit.request.POST.get("kept_at", "")
    kept = editing_sessions.autosave(edit.event, edit.editor, edit.form_name, _typed(edit), seen=seen)
    with snapshot_of(edit.event) as shown:
        edit = replace(edit, event=shown.event)
        transcript = edit.transcript()
        rows = rows_of(transcript)
        row = _row_again(edit, form, transcript, rows)
        row.form, row.version, row.conflict, row.kept = form, version, conflict, kept
        if edit.wants_json:
            return show_parts(edit, transcript, [row], status=status)
        return show_page(edit, transcript, rows, status)


def _row_again(edit: EditRequest, form: PassageForm, transcript: Transcript, rows: list[PassageRow]) -> PassageRow:
    """The row of the form. A passage that is new or was deleted is placed where it belongs."""
    data = edit.request.POST
    anchor = data.get("at", "")
    row = next((row for row in rows if anchor and row.anchor == anchor), None)
    if row is None:
        row = PassageRow(
            anchor, Turn(text="", anchor=anchor), form.question, after=data.get("after", ""), gone=bool(anchor)
        )
        if row.gone and not row.after:
            row.after = previous_anchor(transcript_at_version(edit.event, edit.version("version")), transcript, anchor)
        insert(rows, row)
    return row
