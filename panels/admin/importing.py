"""Importing on the desk: paste or upload, look at what was understood, settle who is who, store a draft."""

import base64
import binascii
import datetime as dt
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.base import PanelsAdmin
from panels.formats.base import FormatError, Source
from panels.formats.registry import read
from panels.importing import ImportRefusedError, Person, Plan, apply, plan
from panels.models import Speaker

_LARGEST = 5 * 1024 * 1024


class SourceForm(forms.Form):
    """A text pasted, or a file. Its cleaned `source` is what readers take."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField"}),
        help_text=_("Paste the whole article or transcript, as it is."),
    )
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        help_text=_("Text, Markdown, Word, HTML, captions, Akoma Ntoso and more: recognised by its content."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text")
        if file and file.size > _LARGEST:
            raise forms.ValidationError(_("This file is too large to look at here: use the command import_sessions."))
        if not file and not (text or "").strip():
            raise forms.ValidationError(_("Paste a text or choose a file."))
        cleaned["source"] = Source(file.read(), file.name) if file else Source((text or "").encode(), "")
        return cleaned


class PlanForm(forms.Form):
    """What an editor settles before a transcript is stored: title, day, and who the new names are."""

    title = forms.CharField(label=_("Title"), max_length=300, widget=forms.TextInput(attrs={"class": "vTextField"}))
    date = forms.DateField(
        label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, people: tuple[Person, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = [person for person in people if person.known is None]
        for number, person in enumerate(self.people):
            self.fields[f"person-{number}"] = forms.ChoiceField(
                label=_("Who is %(name)s?") % {"name": person.name},
                required=False,
                choices=[("", gettext("a new speaker")), *((str(one.pk), str(one)) for one in person.similar)],
            )

    def settled(self) -> dict[str, Speaker]:
        """The stored speakers that names were said to be."""
        chosen = {
            person.name: self.cleaned_data[f"person-{number}"]
            for number, person in enumerate(self.people)
            if self.cleaned_data[f"person-{number}"]
        }
        stored = Speaker.objects.in_bulk([int(pk) for pk in chosen.values()])
        return {name: stored[int(pk)] for name, pk in chosen.items() if int(pk) in stored}


def import_view(admin: PanelsAdmin, request: HttpRequest) -> HttpResponse:
    """First the source, then the plan; nothing is stored before the plan was seen."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    if request.method == "POST" and "source" in request.POST:
        return _settle(admin, request)
    form = SourceForm(request.POST, request.FILES) if request.method == "POST" else SourceForm()
    if request.method == "POST" and form.is_valid():
        try:
            return _preview(admin, request, form.cleaned_data["source"])
        except (FormatError, ImportRefusedError) as error:
            form.add_error(None, str(error))
    return _page(admin, request, "import.html", {"form": form})


def _preview(admin: PanelsAdmin, request: HttpRequest, source: Source) -> HttpResponse:
    planned = _planned(source)
    first = {"title": planned.transcript.title, "date": planned.transcript.date}
    return _plan_page(admin, request, source, planned, PlanForm(planned.people, initial=first))


def _settle(admin: PanelsAdmin, request: HttpRequest) -> HttpResponse:
    """Store what was previewed, as the editor settled it; show the plan again if something is amiss."""
    try:
        source = Source(base64.b64decode(request.POST["source"], validate=True), request.POST.get("name", ""))
        planned = _planned(source)
    except (binascii.Error, FormatError, ImportRefusedError) as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(request.path)
    form = PlanForm(planned.people, request.POST)
    if form.is_valid():
        title, date = form.cleaned_data["title"], form.cleaned_data["date"]
        try:
            event = apply(_planned(source, title=title, date=date, settled=form.settled()))
        except ImportRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("“%(event)s” is stored as a draft.") % {"event": event})
            return HttpResponseRedirect(reverse("admin:panels_event_change", args=[event.pk]))
    return _plan_page(admin, request, source, planned, form)


def _planned(
    source: Source, *, title: str = "", date: dt.date | None = None, settled: dict[str, Speaker] | None = None
) -> Plan:
    """The plan for a source; one without a title is shown all the same, for the editor to give it one."""
    transcript = read(source)
    if title:
        transcript = replace(transcript, title=title, date=date)
    if not transcript.title.strip():
        transcript = replace(transcript, title=gettext("Without a title"))
    return plan(transcript, settled=settled)


def _plan_page(admin: PanelsAdmin, request: HttpRequest, source: Source, planned: Plan, form: PlanForm) -> HttpResponse:
    context = {
        "plan": planned,
        "form": form,
        "source": base64.b64encode(source.raw).decode(),
        "name": source.name,
        "lines": _lines(source),
    }
    return _page(admin, request, "import_plan.html", context)


def _lines(source: Source) -> list[str]:
    """The source's lines, where it is a text."""
    try:
        return source.text.split("\n")
    except FormatError:
        return []


def _page(admin: PanelsAdmin, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    shared = {**admin.admin_site.each_context(request), "opts": admin.opts, "title": _("Import a transcript")}
    return render(request, f"admin/panels/event/{name}", shared | context)
