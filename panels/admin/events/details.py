"""A fingerprint of what the event's details form shows, which tells whether anything was changed."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict

from panels.models import Event
from panels.transcript import EVENT_FIELDS

FIELDS = ("slug", *EVENT_FIELDS, "translation_of")
"""The columns that the form shows, besides tags, panel and corrections."""
_PANEL = ("pk", "position", "speaker", "role", "title", "organisation")
_CORRECTION = ("pk", "date", "anchor", "note")


@dataclass(frozen=True, slots=True)
class FieldStored:
    """A field whose submitted value differs from the stored one."""

    label: str
    stored: str


def details_fingerprint(event: Event) -> str:
    """Equal for two states if and only if the form shows the same for both."""
    shown = [
        list(Event.objects.filter(pk=event.pk).values_list(*FIELDS)),
        sorted(event.tagged.values_list("tag", flat=True)),
        list(event.panelists.order_by("pk").values_list(*_PANEL)),
        list(event.corrections.order_by("pk").values_list(*_CORRECTION)),
    ]
    return hashlib.sha256(json.dumps(shown, cls=DjangoJSONEncoder).encode()).hexdigest()[:32]


def differing_fields(form: Any, formsets: Iterable[Any] = ()) -> Iterator[FieldStored]:
    """The fields whose submitted value differs from the stored one, with the stored value."""
    for name in form.changed_data:
        if name in form.fields and not _is_same_text(form[name]):
            yield FieldStored(str(form[name].label), _shown(form[name].field, form[name].initial))
    for formset in formsets:
        if formset.has_changed():
            rows = formset.model._default_manager.filter(event=form.instance.pk).order_by("pk")
            yield FieldStored(str(formset.model._meta.verbose_name_plural), "; ".join(map(str, rows)))


def _is_same_text(bound: Any) -> bool:
    """Whether they are the same except for line ends, which browsers send in their own way."""
    sent, stored = bound.data, bound.initial
    return isinstance(sent, str) and isinstance(stored, str) and sent.splitlines() == stored.splitlines()


def _shown(field: Any, value: Any) -> str:
    """A stored value, in words."""
    if hasattr(field, "queryset"):
        rows = value if isinstance(value, list) else [value] if value else []
        stored = field.queryset.filter(pk__in=[getattr(row, "pk", row) for row in rows])
        return ", ".join(map(str, stored))
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(value, value))
    return "" if value is None else str(value)


def without_missing_rows(sent: QueryDict, event: Event) -> QueryDict:
    """The submitted data, with rows that others have deleted turned into new rows, so that their input can be saved."""
    data = sent.copy()
    _renumber(data, "panelists", set(map(str, event.panelists.values_list("pk", flat=True))))
    _renumber(data, "corrections", set(map(str, event.corrections.values_list("pk", flat=True))))
    return data


def _renumber(sent: QueryDict, prefix: str, present: set[str]) -> None:
    """Renumber the rows: first those still stored, then all others as new rows."""
    rows = list(_rows(sent, prefix))
    kept = [row for row in rows if row.get("id") in present]
    new = [{**row, "id": ""} for row in rows if row.get("id") not in present and not row.get("DELETE")]
    for key in [key for key in sent if key.startswith(f"{prefix}-") and key.split("-")[1].isdecimal()]:
        del sent[key]
    for number, row in enumerate([*kept, *new]):
        for name, value in row.items():
            sent[f"{prefix}-{number}-{name}"] = value
    sent[f"{prefix}-TOTAL_FORMS"], sent[f"{prefix}-INITIAL_FORMS"] = str(len(kept) + len(new)), str(len(kept))


def _rows(sent: QueryDict, prefix: str) -> Iterator[dict[str, str]]:
    numbered: dict[int, dict[str, str]] = {}
    for key in sent:
        start, _, rest = key.partition("-")
        number, _, name = rest.partition("-")
        if start == prefix and name and number.isascii() and number.isdecimal() and len(number) < 6:  # noqa: PLR2004
            numbered.setdefault(int(number), {})[name] = str(sent[key])
    yield from (numbered[number] for number in sorted(numbered))
