"""Forms, deletions and actions for speakers, tags, users and groups, with conflict checks and a history.

The form carries the version of the row that it shows. If somebody else changed the row since, nothing is saved: the
form is shown again with what was typed, who changed what, and the difference. Saving it again overwrites that
knowingly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, models, transaction
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.shared.base import PanelsAdmin, editor_of, refused
from panels.editorial.history import row_history
from panels.editorial.history.row_history import Reason, RowConflictError, RowFieldChange, RowGoneError
from panels.models import RowRevision

_DEADLOCK = "40P01"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """The values of a row as a page shows them, taken before a form changes the instance."""

    version: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowConflict:
    """A conflict with another editor's change, as shown on the form."""

    theirs: tuple[RowFieldChange, ...]
    yours: tuple[RowFieldChange, ...]
    saved: tuple[RowRevision, ...]


class VersionedRowAdmin(PanelsAdmin):
    """Saves, deletes and restores through `panels.editorial.history.row_history` alone."""

    change_form_template = "admin/panels/rows/change_form.html"
    delete_confirmation_template = "admin/panels/rows/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/panels/rows/delete_selected_confirmation.html"
    actions: Any = ("delete_selected",)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            row_history.read_whole(row)
            request.row_read = ReadRow(row_history.version_of(row), row_history.values_of(row))  # type: ignore[attr-defined]
        return row

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        def show_or_save() -> HttpResponse:
            return super(VersionedRowAdmin, self).changeform_view(request, object_id, form_url, extra_context)

        if request.method != "POST":
            return show_or_save()
        if object_id is None:
            return again_if_beaten(show_or_save)
        key = self.key_of(object_id)
        try:
            return again_if_beaten(lambda: self._change(request, key, show_or_save))
        except RowGoneError:
            return self._gone(request, key) if key else show_or_save()
        except RowConflictError as conflict:
            request.conflict = conflict  # type: ignore[attr-defined]
            return show_or_save()

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        conflict: RowConflictError | None = getattr(request, "conflict", None)
        return form if conflict is None else refused(form, _refusal(conflict))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        read: ReadRow | None = getattr(request, "row_read", None)
        conflict: RowConflictError | None = getattr(request, "conflict", None)
        if read is not None and kwargs.get("obj") is not None:
            context["version"] = read.version
            if conflict is not None:
                context["conflict"] = self._shown(conflict, read, context["adminform"].form)
        return super().render_change_form(request, context, *args, **kwargs)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        row_history.record(obj, by=editor_of(request), reason=Reason.CREATED)
        return super().log_addition(request, obj, message)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> Any:
        context["version"] = request.row_read.version  # type: ignore[attr-defined]
        return super().render_delete_form(request, context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        if not self.has_delete_permission(request):
            raise PermissionDenied
        try:
            with transaction.atomic():
                row_history.checked(self.model, [self.key_of(object_id)], version_in(request))
                return super().delete_view(request, object_id, extra_context)
        except RowGoneError:
            return super().delete_view(request, object_id, extra_context)
        except (RowConflictError, models.RestrictedError, IntegrityError) as error:
            return self.led_back(request, error)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        row_history.delete(obj, by=editor_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> None:
        with transaction.atomic():
            for row in row_history.lock(self.model, [row.pk for row in queryset]):
                row_history.delete(row, by=editor_of(request))

    @admin.action(description=_("Delete selected %(verbose_name_plural)s"), permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> Any:
        rows = list(queryset)  # which the page shows: it reads them no second time
        if not request.POST.get("post"):
            row_history.read_whole(*rows)
            return self._with_version(actions.delete_selected(self, request, queryset), rows)
        try:
            with transaction.atomic():
                row_history.checked(self.model, [row.pk for row in rows], version_in(request))
                return self._with_version(actions.delete_selected(self, request, queryset), rows)
        except (RowGoneError, RowConflictError, models.RestrictedError, IntegrityError) as error:
            return self.led_back(request, error)

    def key_of(self, object_id: str) -> int:
        """The key in a URL; 0, which no row has, if there is none."""
        written = unquote(object_id)
        return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0  # noqa: PLR2004

    def led_back(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Redirect to the page that was submitted, with the reason why nothing was changed."""
        messages.error(request, message_of(error))
        return HttpResponseRedirect(request.get_full_path())

    def _change(self, request: HttpRequest, key: int, save: Callable[[], HttpResponse]) -> HttpResponse:
        with row_history.changing(self.model, key, version=version_in(request), by=editor_of(request)):
            return save()

    def _with_version(self, response: Any, rows: list[Any]) -> Any:
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            response.context_data["version"] = row_history.version_of(*rows)
        return response

    def _shown(self, conflict: RowConflictError, read: ReadRow, form: Any) -> RowConflict:
        theirs = row_history.compare(self.model, conflict.base.values, read.values) if conflict.base else ()
        yours = row_history.compare(self.model, read.values, read.values | _typed(form))
        return RowConflict(theirs, yours, conflict.saved)

    def _gone(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show what was typed for a row that somebody else deleted or merged."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        typed = [
            (capfirst(field.verbose_name), row_history.shown(field, request.POST[field.name]))
            for field in row_history.versioned_fields(self.model)
            if not field.many_to_many and field.name in request.POST
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Not saved"),
            "last": row_history.last_of(self.model, key),
            "key": key,
            "typed": typed,
        }
        return render(request, "admin/panels/rows/gone.html", context)


def version_in(request: HttpRequest) -> str:
    return str(request.POST.get("version", ""))


def message_of(error: Exception) -> str:
    """Why nothing was changed, for people."""
    if isinstance(error, RowGoneError):
        return gettext("Someone else deleted or merged one of these in the meantime. Nothing was changed.")
    if not isinstance(error, RowConflictError):
        return gettext("Something else refers to this now. Nothing was changed.")
    if not error.saved:
        return gettext("This page is out of date. Nothing was changed: check the saved version, then try again.")
    return gettext(
        "Someone else changed this in the meantime (%(who)s, %(when)s). Nothing was changed: "
        "check the saved version, then try again."
    ) % _who_and_when(error)


def _refusal(conflict: RowConflictError) -> str:
    """Why the form was not saved."""
    if not conflict.saved:
        return gettext(
            "This form is out of date, so your changes have not been saved. Check the difference, then save again."
        )
    return gettext(
        "Someone else changed this while you were editing (%(who)s, %(when)s). Your changes have not been saved. "
        "Check the difference, then save again to overwrite."
    ) % _who_and_when(conflict)


def _who_and_when(conflict: RowConflictError) -> dict[str, str]:
    who = dict.fromkeys(str(one.by or gettext("someone outside the admin")) for one in conflict.saved)
    when = timezone.localtime(conflict.saved[-1].created_at)
    return {"who": ", ".join(who), "when": formats.date_format(when, "DATETIME_FORMAT")}


def again_if_beaten(act: Callable[[], HttpResponse]) -> HttpResponse:
    """Run a view, and run it once more if another transaction won; the first time in one transaction."""
    try:
        with transaction.atomic():
            return act()
    except (IntegrityError, OperationalError) as error:
        if not is_beaten(error):
            raise
        return act()


def is_beaten(error: Exception) -> bool:
    """Whether another editor was faster, so that a second attempt can show what they did.

    Between check and save they may have used a name or deleted a chosen object, or the two waited for each other.
    """
    return isinstance(error, IntegrityError) or getattr(error.__cause__, "sqlstate", "") == _DEADLOCK


def _typed(form: Any) -> dict[str, Any]:
    """The typed values in the form of `values_of`; an invalid value as the text that was typed."""
    typed: dict[str, Any] = {}
    for name, field in form.fields.items():
        if field.disabled:
            continue
        sent = form[name].data
        try:
            value = field.clean(sent)
        except ValidationError:
            if isinstance(field, ModelMultipleChoiceField):
                continue
            value = sent
        if isinstance(value, models.QuerySet):
            value = sorted(value.values_list("pk", flat=True))
        elif isinstance(value, str):
            value = value.replace("\r\n", "\n")
        typed[name] = value
    return typed
