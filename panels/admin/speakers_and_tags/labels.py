"""A speaker whom nobody knows, turned into labels of the chosen sessions."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from panels.admin.base import PanelsAdmin, editor_of
from panels.admin.speakers_and_tags.split import may_split, speaker_at
from panels.admin.versioned_rows import again_if_beaten, message_of, version_in
from panels.editorial import row_history
from panels.editorial.merging.labels import make_labels
from panels.editorial.merging.split import SpeakerInSession, SplitError, sessions_of
from panels.editorial.row_history import RowConflictError, RowGoneError
from panels.formats.speakers.identity import identifies
from panels.models import Speaker, Split


class LabelsForm(forms.Form):
    """In which sessions it is not known who the speaker is: in all, if their name does not say it."""

    sessions = forms.MultipleChoiceField(label=_("Sessions"), required=False)

    def __init__(self, speaker: Speaker, sessions: list[SpeakerInSession], sent: QueryDict | None = None) -> None:
        super().__init__(sent)
        keys = [str(one.event.pk) for one in sessions]
        proposed = () if identifies(speaker.name) else keys
        self.chosen = frozenset(proposed if sent is None else sent.getlist("sessions"))
        field = self.fields["sessions"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [(key, key) for key in keys]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("sessions") and not self.errors:
            self.add_error("sessions", gettext("Choose at least one session."))
        return given


def labels_view(admin: PanelsAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The sessions of a speaker to choose from; a POST makes the labels."""
    if not may_split(request):
        raise PermissionDenied
    answer = partial(_answer, admin, request, speaker_at(object_id))
    return again_if_beaten(answer) if request.method == "POST" else answer()


def _answer(admin: PanelsAdmin, request: HttpRequest, speaker: Speaker) -> HttpResponse:
    sessions = sessions_of(speaker)
    form = LabelsForm(speaker, sessions, request.POST if request.method == "POST" else None)
    if form.is_valid() and (done := _made(request, speaker, form)):
        messages.success(request, _said(done))
        return HttpResponseRedirect(reverse("admin:panels_split_change", args=[done.pk]))
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Make labels"),
        "subtitle": str(speaker),
        "original": speaker,
        "key": speaker.pk,
        "sessions": [(one, str(one.event.pk) in form.chosen) for one in sessions],
        "form": form,
        "version": row_history.version_of(speaker),
    }
    return render(request, "admin/panels/merging/labels.html", context)


def _said(done: Split) -> str:
    count = len(done.moved["labels"])
    said = ngettext(
        "“%(name)s” is now a label in %(count)d session.", "“%(name)s” is now a label in %(count)d sessions.", count
    )
    return said % {"name": done.source_name, "count": count}


def _made(request: HttpRequest, speaker: Speaker, form: LabelsForm) -> Split | None:
    """What was done; None if it cannot be, which the form then says."""
    try:
        with transaction.atomic():
            row_history.checked(Speaker, [speaker.pk], version_in(request))
            return make_labels(speaker, [int(key) for key in form.cleaned_data["sessions"]], by=editor_of(request))
    except (RowConflictError, RowGoneError) as error:
        form.add_error(None, message_of(error))
    except SplitError as error:
        form.add_error(None, str(error))
    return None
