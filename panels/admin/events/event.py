"""Events in the admin: the list, the details of each, and the URLs of its other pages."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panels.admin.accounts.fresh_sign_in import ask_again
from panels.admin.events.event_list import session_list
from panels.admin.events.history import history_view
from panels.admin.events.not_saved import not_saved
from panels.admin.events.publication import publication_view
from panels.admin.events.text_editor import text_preview_view, text_view
from panels.admin.events.transitions import TRANSITIONS, transition_all, transitions_for
from panels.admin.events.withdrawal import withdraw
from panels.admin.importing.views import import_preview_view, import_view
from panels.admin.session_editor import autosave_view, session_editor_view
from panels.admin.shared.base import PanelsStackedInline, editor_of, link
from panels.admin.shared.filters import SpeakerFilter, StatusFilter, TagFilter, UnattributedFilter, YearFilter
from panels.admin.shared.ordering import OrderedForm, OrderedFormSet
from panels.admin.shared.versioned_admin import EventInlinePermissionMixin, VersionedAdmin
from panels.editorial import publishing
from panels.models import Correction, Event, Panelist
from panels.reading.pull_quotes import passages_with
from panels.reading.sessions import load_session, other_languages
from panels.reading.transcript_pages import show
from panels.transcript import EVENT_FIELDS

_SESSION = ("status_badge", "title", "slug", "date", "language", "programme", "introduction", "pull_quote", "tags")
_SOURCE = ("publisher", "source_title", "source_url", "source_note", "licence", "recording_url")
_TRANSLATION = ("translation", "translated_from", "translation_of")
_OTHER_FIELDS = tuple(name for name in EVENT_FIELDS if name not in {*_SESSION, *_SOURCE, *_TRANSLATION})
"""Fields of an event that nobody has put into a group: the form shows them at the end of the first."""


class PlacedPanelists(OrderedFormSet):
    place = "position"


class PanelistInline(EventInlinePermissionMixin, PanelsStackedInline):
    model = Panelist
    form = OrderedForm
    formset = PlacedPanelists
    fields = (("position", "speaker", "role"), ("title", "organisation"))
    autocomplete_fields = ("speaker",)
    verbose_name_plural = _("Panelists, with job title and organisation at the time")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Panelist]":
        return super().get_queryset(request).select_related("speaker").order_by("position", "pk")


class CorrectionInline(EventInlinePermissionMixin, PanelsStackedInline):
    model = Correction
    fields = ("date", "anchor", "note")
    verbose_name_plural = _("Corrections (shown to readers)")


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """The details of an event. A pull quote is in the transcript, word for word."""

    class Meta:
        model = Event
        fields = ("pull_quote",)  # the admin adds those of its fieldsets
        widgets: ClassVar = {"pull_quote": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}

    def clean_pull_quote(self) -> str:
        words: str = self.cleaned_data["pull_quote"]
        if words and "pull_quote" in self.changed_data and not any(passages_with(self.instance, words)):
            raise forms.ValidationError(
                _("These words are not in a question or an answer of this session. Copy them from the transcript.")
            )
        return words


class EventAdmin(VersionedAdmin):
    form = EventForm
    change_form_template = "admin/panels/event/change_form.html"
    list_display = ("title", "date", "status_badge", "questions", "answers", "unattributed", "public_page")
    list_filter = (StatusFilter, YearFilter, UnattributedFilter, SpeakerFilter, TagFilter, "language", "translation")
    search_fields = ("title", "slug", "publisher", "programme", "panelists__speaker__name", "tags__name")
    search_help_text = _("Title, publisher, programme, speaker or tag")
    autocomplete_fields = ("translation_of",)
    readonly_fields = ("status_badge", "published_at")
    inlines = (PanelistInline, CorrectionInline)
    actions = ("publish", "withdraw", "submit", "return_to_draft", "move_to_trash", "restore_from_trash")
    fieldsets = (
        (None, {"fields": (*_SESSION, *_OTHER_FIELDS)}),
        (_("Source"), {"fields": _SOURCE}),
        (_("Translation"), {"fields": _TRANSLATION, "classes": ("collapse",)}),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return session_list(self, request)

    def get_queryset(self, request: HttpRequest) -> Any:
        events: Any = super().get_queryset(request)
        return events.with_counts().newest_first()

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        found, _may_repeat = super().get_search_results(request, queryset, search_term)
        if not search_term:
            return found, False
        return queryset.filter(pk__in=found.order_by().values("pk")), False

    @admin.display(description=_("status"), ordering="status")
    def status_badge(self, event: Event) -> str:
        return event.get_status_display()

    @admin.display(description=_("questions"), ordering="question_count")
    def questions(self, event: Any) -> int:
        return int(event.question_count)

    @admin.display(description=_("answers"), ordering="answer_count")
    def answers(self, event: Any) -> SafeString:
        address = reverse("admin:panels_answer_changelist")
        return link(f"{address}?event__id__exact={event.pk}", str(event.answer_count))

    @admin.display(description=_("unattributed"), ordering="unattributed_count")
    def unattributed(self, event: Any) -> SafeString | str:
        if not event.unattributed_count:
            return "–"
        address = reverse("admin:panels_answer_changelist")
        return link(f"{address}?event__id__exact={event.pk}&attribution__exact=unknown", str(event.unattributed_count))

    @admin.display(description=_("page"))
    def public_page(self, event: Event) -> SafeString:
        if event.is_public:
            return link(event.get_absolute_url(), str(_("public page")))
        return link(reverse("admin:panels_event_preview", args=[event.pk]), str(_("preview")))

    def view_on_site(self, event: Event) -> str | None:
        return event.get_absolute_url() if event.is_public else None

    def _page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """A page of an event. If the event is deleted while the page is made, the response is 404.

        If the event can no longer be changed, the submitted input is shown instead, so that it is not lost.
        """

        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(self, request, *args, **kwargs)
            except (Event.DoesNotExist, Http404, PermissionDenied) as refusal:
                return not_saved(self, request, kwargs["pk"], refusal)

        checked: Callable[..., HttpResponse] = self.admin_site.admin_view(page)
        return checked

    def get_urls(self) -> list[Any]:
        preview = self.admin_site.admin_view(self.preview)
        importing = self.admin_site.admin_view(partial(import_view, self))
        import_preview = self.admin_site.admin_view(partial(import_preview_view, self))
        text = self._page(text_view)
        text_preview = self._page(text_preview_view)
        publication = self._page(publication_view)
        session_editor = self._page(session_editor_view)
        autosave = self._page(autosave_view)
        return [
            path("<int:pk>/editor/", session_editor, name="panels_event_editor"),
            path("<int:pk>/editor/autosave/", autosave, name="panels_event_autosave"),
            path("<int:pk>/trash/", self.admin_site.admin_view(self.trash_view), name="panels_event_trash"),
            path("<int:pk>/preview/", preview, name="panels_event_preview"),
            path("<int:pk>/publication/", publication, name="panels_event_publication"),
            path("<int:pk>/text/preview/", text_preview, name="panels_event_text_preview"),
            path("<int:pk>/text/", text, name="panels_event_text"),
            path("import/", importing, name="panels_event_import"),
            path("import/<int:pk>/", import_preview, name="panels_event_import_preview"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return history_view(self, request, object_id)
        except Event.DoesNotExist as deleted:
            raise Http404 from deleted

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The public page as it will be, for users who may view the event in the admin."""
        event = Event.objects.filter(pk=pk).first()
        if event is None:
            raise Http404
        if not self.has_view_permission(request, event):
            raise PermissionDenied
        shown = show(load_session(event), part=request.GET.get("part", ""))
        if (part := shown.part_of(request.GET.get("at", ""))) and part != shown.part.number:
            return HttpResponseRedirect(f"{request.path}{shown.query(part)}#{request.GET['at']}")
        context = {"shown": shown, "other_languages": other_languages(event), "preview": True}
        return render(request, "panels/sessions/event.html", context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        event = kwargs.get("obj")
        context["may_trash"] = self.has_trash_permission(request)
        if event is not None and self.has_change_permission(request, event):
            context["transitions"] = [(name, move.with_save) for name, move in transitions_for(request, event).items()]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Event) -> HttpResponseRedirect:
        """Continue with the session editor after adding a session, if the user may edit it."""
        if self.has_change_permission(request, obj):
            return HttpResponseRedirect(reverse("admin:panels_event_editor", args=[obj.pk]))
        return super().response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Event) -> HttpResponse:
        if "_withdraw" in request.POST and self.has_publish_permission(request):
            return HttpResponseRedirect(f"{reverse('admin:panels_event_publication', args=[obj.pk])}?withdraw=")
        for name, move in TRANSITIONS.items():
            if name in request.POST and request.user.has_perm(f"panels.{move.right}"):
                transition_all(self, request, [obj], move.do)
                return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("panels.publish_event")

    def has_return_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("panels.change_reviewed_event")

    def has_trash_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("panels.delete_event")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Permission to delete permanently, which is possible only from trash."""
        may = request.user.has_perm("panels.purge_event")
        return may and (obj is None or self.event_of(obj).status == Event.Status.BINNED)

    def delete_model(self, request: HttpRequest, obj: Event) -> None:
        publishing.delete_for_good(obj, by=editor_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Event]") -> None:
        publishing.delete_for_good(*queryset, by=editor_of(request))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST" and self.has_delete_permission(request) and (confirm := ask_again(request)):
            return confirm
        try:
            return super().delete_view(request, object_id, extra_context)
        except publishing.StateError as taken_out:
            messages.error(request, str(taken_out))
            return HttpResponseRedirect(reverse("admin:panels_event_change", args=[object_id]))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        is_purge = request.POST.get("action") == "delete_selected" and "post" in request.POST
        if is_purge and self.has_delete_permission(request) and (confirm := ask_again(request)):
            return confirm
        try:
            return super().changelist_view(request, extra_context)
        except publishing.StateError as taken_out:
            messages.error(request, str(taken_out))
            return HttpResponseRedirect(request.get_full_path())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A user who may delete an event permanently deletes everything that belongs to it."""
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, needed & {self.opts.verbose_name}, protected

    @admin.action(description=_("Publish selected sessions"), permissions=["publish"])
    def publish(self, request: HttpRequest, events: "QuerySet[Event]") -> None:
        transition_all(self, request, events, publishing.publish)

    @admin.action(description=_("Withdraw selected sessions"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, events: "QuerySet[Event]") -> HttpResponse:
        return withdraw(self, request, events)

    @admin.action(description=_("Submit selected sessions for review"), permissions=["change"])
    def submit(self, request: HttpRequest, events: "QuerySet[Event]") -> None:
        transition_all(self, request, events, publishing.submit)

    @admin.action(description=_("Return selected sessions to draft"), permissions=["return"])
    def return_to_draft(self, request: HttpRequest, events: "QuerySet[Event]") -> None:
        transition_all(self, request, events, publishing.return_to_draft)

    @admin.action(description=_("Move selected sessions to trash"), permissions=["trash"])
    def move_to_trash(self, request: HttpRequest, events: "QuerySet[Event]") -> None:
        transition_all(self, request, events, publishing.move_to_trash)

    @admin.action(description=_("Restore selected sessions from trash"), permissions=["trash"])
    def restore_from_trash(self, request: HttpRequest, events: "QuerySet[Event]") -> None:
        transition_all(self, request, events, publishing.restore_from_trash)

    def trash_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move an event to trash, or with `do=restore_from_trash` restore it."""
        event = get_object_or_404(Event, pk=pk)
        if not self.has_trash_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            restore_from_trash = request.POST.get("do") == "restore_from_trash"
            transition_all(
                self,
                request,
                [event],
                publishing.restore_from_trash if restore_from_trash else publishing.move_to_trash,
            )
        return HttpResponseRedirect(reverse("admin:panels_event_change", args=[pk]))
