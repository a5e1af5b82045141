"""Split a speaker who is several people, by session; list likely ones; undo a split."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.shared.base import PanelsAdmin, editor_of
from panels.admin.shared.read_only import ReadOnlyAdmin
from panels.admin.shared.versioned_rows import again_if_beaten, message_of, version_in
from panels.editorial.history import row_history
from panels.editorial.history.row_history import RowConflictError, RowGoneError
from panels.editorial.speakers_and_tags.doubtful_speakers import doubtful_speakers
from panels.editorial.speakers_and_tags.labels import undo_labels
from panels.editorial.speakers_and_tags.split import SpeakerInSession, SplitError, sessions_of, split, undo
from panels.models import Speaker, Split

NEW = "new"
"""The choice by which somebody is a new speaker."""
_LISTED = 200
_OFFERED = 20


class SessionsForm(forms.Form):
    """Which sessions of a speaker are chosen, at least one; before anything is sent, `all_chosen` or none."""

    sessions = forms.MultipleChoiceField(label=_("Sessions"), required=False)

    def __init__(
        self,
        sessions: Sequence[SpeakerInSession],
        sent: QueryDict | None = None,
        *,
        all_chosen: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(sent, initial=initial)
        choices = [(str(one.event.pk), str(one.event)) for one in sessions]
        proposed = [key for key, _title in choices] if all_chosen else []
        self.chosen = frozenset(proposed if sent is None else sent.getlist("sessions"))
        self._offer("sessions", choices)

    @property
    def keys(self) -> list[int]:
        """The keys of the chosen sessions, of a valid form."""
        return [int(key) for key in self.cleaned_data["sessions"]]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("sessions") and "sessions" not in self.errors:
            self.add_error("sessions", gettext("Choose at least one session."))
        return given

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = choices


class SplitForm(SessionsForm):
    """Which sessions are somebody else's, and who that is.

    If stored speakers have the name that is given, the form asks whether one of them is meant.
    """

    sessions = forms.MultipleChoiceField(label=_("Sessions of the other speaker"), required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    who = forms.ChoiceField(label=_("Who is this?"), widget=forms.RadioSelect, required=False)
    note = forms.CharField(label=_("Distinguishing note"), max_length=80, required=False)
    own_note = forms.CharField(max_length=80, required=False)
    keeps_url = forms.ChoiceField(label=_("Old URL"), widget=forms.RadioSelect, required=False)

    def __init__(self, speaker: Speaker, sessions: Sequence[SpeakerInSession], sent: QueryDict | None = None) -> None:
        super().__init__(sessions, sent, initial={"own_note": speaker.note, "keeps_url": ""})
        self.speaker, self.other = speaker, Speaker()
        named = self._named(" ".join(sent.get("name", "").replace("\0", "").split()) if sent else "")
        self.called = {str(one.pk): one for one in named}
        self._offer("who", [*((key, str(one)) for key, one in self.called.items()), (NEW, gettext("new speaker"))])
        self._offer(
            "keeps_url",
            [
                ("", gettext("Show a page that names both speakers")),
                ("1", gettext("Keep it for “%(name)s”, with a link to the other speaker") % {"name": speaker.name}),
            ],
        )
        self.fields["own_note"].label = gettext("Distinguishing note of “%(name)s”") % {"name": speaker.name}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        name = " ".join(given.get("name", "").split())
        if not name:
            self.add_error("name", gettext("Enter a name."))
        elif self.called and not given.get("who"):
            self.add_error("who", gettext("There are already speakers with this name. Choose one, or a new speaker."))
        elif self.called and given["who"] != NEW:
            self.other = self.called[given["who"]]
        elif name == self.speaker.name and given.get("note", "") == given.get("own_note", ""):
            self.add_error("note", gettext("Enter a note that tells the two apart."))
        else:
            self.other = Speaker(name=name, note=given.get("note", ""))
        return given

    def _named(self, name: str) -> "QuerySet[Speaker]":
        called = Q(name=name) | Q(original_name=name) if name else Q(pk=None)
        return Speaker.objects.identified().filter(called).exclude(pk=self.speaker.pk).by_name()[:_OFFERED]


class SplitAdmin(ReadOnlyAdmin):
    """The splits, each with a button that undoes it."""

    change_form_template = "admin/panels/merging/split_done.html"
    list_display = ("__str__", "split_at", "by", "undone_at")
    list_select_related = ("by",)
    search_fields = ("source_name", "target_name")
    fields = ("source_name", "split_off", "split_at", "by", "undone_at")
    readonly_fields = ("split_off",)

    def get_urls(self) -> list[Any]:
        undoing = self.admin_site.admin_view(undo_view)
        return [path("<int:pk>/undo/", undoing, name="panels_split_undo"), *super().get_urls()]

    @admin.display(description=_("split off"))
    def split_off(self, done: Split) -> str:
        return done.target

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        done = kwargs.get("obj")
        context["may_undo"] = done is not None and done.undone_at is None and may_split(request)
        return super().render_change_form(request, context, *args, **kwargs)


def doubtful_view(admin: PanelsAdmin, request: HttpRequest) -> HttpResponse:
    """Speakers who are probably several people."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    found = doubtful_speakers()
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Doubtful speakers"),
        "found": found[:_LISTED],
        "more": max(0, len(found) - _LISTED),
        "may_split": may_split(request),
    }
    return render(request, "admin/panels/merging/doubtful.html", context)


