"""The page *Publication* of an event: the checklist, preview links, scheduling and publishing."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.events.transitions import TRANSITIONS, transition_all, transitions_for
from panels.admin.events.withdrawal import withdraw
from panels.admin.shared.base import PanelsAdmin, editor_of, version_sent
from panels.editorial import publishing
from panels.editorial.history.event_versions import Shown, number_in, snapshot_of
from panels.editorial.publishing.checklist import checklist
from panels.editorial.session_editor.comments import open_comments
from panels.models import Event, PreviewLink, Schedule
from panels.operation.site_url import absolute_url

_LONGEST = 365  # days for which a link may show a draft
_SHOWN_BEFORE = {Event.Status.DRAFT, Event.Status.IN_REVIEW}


class ScheduleForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Publish at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


class ShareForm(forms.Form):
    reader = forms.CharField(label=_("Recipient"), required=False, max_length=200)
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=_LONGEST, initial=14)


def publication_view(admin: PanelsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The page; with a POST, the action of one of its buttons."""
    event = get_object_or_404(Event, pk=pk)
    if not admin.has_view_permission(request, event):
        raise PermissionDenied
    if request.method != "POST" and "withdraw" not in request.GET:
        return _page(admin, request, event)
    pressed = request.POST.get("do", "") if request.method == "POST" else "_withdraw"
    if pressed in {"schedule", "unschedule"}:
        return _schedule(admin, request, event, pressed)
    if pressed in {"share", "revoke"}:
        return _share(admin, request, event, pressed)
    move = TRANSITIONS.get(pressed)
    if move and not request.user.has_perm(f"panels.{move.right}"):
        raise PermissionDenied
    if pressed == "_withdraw":
        return withdraw(admin, request, [event], event)
    if move:
        seen = {"seen": number_in(event, version_sent(request))} if move.shows_words else {}
        transition_all(admin, request, [event], move.do, **seen)
    return HttpResponseRedirect(request.path)


def _schedule(admin: PanelsAdmin, request: HttpRequest, event: Event, pressed: str) -> HttpResponse:
    if not request.user.has_perm("panels.publish_event"):
        raise PermissionDenied
    version = str(request.POST.get("schedule_version", ""))
    if pressed == "unschedule":
        try:
            publishing.unschedule(event, version=version)
        except publishing.StateError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("Schedule cancelled."))
        return HttpResponseRedirect(request.path)
    form = ScheduleForm(request.POST, label_suffix="")
    if form.is_valid():
        try:
            publishing.schedule(event, form.cleaned_data["at"], by=editor_of(request), version=version)
        except publishing.StateError as error:
            form.add_error("at", str(error))
        else:
            messages.success(request, gettext("Publication scheduled."))
            return HttpResponseRedirect(request.path)
    return _page(admin, request, event, schedule=form)


def _share(admin: PanelsAdmin, request: HttpRequest, event: Event, pressed: str) -> HttpResponse:
    if not admin.has_change_permission(request, event):
        raise PermissionDenied
    if pressed == "revoke":
        return _revoke(request, event)
    form = ShareForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(admin, request, event, share=form)
    until = timezone.now() + dt.timedelta(days=form.cleaned_data["days"])
    PreviewLink.objects.create(
        event=event, reader=form.cleaned_data["reader"], expires_at=until, created_by_id=editor_of(request).pk
    )
    messages.success(request, gettext("Preview link created."))
    return HttpResponseRedirect(request.path)


def _revoke(request: HttpRequest, event: Event) -> HttpResponse:
    try:
        publishing.revoke(event, _number(request.POST.get("link", "")))
    except PreviewLink.DoesNotExist as missing:
        raise Http404 from missing
    except publishing.StateError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, gettext("Preview link revoked."))
    return HttpResponseRedirect(request.path)


def _page(
    admin: PanelsAdmin,
    request: HttpRequest,
    event: Event,
    schedule: ScheduleForm | None = None,
    share: ShareForm | None = None,
) -> HttpResponse:
    """The page, with the version of the text that its checklist is about."""
    with snapshot_of(event) as shown:
        return render(request, "admin/panels/event/publication.html", _context(admin, request, shown, schedule, share))


def _context(
    admin: PanelsAdmin, request: HttpRequest, shown: Shown, schedule: ScheduleForm | None, share: ShareForm | None
) -> dict[str, Any]:
    event = shown.event
    may_change = admin.has_change_permission(request, event)
    links = PreviewLink.objects.active().filter(event=event).select_related("created_by") if may_change else []
    scheduled = Schedule.objects.filter(event=event).select_related("by").first()
    return {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Publication"),
        "subtitle": str(event),
        "event": event,
        "version": shown.token,
        "checklist": checklist(event),
        "transitions": transitions_for(request, event),
        "scheduled": scheduled,
        "schedule_version": publishing.schedule_version(event, scheduled),
        "may_schedule": request.user.has_perm("panels.publish_event") and event.status in publishing.PUBLISHABLE,
        "schedule": schedule or ScheduleForm(label_suffix=""),
        "may_share": may_change and event.status in _SHOWN_BEFORE,
        "comments": open_comments(event),
        "share": share or ShareForm(label_suffix=""),
        "links": [(link, absolute_url(request, link.url)) for link in links],
    }


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 16 else 0  # noqa: PLR2004 — no key is as long
