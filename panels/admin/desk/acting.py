"""What the buttons of the desk do."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext

from panels.admin.desk.forms import PassageForm, initial_of, names_in
from panels.admin.desk.rows import Row, insert, rows_of, stood_after
from panels.admin.desk.showing import Desk, Told, show_page, show_parts, tell
from panels.correcting import SAME_MEANING, RemarkNeededError
from panels.desk import sittings
from panels.desk.comments import comment, settle
from panels.desk.saving import Clash, Saved, looked_at, save
from panels.desk.steps import fields_of, has, is_question, neighbours
from panels.editing import StepError
from panels.importing import ImportRefusedError
from panels.importing.restoring import restore
from panels.models import Revision
from panels.saving import EditConflictError
from panels.transcript import Transcript, Turn
from panels.versions import snapshot_of

_LONGEST_COMMENT = 5000  # characters
_LONGEST_ANCHOR = 20
_KEPT = (*PassageForm.base_fields, "edition", "what")


def act(desk: Desk) -> HttpResponse:
    """Do what the pressed button says."""
    pressed = desk.request.POST.get("do", "save")
    if pressed == "discard":
        sittings.forget_unsaved(desk.event, desk.editor, desk.form_name)
        anchor = desk.request.POST.get("at", "")
        return tell(desk, Told(gettext("What was not saved is discarded."), anchor=anchor))
    if pressed == "undo":
        return _undo(desk)
    if pressed in {"comment", "settle"}:
        return _comment(desk, pressed)
    return _save(desk, pressed)


def _save(desk: Desk, pressed: str) -> HttpResponse:
    """Save what was typed, and what the button does, as one change."""
    anchor, edition = desk.request.POST.get("at", ""), desk.version("edition")
    seen = looked_at(desk.event, edition)
    form = _form(desk, seen)
    if form is not None and not form.is_valid():
        return _again(desk, form, edition)
    try:
        steps = [*_typed_steps(desk, seen, form), *_button_steps(desk, seen, pressed)]
        remark = form.remark if form else None
        saved = save(desk.event, steps, edition=edition, by=desk.editor, remark=remark) if steps else None
    except EditConflictError as conflict:
        return _conflicting(desk, form, conflict)
    except (StepError, ImportRefusedError, RemarkNeededError) as refused:
        return _refused(desk, form, refused)
    sittings.forget_unsaved(desk.event, desk.editor, desk.form_name)
    if saved is None:
        return tell(desk, Told(gettext("Nothing was changed."), messages.INFO, anchor))
    return tell(desk, Told(_said(saved), anchor=_where(anchor, saved), saved=saved))


def _refused(desk: Desk, form: PassageForm | None, refused: ValueError) -> HttpResponse:
    """The form with the reason. It may have had no fields for a remark, if the event was published just now."""
    if form is None:
        return tell(desk, Told(str(refused), messages.ERROR, desk.request.POST.get("at", "")))
    if isinstance(refused, RemarkNeededError):
        names, anchor = names_in(desk.transcript()), desk.request.POST.get("at", "") or "new"
        form = PassageForm(names, desk.request.POST, anchor=anchor, question=form.question, public=True)
        form.is_valid()
    form.add_error("correction_note" if isinstance(refused, RemarkNeededError) else None, str(refused))
    return _again(desk, form, desk.version("edition"))


def _form(desk: Desk, seen: Transcript) -> PassageForm | None:
    """What was typed. Moving by hand, as by dragging, sends no text."""
    data = desk.request.POST
    if "text" not in data:
        return None
    anchor = data.get("at", "")
    question = data.get("what") == "question" or is_question(seen, anchor)
    return PassageForm(names_in(seen), data, anchor=anchor or "new", question=question, public=desk.event.is_public)


def _typed_steps(desk: Desk, seen: Transcript, form: PassageForm | None) -> list[dict[str, Any]]:
    if form is None:
        return []
    anchor, after = desk.request.POST.get("at", ""), desk.request.POST.get("after", "")
    what = "question" if form.question else "answer"
    if not anchor or desk.request.POST.get("gone"):
        fields = form.changed_from({})
        if not fields.get("text"):
            raise StepError(gettext("Nothing is written yet."))
        return [{"do": "add", "what": what, "after": after, "anchor": anchor or None, "fields": fields}]
    if desk.request.POST.get("do") in {"delete", "delete_exchange"}:
        return []
    changed = form.changed_from(fields_of(seen, anchor))
    return [{"do": "write", "at": anchor, "fields": changed}] if changed else []


def _button_steps(desk: Desk, seen: Transcript, pressed: str) -> list[dict[str, Any]]:
    anchor = desk.request.POST.get("at", "")
    if pressed in {"join", "ask", "tell", "delete", "delete_exchange"}:
        return [{"do": pressed, "at": anchor}]
    if pressed == "part":
        return [{"do": "part", "at": anchor, "before": desk.number("before")}]
    if pressed == "move":
        return [{"do": "move", "at": anchor, "after": desk.request.POST.get("to", "").strip()}]
    if pressed in {"up", "down"}:
        place = neighbours(seen, anchor)[pressed == "down"]
        if place is None:
            raise StepError(gettext("It is at the end already."))
        return [{"do": "move", "at": anchor, "after": place}]
    return []


def _said(saved: Saved) -> str:
    if not saved.meanwhile:
        return gettext("Saved.")
    who = ", ".join(dict.fromkeys(str(one.by or "–") for one in saved.meanwhile))
    return gettext("Saved. Meanwhile %(who)s saved elsewhere in the session; that is kept.") % {"who": who}


def _where(anchor: str, saved: Saved) -> str:
    """What to look at: what is new, what was changed, or what stood before that which is gone."""
    if saved.new:
        return saved.new[0]
    if anchor in saved.now or anchor not in saved.before:
        return anchor
    before = saved.before[: saved.before.index(anchor)]
    return next((one for one in reversed(before) if one in saved.now), "")


def _comment(desk: Desk, pressed: str) -> HttpResponse:
    anchor, text = desk.request.POST.get("at", ""), desk.request.POST.get("text_of_comment", "").strip()
    if pressed == "settle":
        settle(desk.event, desk.number("comment"), by=desk.editor)
        return tell(desk, Told(gettext("The comment is settled."), anchor=anchor))
    if not text or len(text) > _LONGEST_COMMENT or len(anchor) > _LONGEST_ANCHOR:
        return tell(desk, Told(gettext("A comment has between 1 and 5,000 characters."), messages.ERROR, anchor))
    comment(desk.event, anchor, text, by=desk.editor)
    return tell(desk, Told(gettext("The comment is there for the other editors."), anchor=anchor))


def _undo(desk: Desk) -> HttpResponse:
    """Back to the state before the last change, as long as nobody has changed anything since."""
    revision = Revision.objects.filter(event=desk.event, number=desk.number("number")).first()
    if revision is None:
        raise Http404
    why = gettext("State %(number)s restored") % {"number": revision.number}
    try:
        restore(revision, by=desk.editor, why=why, remark=SAME_MEANING, seen=desk.version("edition"))
    except EditConflictError:
        said = gettext("The session was changed since; look into its history to take something back.")
        return tell(desk, Told(said, messages.WARNING))
    return tell(desk, Told(gettext("Undone."), moved=True))


def _conflicting(desk: Desk, form: PassageForm | None, conflict: EditConflictError) -> HttpResponse:
    """Nothing was stored: the form again, with who saved what, and both changes where they go together."""
    reason = str(conflict)
    clash = conflict.overlap[0] if conflict.overlap else None
    if form is None:
        anchor = clash.anchor if clash else desk.request.POST.get("at", "")
        return tell(desk, Told(reason, messages.WARNING, anchor, moved=True))
    if clash is None:
        form.add_error(None, reason)
        return _again(desk, form, conflict.version, _stored_now(desk, form, conflict), status=HTTPStatus.CONFLICT)
    data = desk.request.POST.copy()
    for name, value in _shown_after(clash, form).items():
        data[name] = value
    names = names_in(conflict.now)
    again = PassageForm(names, data, anchor=clash.anchor, question=form.question, public=desk.event.is_public)
    again.is_valid()
    again.add_error(None, reason)
    return _again(desk, again, conflict.version, clash, status=HTTPStatus.CONFLICT)


def _stored_now(desk: Desk, form: PassageForm, conflict: EditConflictError) -> Clash | None:
    """What is at the passage now, where it is unknown what the editor saw there."""
    anchor = desk.request.POST.get("at", "")
    if conflict.seen is not None or not has(conflict.now, anchor):
        return None
    stored = fields_of(conflict.now, anchor)
    return Clash(anchor, stored, stored, form.changed_from(stored), None)


def _shown_after(clash: Clash, form: PassageForm) -> Mapping[str, str]:
    """What I left alone is theirs; the text has both changes where they go together."""
    theirs = initial_of(clash.theirs) if clash.theirs else {}
    values = {
        name: form.fields[name].prepare_value(value)
        for name, value in theirs.items()
        if name in form.fields and name not in clash.mine
    }
    if clash.merged is not None and clash.theirs:
        values["text"] = clash.merged
    return {name: str(getattr(value, "value", value) or "") for name, value in values.items()}


def _again(
    desk: Desk,
    form: PassageForm,
    edition: int | None,
    clash: Clash | None = None,
    *,
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    """The form with what is wrong about it; what was typed is kept on the server, too."""
    data = desk.request.POST
    typed = {name: data[name] for name in _KEPT if name in data}
    sittings.keep_unsaved(desk.event, desk.editor, desk.form_name, typed)
    with snapshot_of(desk.event) as shown:
        desk = replace(desk, event=shown.event)
        transcript = desk.transcript()
        rows = rows_of(transcript)
        row = _row_again(desk, form, transcript, rows)
        row.form, row.edition, row.clash = form, edition, clash
        if desk.wants_json:
            return show_parts(desk, transcript, [row], status=status)
        return show_page(desk, transcript, rows, status)


def _row_again(desk: Desk, form: PassageForm, transcript: Transcript, rows: list[Row]) -> Row:
    """The row of the form; what has no place in the session, or no more, is put where it belongs."""
    data = desk.request.POST
    anchor = data.get("at", "")
    row = next((row for row in rows if anchor and row.anchor == anchor), None)
    if row is None:
        row = Row(anchor, Turn(text="", anchor=anchor), form.question, after=data.get("after", ""), gone=bool(anchor))
        if row.gone and not row.after:
            row.after = stood_after(looked_at(desk.event, desk.version("edition")), transcript, anchor)
        insert(rows, row)
    return row
