"""Unidentified speakers: the labels of sessions, the most passages first, and who they may be, one click each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.shared.base import PanelsAdmin, editor_of, text_sent
from panels.admin.shared.versioned_admin import is_open_to
from panels.admin.shared.versioned_rows import again_if_beaten
from panels.editorial.speakers_and_tags.identifying import (
    Identified,
    IdentifyError,
    SpeakerCandidate,
    candidates_of,
    identify,
    in_series,
    in_series_of,
    lock_sessions,
    speaker_called,
    take_back,
    unidentified_labels,
)
from panels.models import Event, Speaker

_PER_PAGE = 20
_DONE = "panels_identified"  # in the editor's session: what the last clicks did, each to be undone, the last one first
_MOST_DONE = 100


@dataclass(frozen=True, slots=True)
class UnidentifiedRow:
    """A label with who it may be, in how many more sessions of the series it stands, and what was typed in vain."""

    label: Speaker
    candidates: list[SpeakerCandidate]
    more: int
    typed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def likeliest(self) -> Speaker | None:
        """The candidate that is chosen already: the first with evidence, unless another has the same name."""
        if self.typed:
            return next((one.speaker for one in self.candidates if str(one.speaker.pk) == self.typed.get("who")), None)
        first = next(iter(self.candidates), None)
        if first is None or not first.evidence or not first.is_near:
            return None
        named = [one for one in self.candidates if one.speaker.name == first.speaker.name]
        return first.speaker if len(named) == 1 else None


def unidentified_view(admin: PanelsAdmin, request: HttpRequest) -> HttpResponse:
    """A POST with a `label` identifies it, one with the key `undo` takes that identification back."""
    if not (admin.has_view_permission(request) and request.user.has_perm("panels.change_event")):
        raise PermissionDenied
    if request.method == "POST":
        if "undo" in request.POST:
            return again_if_beaten(partial(_undo, request))
        return again_if_beaten(partial(_identify, admin, request))
    return _page(admin, request)


def _page(admin: PanelsAdmin, request: HttpRequest, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """The labels; after a refusal with what was typed."""
    labels = unidentified_labels()
    if session := _key(request.GET.get("session", "")):
        labels = labels.filter(session=session)
    page = Paginator(labels, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Unidentified speakers"),
        "page": page,
        "rows": _rows(request, list(page)),
        "done": _done(request),
    }
    return render(request, "admin/panels/identify/unidentified.html", context, status=status)


def _rows(request: HttpRequest, labels: Sequence[Speaker]) -> list[UnidentifiedRow]:
    found = candidates_of(labels)
    in_all = defaultdict(set)
    for one in _open(request, in_series_of(labels)):
        in_all[_series_and_name(one)].add(one.pk)
    more = {label.pk: len(in_all[_series_and_name(label)] - {label.pk}) for label in labels}
    typed = {_key(request.POST.get("label", "")): request.POST}
    return [UnidentifiedRow(label, found[label.pk], more[label.pk], typed.get(label.pk, {})) for label in labels]


def _series_and_name(label: Speaker) -> tuple[str, str]:
    return (label.session.programme if label.session else "", label.name)


def _open(request: HttpRequest, labels: Any) -> list[Speaker]:
    """Those that stand at a passage of a session that the editor may change."""
    standing = unidentified_labels().filter(pk__in=labels.values("pk"))
    return [label for label in standing if label.session and is_open_to(request, label.session)]


def _identify(admin: PanelsAdmin, request: HttpRequest) -> HttpResponse:
    try:
        with transaction.atomic():  # a new speaker is not left behind
            request.session[_DONE] = [_identified(request), *_done(request)][:_MOST_DONE]
    except IdentifyError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        return HttpResponseRedirect(request.get_full_path())
    return _page(admin, request, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _identified(request: HttpRequest) -> dict[str, Any]:
    """Identify the submitted label; return what was done, to show and undo. Raises IdentifyError, ValidationError."""
    sent = request.POST
    labels = _open(request, Speaker.objects.filter(pk=_key(sent.get("label", ""))))
    if not labels:
        raise IdentifyError(gettext("This label is already identified, or you may not change its session."))
    if sent.get("scope") == "series":
        labels += _open(request, in_series(labels[0]))
    lock_sessions(labels)
    who = _who(request)
    reason = _reason(request, who)
    done = identify(labels, who, evidence=reason, by=editor_of(request), stated=bool(sent.get("stated")))
    states = [[one.event.pk, one.before, one.label.pk] for one in done]
    return {
        "key": uuid4().hex,
        "label": labels[0].name,
        "name": str(who),
        "speaker": who.pk,
        "states": states,
        "count": len(states),
    }


def _done(request: HttpRequest) -> list[dict[str, Any]]:
    """The identifications of this browser session that are not undone. Earlier versions of Panels kept only one."""
    done = request.session.get(_DONE)
    return done if isinstance(done, list) else []


def _key(sent: str) -> int:
    """A key that was sent; 0, which nothing has, if it is none."""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 19 else 0  # noqa: PLR2004


def _who(request: HttpRequest) -> Speaker:
    """The chosen candidate, or the speaker with the name that was typed. Raises IdentifyError."""
    chosen, name = request.POST.get("who", ""), text_sent(request, "name")
    if name:
        if not request.user.has_perm("panels.add_speaker"):
            raise IdentifyError(gettext("You may not add speakers."))
        return speaker_called(name, by=editor_of(request))
    found = Speaker.objects.identified().filter(pk=_key(chosen)).first()
    if found is None:
        raise IdentifyError(gettext("Choose a speaker or enter a name."))
    return found


def _reason(request: HttpRequest, who: Speaker) -> str:
    """The typed reason, or else the evidence for the candidate."""
    return text_sent(request, "evidence") or text_sent(request, f"evidence-{who.pk}")


def _undo(request: HttpRequest) -> HttpResponse:
    every = _done(request)
    chosen = next((one for one in every if one["key"] == request.POST["undo"]), None)
    if chosen is None:
        messages.warning(request, gettext("This identification has already been undone."))
        return HttpResponseRedirect(request.get_full_path())
    done = _stored(chosen)
    if not all(is_open_to(request, one.event) for one in done):
        raise PermissionDenied
    try:
        take_back(done, by=editor_of(request))
    except IdentifyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Identification undone."))
    request.session[_DONE] = [one for one in every if one is not chosen]
    return HttpResponseRedirect(request.get_full_path())


def _stored(done: dict[str, Any]) -> list[Identified]:
    """The identifications that were made with one click, in the sessions that are still there."""
    speakers = Speaker.objects.in_bulk([done["speaker"], *(label for _event, _before, label in done["states"])])
    events = Event.objects.in_bulk([event for event, _before, _label in done["states"]])
    who = speakers.get(done["speaker"])
    return [
        Identified(events[event], before, speakers[label], who)
        for event, before, label in done["states"]
        if event in events and label in speakers and who is not None
    ]
