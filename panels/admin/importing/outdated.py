"""Keep the input of an import page that is out of date, beside what has been saved in the meantime."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from panels.admin.importing.forms import PlanForm, key_of
from panels.admin.importing.who_is_who import ROW_FIELDS, names_in
from panels.editorial.proposals import unresolved_labels
from panels.editorial.proposals.passages import INTRODUCTION
from panels.editorial.transcript_edits import places_of, turn_at
from panels.transcript import Transcript


@dataclass(frozen=True, slots=True)
class UnsavedInput:
    """An entry that differs from the saved import; `saved` is None if its field no longer exists."""

    label: str
    typed: str
    saved: str | None = None


def merged_data(form: PlanForm, sent: QueryDict) -> tuple[QueryDict, list[UnsavedInput]]:
    """Merge the fields that were sent into the saved ones; list those that both sides changed.

    A field was changed by the editor if it differs from what the page showed, which comes back in a hidden field.
    """
    data, differing = QueryDict(mutable=True), []
    for bound in form:
        name, first = bound.html_name, bound.html_initial_name
        saved = _written(bound.field, bound.initial)
        typed = _sent(bound.field, sent, name)
        shown = _sent(bound.field, sent, first)
        is_typed = _spaced(typed) != _spaced(shown) if _is_complete(bound.field, sent, name) else False
        if is_typed and _spaced(typed) != _spaced(saved) and _spaced(shown) != _spaced(saved):
            differing.append(
                UnsavedInput(
                    str(bound.label), _display_text(bound.field, typed), _display_text(bound.field, saved) or _("empty")
                )
            )
        if isinstance(bound.field, forms.BooleanField):
            data.setlist(name, ["on"] if (typed if is_typed else saved) == ["True"] else [])
        else:
            data.setlist(name, typed if is_typed else saved)
        data.setlist(first, saved)
    return data, differing


def inputs_without_field(sent: QueryDict, transcript: Transcript) -> list[UnsavedInput]:
    """List the entries whose fields no longer exist."""
    present = {f"voice-{key_of(one.label)}" for one in unresolved_labels(transcript)}
    present |= {f"{field}-{key_of(name)}" for name in names_in(transcript) for field in ROW_FIELDS if field != "voice"}
    gone = [name for name in sent if name.partition("-")[0] in ROW_FIELDS and "-" in name and name not in present]
    typed = [UnsavedInput(_("Who is who?"), str(sent[name])) for name in gone]
    if sent.get("open_text") and not open_place(sent, transcript):
        typed += [UnsavedInput(_("Who speaks"), sent.get("speaker", ""))]
        typed += [UnsavedInput(_("Evidence"), sent.get("evidence", ""))]
        typed += [UnsavedInput(_("Text"), sent.get("text", ""))]
    return [one for one in typed if one.typed]


def open_place(sent: QueryDict, transcript: Transcript) -> str:
    """Find the passage whose tools were open, wherever it is now; empty if it is gone or changed."""
    key, place = sent.get("open_text", ""), sent.get("open", "")
    if not key:
        return ""
    places = [(INTRODUCTION, turn_at(transcript, INTRODUCTION)), *places_of(transcript)]
    same = [where for where, turn in places if key_of(turn.text) == key]
    return place if place in same else next(iter(same), "")


def _is_complete(field: forms.Field, sent: QueryDict, name: str) -> bool:
    """Return whether the page had the field; browsers do not send a field in which nothing is chosen."""
    is_choice = isinstance(field, (forms.BooleanField, forms.MultipleChoiceField))
    return f"initial-{name}" in sent if isinstance(field, forms.BooleanField) else is_choice or name in sent


def _sent(field: forms.Field, sent: QueryDict, name: str) -> list[str]:
    if isinstance(field, forms.BooleanField):
        return [str(sent.get(name, "") in {"on", "True"})]
    if isinstance(field, forms.MultipleChoiceField):
        return sorted(sent.getlist(name))
    return [sent.get(name, "")]


def _written(field: forms.Field, value: Any) -> list[str]:
    if isinstance(field, forms.BooleanField):
        return [str(bool(value))]
    if isinstance(field, forms.MultipleChoiceField):
        return sorted(map(str, value or ()))
    return [value.isoformat() if isinstance(value, dt.date) else str(value or "")]


def _spaced(values: list[str]) -> list[str]:
    """Collapse white space: browsers remove line ends from one-line fields."""
    return [" ".join(value.split()) for value in values]


def _display_text(field: forms.Field, values: list[str]) -> str:
    """Return values as the field shows them."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if values == ["True"] else _("no")
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return ", ".join(choices.get(value, value) for value in values)
