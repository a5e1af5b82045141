"""Base classes of the admin: fields for speakers and tags without a query for each row, paging, and links."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from taggit.managers import TaggableManager

from panels.models import Tag


def refused(form: Any, reason: str) -> Any:
    """A form class that accepts nothing: it has the errors of `form`, and the reason above them."""

    class RefusedForm(form):  # type: ignore[misc]
        def clean(self) -> Any:
            super().clean()
            raise ValidationError(reason)

    return RefusedForm


class KnownSelect(AutocompleteSelect):
    """An autocomplete that takes its current choice from `known` instead of querying the database for each row."""

    known: dict[str, str] = {}

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> Any:
        chosen = _keys(value)
        if any(one not in self.known for one in chosen):
            return super().optgroups(name, chosen, attrs)
        empty = [] if self.is_required or self.allow_multiple_selected else [("", "")]
        options = [*empty, *((one, self.known[one]) for one in chosen)]
        return [
            (None, [self.create_option(name, key, label, key in chosen, index)], index)
            for index, (key, label) in enumerate(options)
        ]


class TagSelect(AutocompleteSelectMultiple):
    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, _keys(value), attrs)


class KnownFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Gives each row's `KnownSelect`s the related objects that were already read.

    It also labels fields for screen readers: in a table, Django writes no label beside them.

    A form that announces more rows than it contains is refused before a form is made for each of them.
    """

    def total_form_count(self) -> int:
        total: int = super().total_form_count()
        return min(total, self._rows_sent) if self.is_bound else total

    def full_clean(self) -> None:
        super().full_clean()
        announced, stored = self._announced if self.is_bound else (0, 0)
        if announced > self.absolute_max:
            return  # which is told by Django
        if announced > self._rows_sent:
            self._refuse(announced, self._rows_sent)
        elif self.is_bound and self._keys_sent > stored:
            self._refuse(stored, self._keys_sent)

    def _refuse(self, announced: int, sent: int) -> None:
        told = _("This form is incomplete: it should have %(announced)s rows, but %(sent)s arrived. Nothing was saved.")
        error = ValidationError(told % {"announced": announced, "sent": sent}, code="missing_rows")
        self.non_form_errors().extend(error.messages)

    @property
    def _announced(self) -> tuple[int, int]:
        """How many rows the form announces, and how many of them are stored already."""
        said = self.management_form.cleaned_data
        return said.get(TOTAL_FORM_COUNT) or 0, said.get(INITIAL_FORM_COUNT) or 0

    @cached_property
    def _rows_sent(self) -> int:
        """The number of rows sent, or of those stored if there are more: some may be read-only."""
        start = f"{self.prefix}-"
        rows = (name.removeprefix(start).partition("-") for name in self.data if name.startswith(start))
        return max(len({row for row, _dash, field in rows if field and row.isdigit()}), len(self.get_queryset()))

    @cached_property
    def _keys_sent(self) -> int:
        """The number of rows sent with the key of a stored one. Any that are not announced would be inserted again."""
        key = re.compile(rf"{re.escape(str(self.prefix))}-\d+-id")
        return sum(bool(value) for name, value in self.data.items() if key.fullmatch(name))

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", capfirst(field.label or ""))
            if isinstance(widget, KnownSelect) and form.instance.pk and getattr(form.instance, f"{name}_id"):
                related = getattr(form.instance, name)
                widget.known = {str(related.pk): str(related)}


class RelatedFieldsMixin:
    """Autocomplete fields for related objects, and for tags among the existing ones."""

    admin_site: Any
    autocomplete_fields: ClassVar[Any] = ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, TaggableManager):
            return self._tags_field(db_field, request)
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]

    def _tags_field(self, db_field: Any, request: HttpRequest) -> forms.Field:
        tag_of = db_field.remote_field.through._meta.get_field("tag")
        select = TagSelect(tag_of, self.admin_site)
        may_add = self.admin_site._registry[Tag].has_add_permission(request)
        return forms.ModelMultipleChoiceField(
            Tag.objects.all(),
            required=False,
            label=capfirst(db_field.verbose_name),
            help_text=db_field.help_text,
            widget=RelatedFieldWidgetWrapper(select, tag_of.remote_field, self.admin_site, can_add_related=may_add),
        )


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts and shows only the first rows of a long list. Filters reach the others."""

    MOST = 5_000

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if not isinstance(rows, models.QuerySet):
            return len(rows)
        return min(self._found, self.MOST)

    @property
    def is_capped(self) -> bool:
        return isinstance(self.object_list, models.QuerySet) and self._found > self.MOST

    @cached_property
    def _found(self) -> int:
        """The number of rows, at most one more than the limit; without the annotations of each row."""
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[: self.MOST + 1].count())


class PanelsAdmin(RelatedFieldsMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """Base class of every model's admin."""

    is_read_only = False
    """Whether the database keeps the rows by itself; they go with what they belong to."""
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})},
        models.URLField: {"assume_scheme": "https"},
    }

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A list is called by what it lists, and not “Select session to change”."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Links on a refused form lead to the stored slug: under the one that was typed there may be no page."""
        row = kwargs.get("obj")
        if row is not None and hasattr(row, "slug") and context["errors"]:
            row.slug = type(row)._base_manager.filter(pk=row.pk).values_list("slug", flat=True).first() or row.slug
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        admins = self.admin_site._registry.items()
        kept = {model._meta.verbose_name for model, one in admins if getattr(one, "is_read_only", False)}
        return to_delete, counts, needed - kept, protected


class PanelsTabularInline(RelatedFieldsMixin, admin.TabularInline):  # type: ignore[type-arg]
    formset = KnownFormSet
    extra = 0


class PanelsStackedInline(RelatedFieldsMixin, admin.StackedInline):  # type: ignore[type-arg]
    formset = KnownFormSet
    extra = 0


def _keys(values: Sequence[str]) -> list[str]:
    """The values that can be keys. A form with others is shown again, without querying the database for them."""
    return [value for value in values if value and value.isascii() and value.isdigit()]


def editor_of(request: HttpRequest) -> AbstractBaseUser:
    """The signed-in user: the admin admits nobody else."""
    assert isinstance(request.user, AbstractBaseUser)  # noqa: S101
    return request.user


def version_sent(request: HttpRequest, field: str = "version") -> str:
    """The version token that a form sent; empty if it sent none or several."""
    sent = request.POST.getlist(field)
    return str(sent[0]) if len(sent) == 1 else ""


def text_sent(request: HttpRequest, field: str) -> str:
    """The text of a field outside Django's forms, without NUL, which PostgreSQL cannot store."""
    return request.POST.get(field, "").replace("\0", "").strip()


def link(address: str | None, text: str) -> SafeString:
    """A link, or only the text if there is no URL."""
    return format_html('<a href="{}">{}</a>', address, text) if address else format_html("{}", text)
