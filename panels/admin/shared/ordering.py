"""Inline rows that editors order by typing numbers."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import F

from panels.admin.shared.base import KnownFormSet

_PARKED = 1_000_000


class OrderedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of an `OrderedFormSet`: until they are saved, two rows may have the same number."""

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"number", "position"}


class OrderedFormSet(KnownFormSet):
    """Numbers its rows 1, 2, 3 … in the order of the numbers typed.

    A row whose number was changed goes before the row that already has that number, and a row without a number goes to
    the end. So typing 2 into the fifth row makes it the second.
    """

    place: str

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[self.place].required = False

    def validate_unique(self) -> None:
        """Skip the check: saving makes the numbers unique, and each row was checked by itself."""

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        if not commit:
            return super().save(commit=False)
        with transaction.atomic():
            order = [form.instance for form in self._in_order()]
            stored = self.get_queryset().model._default_manager.filter(pk__in=[row.pk for row in order if row.pk])
            stored.update(**{self.place: F(self.place) + _PARKED})
            for number, row in enumerate(order, start=1):
                setattr(row, self.place, number)
            saved = super().save()
            for row in order:
                stored.filter(pk=row.pk).update(**{self.place: getattr(row, self.place)})
        return saved

    def _in_order(self) -> list[Any]:
        kept = [form for form in self.forms if form.is_valid() and not self._is_dropped(form)]
        return sorted(kept, key=self._sort_key)

    def _is_dropped(self, form: Any) -> bool:
        empty = form in self.extra_forms and not form.has_changed()
        return empty or bool(self.can_delete and self._should_delete_form(form))  # type: ignore[attr-defined]

    def _sort_key(self, form: Any) -> tuple[float, bool, int]:
        number = form.cleaned_data.get(self.place)
        return (
            float("inf") if number is None else number,
            self.place not in form.changed_data,
            self.forms.index(form),
        )
