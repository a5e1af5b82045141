"""What the buttons of the desk do."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext

from panels.admin.session_editor.context import EditRequest, Notice, respond, show_page, show_parts
from panels.admin.session_editor.forms import PassageForm, initial_of, names_in
from panels.admin.session_editor.rows import PassageRow, insert, previous_anchor, rows_of
from panels.editorial.comments import comment, resolve
from panels.editorial.corrections import SAME_MEANING, ChangeNoteRequiredError
from panels.editorial.importing import ImportRefusedError
from panels.editorial.restore import restore
from panels.editorial.saving import EditConflictError
from panels.editorial.session_editor import editing_sessions
from panels.editorial.session_editor.saving import EditConflict, SaveResult, save, transcript_at_version
from panels.editorial.session_editor.steps import fields_of, has, is_question, neighbours
from panels.editorial.transcript_edits import StepError
from panels.editorial.versions import snapshot_of
from panels.models import Revision
from panels.transcript import Transcript, Turn

_LONGEST_COMMENT = 5000  # characters
_LONGEST_ANCHOR = 20
_AUTOSAVED = (*PassageForm.base_fields, "version", "what")


def run_action(edit: EditRequest) -> HttpResponse:
    """Do what the pressed button says."""
    pressed = edit.request.POST.get("do", "save")
    if pressed == "discard":
        editing_sessions.discard_autosave(edit.event, edit.editor, edit.form_name)
        anchor = edit.request.POST.get("at", "")
        return respond(edit, Notice(gettext("Unsaved changes discarded."), anchor=anchor))
    if pressed == "undo":
        return _undo(edit)
    if pressed in {"comment", "resolve"}:
        return _comment(edit, pressed)
    return _save(edit, pressed)


def _save(edit: EditRequest, pressed: str) -> HttpResponse:
    """Save what was typed, and what the button does, as one change."""
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
    editing_sessions.discard_autosave(edit.event, edit.editor, edit.form_name)
    if saved is None:
        return respond(edit, Notice(gettext("No changes to save."), messages.INFO, anchor))
    return respond(edit, Notice(_saved_message(saved), anchor=_where(anchor, saved), saved=saved))


def _refused(edit: EditRequest, form: PassageForm | None, refused: ValueError) -> HttpResponse:
    """The form with the reason. It may lack fields for a correction note, if the event was published just now."""
    if form is None:
        return respond(edit, Notice(str(refused), messages.ERROR, edit.request.POST.get("at", "")))
    if isinstance(refused, ChangeNoteRequiredError):
        names, anchor = names_in(edit.transcript()), edit.request.POST.get("at", "") or "new"
        form = PassageForm(names, edit.request.POST, anchor=anchor, question=form.question, public=True)
        form.is_valid()
    form.add_error("correction_note" if isinstance(refused, ChangeNoteRequiredError) else None, str(refused))
    return _form_again(edit, form, edit.version("version"))


def _form(edit: EditRequest, seen: Transcript) -> PassageForm | None:
    """What was typed. Moving by hand, as by dragging, sends no text."""
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
    if pressed in {"merge", "make_question", "make_answer", "delete", "delete_exchange"}:
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


def _saved_message(saved: SaveResult) -> str:
    if not saved.meanwhile:
        return gettext("Saved.")
    who = ", ".join(dict.fromkeys(str(one.by or "–") for one in saved.meanwhile))
    return gettext("Saved. %(who)s also saved changes elsewhere in the session; they are kept.") % {"who": who}


def _where(anchor: str, saved: SaveResult) -> str:
    """What to look at: what is new, what was changed, or what stood before that which is gone."""
    if saved.new:
        return saved.new[0]
    if anchor in saved.now or anchor not in saved.before:
        return anchor
    before = saved.before[: saved.before.index(anchor)]
    return next((one for one in reversed(before) if one in saved.now), "")


def _comment(edit: EditRequest, pressed: str) -> HttpResponse:
    anchor, text = edit.request.POST.get("at", ""), edit.request.POST.get("text_of_comment", "").strip()
    if pressed == "resolve":
        resolve(edit.event, edit.number("comment"), by=edit.editor)
        return respond(edit, Notice(gettext("Comment resolved."), anchor=anchor))
    if not text or len(text) > _LONGEST_COMMENT or len(anchor) > _LONGEST_ANCHOR:
        return respond(edit, Notice(gettext("Enter a comment of 1 to 5,000 characters."), messages.ERROR, anchor))
    comment(edit.event, anchor, text, by=edit.editor)
    return respond(edit, Notice(gettext("Comment added."), anchor=anchor))


def _undo(edit: EditRequest) -> HttpResponse:
    """Back to the state before the last change, as long as nobody has changed anything since."""
    revision = Revision.objects.filter(event=edit.event, number=edit.number("number")).first()
    if revision is None:
        raise Http404
    why = gettext("Version %(number)s restored") % {"number": revision.number}
    try:
        restore(revision, by=edit.editor, why=why, change_note=SAME_MEANING, seen=edit.version("version"))
    except EditConflictError:
        message = gettext("The session has changed since then. Use its history to restore an earlier version.")
        return respond(edit, Notice(message, messages.WARNING))
    return respond(edit, Notice(gettext("Undone."), moved=True))


def _conflicting(edit: EditRequest, form: PassageForm | None, error: EditConflictError) -> HttpResponse:
    """Nothing was stored: the form again, with who saved what, and both changes where they go together."""
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
    """What is at the passage now, where it is unknown what the editor saw there."""
    anchor = edit.request.POST.get("at", "")
    if error.seen is not None or not has(error.now, anchor):
        return None
    stored = fields_of(error.now, anchor)
    return EditConflict(anchor, stored, stored, form.changed_from(stored), None)


def _shown_after(conflict: EditConflict, form: PassageForm) -> Mapping[str, str]:
    """What I left alone is theirs; the text has both changes where they go together."""
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
    """The form with what is wrong about it; what was typed is kept on the server, too."""
    data = edit.request.POST
    typed = {name: data[name] for name in _AUTOSAVED if name in data}
    editing_sessions.autosave(edit.event, edit.editor, edit.form_name, typed)
    with snapshot_of(edit.event) as shown:
        edit = replace(edit, event=shown.event)
        transcript = edit.transcript()
        rows = rows_of(transcript)
        row = _row_again(edit, form, transcript, rows)
        row.form, row.version, row.conflict = form, version, conflict
        if edit.wants_json:
            return show_parts(edit, transcript, [row], status=status)
        return show_page(edit, transcript, rows, status)


def _row_again(edit: EditRequest, form: PassageForm, transcript: Transcript, rows: list[PassageRow]) -> PassageRow:
    """The row of the form; what has no place in the session, or no more, is put where it belongs."""
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
