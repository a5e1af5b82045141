"""Withdraw events, after asking for confirmation and for the reason that readers are given."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from panels.admin.accounts.fresh_sign_in import ask_again
from panels.admin.events.transitions import transition_all
from panels.admin.shared.base import PanelsAdmin
from panels.editorial import publishing
from panels.models import Event

_LONGEST = 2000  # characters


class WithdrawalForm(forms.Form):
    """The reason for withdrawing events."""

    reason = forms.CharField(
        label=_("Reason, shown to readers (optional)"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def withdraw(
    admin: PanelsAdmin, request: HttpRequest, events: Iterable[Event], event: Event | None = None
) -> HttpResponse:
    """Ask for confirmation, and withdraw the events once the form is submitted.

    `event` is the event whose page led here; None for a list. The caller checks the permission. If none could be
    withdrawn, the page is shown again with the reason that was typed.
    """
    back = reverse("admin:panels_event_publication", args=[event.pk]) if event else request.get_full_path()
    form = WithdrawalForm(request.POST if request.POST.get("post") else None, label_suffix="")
    if form.is_valid():
        if confirm := ask_again(request):
            return confirm
        reason = form.cleaned_data["reason"]
        if transition_all(admin, request, events, partial(publishing.withdraw, reason=reason)) or not reason:
            return HttpResponseRedirect(back)
    context: dict[str, Any] = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Withdraw"),
        "subtitle": str(event) if event else None,
        "event": event,
        "events": events,
        "form": form,
        "action_url": back,
        "cancel_url": back,
    }
    return render(request, "admin/panels/event/withdraw.html", context)
