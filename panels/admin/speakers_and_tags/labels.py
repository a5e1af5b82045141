"""A speaker whom nobody knows, turned into labels of the chosen sessions."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from panels.admin.shared.base import PanelsAdmin, editor_of
from panels.admin.shared.versioned_rows import again_if_beaten
from panels.admin.speakers_and_tags.split import SessionsForm, changed, context_of, may_split, speaker_at
from panels.editorial.speakers_and_tags.labels import make_labels
from panels.editorial.speakers_and_tags.split import sessions_of
from panels.formats.speakers.identity import identifies
from panels.models import Speaker, Split


def labels_view(admin: PanelsAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The sessions of a speaker to choose from; a POST makes the labels."""
    if not may_split(request):
        raise PermissionDenied
    answer = partial(_answer, admin, request, speaker_at(object_id))
    return again_if_beaten(answer) if request.method == "POST" else answer()


def _answer(admin: PanelsAdmin, request: HttpRequest, speaker: Speaker) -> HttpResponse:
    sessions = sessions_of(speaker)
    sent = request.POST if request.method == "POST" else None
    form = SessionsForm(sessions, sent, all_chosen=not identifies(speaker.name))
    if form.is_valid():
        change = partial(make_labels, speaker, form.keys, by=editor_of(request))
        if done := changed(request, speaker, form, change):
            messages.success(request, _success_message(done))
            return HttpResponseRedirect(reverse("admin:panels_split_change", args=[done.pk]))
    context = context_of(admin, request, speaker, sessions, form) | {"title": _("Make labels")}
    return render(request, "admin/panels/merging/labels.html", context)


def _success_message(done: Split) -> str:
    count = len(done.moved["labels"])
    message = ngettext(
        "“%(name)s” is now a label in %(count)d session.", "“%(name)s” is now a label in %(count)d sessions.", count
    )
    return message % {"name": done.source_name, "count": count}