def split_view(admin: PanelsAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The sessions of a speaker to choose from; a POST splits."""
    if not may_split(request):
        raise PermissionDenied
    answer = partial(_answer, admin, request, speaker_at(object_id))
    return again_if_beaten(answer) if request.method == "POST" else answer()


def speaker_at(object_id: str) -> Speaker:
    """The identified speaker with a key from a URL. Raises Http404."""
    key = int(object_id) if object_id.isascii() and object_id.isdecimal() and len(object_id) < 19 else 0  # noqa: PLR2004
    return get_object_or_404(Speaker.objects.identified(), pk=key)


def _answer(admin: PanelsAdmin, request: HttpRequest, speaker: Speaker) -> HttpResponse:
    sessions = sessions_of(speaker)
    form = SplitForm(speaker, sessions, request.POST if request.method == "POST" else None)
    if form.is_valid() and (done := _split(request, speaker, form)):
        messages.success(request, gettext("Split: %(split)s") % {"split": done})
        return HttpResponseRedirect(reverse("admin:panels_split_change", args=[done.pk]))
    context = context_of(admin, request, speaker, sessions, form) | {"title": _("Split speaker")}
    return render(request, "admin/panels/merging/split.html", context)


def context_of(
    admin: PanelsAdmin,
    request: HttpRequest,
    speaker: Speaker,
    sessions: Iterable[SpeakerInSession],
    form: SessionsForm,
) -> dict[str, Any]:
    """The context of a page on which sessions of a speaker are chosen."""
    return {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "subtitle": str(speaker),
        "original": speaker,
        "key": speaker.pk,
        "sessions": [(one, str(one.event.pk) in form.chosen) for one in sessions],
        "form": form,
        "version": row_history.version_of(speaker),
    }


def _split(request: HttpRequest, speaker: Speaker, form: SplitForm) -> Split | None:
    given = form.cleaned_data
    change = partial(
        split,
        speaker,
        form.keys,
        form.other,
        keeps_url=bool(given["keeps_url"]),
        note=given["own_note"],
        by=editor_of(request),
    )
    return changed(request, speaker, form, change)


def changed(request: HttpRequest, speaker: Speaker, form: forms.Form, change: Callable[[], Split]) -> Split | None:
    """Change a speaker unless they have changed since the page was made; then return None, and the form says so."""
    try:
        with transaction.atomic():
            row_history.checked(Speaker, [speaker.pk], version_in(request))
            return change()
    except (RowConflictError, RowGoneError) as error:
        form.add_error(None, message_of(error))
    except (SplitError, ValidationError) as error:
        form.add_error(None, error.messages if isinstance(error, ValidationError) else str(error))
    return None


def undo_view(request: HttpRequest, pk: int) -> HttpResponse:
    done = get_object_or_404(Split, pk=pk)
    if not may_split(request):
        raise PermissionDenied
    if request.method == "POST":
        try:
            speaker = (undo_labels if done.is_into_labels else undo)(done, by=editor_of(request))
        except SplitError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("Split of “%(name)s” undone.") % {"name": speaker.name})
    return HttpResponseRedirect(reverse("admin:panels_split_change", args=[pk]))


def may_split(request: HttpRequest) -> bool:
    """As merging: who may delete speakers."""
    return request.user.has_perm("panels.delete_speaker")
