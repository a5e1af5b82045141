"""The desk's page, and for its script the parts of it that changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.base import PanelsAdmin, editor_of
from panels.admin.desk.rows import Row, clock, offers_of, put_comments, rows_of
from panels.desk import sittings
from panels.desk.comments import open_comments
from panels.desk.saving import Saved, looked_at
from panels.desk.steps import anchors_of, differing
from panels.exporting import transcript_of
from panels.models import Event, Sitting
from panels.transcript import Transcript
from panels.versions import number_in, snapshot_of, token_of


@dataclass(frozen=True)
class Desk:
    """An editor's request about an event."""

    admin: PanelsAdmin
    request: HttpRequest
    event: Event

    @property
    def editor(self) -> AbstractBaseUser:
        return editor_of(self.request)

    @cached_property
    def wants_json(self) -> bool:
        return self.request.accepts("application/json") and not self.request.accepts("text/html")

    @property
    def form_name(self) -> str:
        """By which unsaved work is known: the anchor, or after what something new shall stand."""
        anchor = self.request.POST.get("at", "")
        return (anchor or f"new {self.request.POST.get('after', '')}")[:100]

    def number(self, name: str) -> int:
        """A number that was sent; 0 for what is none."""
        written = self.request.POST.get(name) or self.request.GET.get(name, "")
        return int(written) if written.isdecimal() and len(written) < 16 else 0  # noqa: PLR2004 — nothing is as many

    def version(self, name: str) -> int | None:
        """The number of the version in a token that was sent; None for what is none, or for several."""
        sent = self.request.POST.getlist(name) or self.request.GET.getlist(name)
        return number_in(self.event, sent[0]) if len(sent) == 1 else None

    @property
    def unsaved(self) -> Mapping[str, Any]:
        """What the editor typed and did not save, by the names of forms."""
        own = Sitting.objects.filter(event=self.event, editor=self.editor.pk)
        return own.values_list("unsaved", flat=True).first() or {}

    def transcript(self) -> Transcript:
        """What is stored now, with its edition."""
        return transcript_of(Event.objects.select_related("edition").get(pk=self.event.pk))

    def address(self, rest: str = "") -> str:
        return reverse("admin:panels_event_desk", args=[self.event.pk]) + rest


@dataclass(frozen=True, slots=True)
class Told:
    """What an editor is told of a request, and where to look; `moved` if the session may be another than it shows."""

    said: str = ""
    level: int = messages.SUCCESS
    anchor: str = ""
    saved: Saved | None = None
    moved: bool = False


def tell(desk: Desk, told: Told) -> HttpResponse:
    """Lead back to the page; the script gets those passages that are not what they were."""
    if not desk.wants_json:
        messages.add_message(desk.request, told.level, told.said)
        undo = ""
        if told.saved:
            undo = f"?undo={told.saved.undo_to}&edition={token_of(desk.event, told.saved.edition)}"
        return HttpResponseRedirect(desk.address(f"{undo}#{told.anchor}" if told.anchor else undo))
    with snapshot_of(desk.event) as shown:
        desk = replace(desk, event=shown.event)
        transcript = desk.transcript()
        drawn = {told.anchor, *desk.request.POST.getlist("at"), *(told.saved.new if told.saved else ())}
        if told.moved or (told.saved and told.saved.meanwhile):
            drawn |= _differing(desk, desk.version("shown"), transcript)
        return show_parts(desk, transcript, [row for row in rows_of(transcript) if row.anchor in drawn], told)


def show_since(desk: Desk, transcript: Transcript, edition: int | None) -> JsonResponse:
    """What is another than it was in an edition, for whoever has that before them."""
    changed = _differing(desk, edition, transcript)
    return show_parts(desk, transcript, [row for row in rows_of(transcript) if row.anchor in changed], Told(moved=True))


def _differing(desk: Desk, edition: int | None, transcript: Transcript) -> set[str]:
    """The anchors at which there is something else now than in an edition; all, if it is unknown which that is."""
    return differing(Transcript() if edition is None else looked_at(desk.event, edition), transcript)


def show_parts(
    desk: Desk, transcript: Transcript, rows: Iterable[Row], told: Told | None = None, status: int = 200
) -> JsonResponse:
    """Passages by their anchors, as the page shows them; after a change also the order of all."""
    told, rows = told or Told(), list(rows)
    put_comments(rows, open_comments(desk.event))
    name = "admin/panels/event/_desk_passage.html"
    drawn = {
        row.anchor or "new": render_to_string(name, {"event": desk.event, "row": row}, desk.request) for row in rows
    }
    parts = {
        "html": drawn,
        "order": anchors_of(transcript) if told.saved or told.moved else None,
        "edition": token_of(desk.event, transcript.edition),
        "said": told.said,
        "level": messages.DEFAULT_TAGS[told.level],
        "undo": told.saved.undo_to if told.saved else None,
        "focus": told.anchor,
    }
    return JsonResponse(parts, status=status)


def show_page(desk: Desk, transcript: Transcript, rows: list[Row], status: int = 200) -> HttpResponse:
    commenting = desk.request.GET.get("comment", "")
    for row in rows:
        row.commenting = bool(commenting) and row.anchor == commenting
    gaps = [row.anchor for row in rows if not row.is_question and row.anchor and not row.turn.speaker]
    context: dict[str, Any] = {
        **desk.admin.admin_site.each_context(desk.request),
        "event": desk.event,
        "opts": desk.admin.opts,
        "title": _("Edit the session"),
        "subtitle": str(desk.event),
        "transcript": transcript,
        "rows": rows,
        "offers": offers_of(desk.event, desk.unsaved, transcript),
        "others": others_at(desk),
        "astray": put_comments(rows, open_comments(desk.event)),
        "undo": _undo(desk, transcript),
        "gaps": len(gaps),
        "first_gap": gaps[0] if gaps else "",
        "last_anchor": (anchors_of(transcript) or [""])[-1],
    }
    return render(desk.request, "admin/panels/event/desk.html", context, status=status)


def others_at(desk: Desk) -> list[str]:
    """Who else is there, for people."""
    return [
        gettext("%(who)s has had this session open since %(since)s, and was last seen at %(seen)s.")
        % {"who": one.editor, "since": clock(one.opened_at), "seen": clock(one.seen_at)}
        for one in sittings.others_at(desk.event, desk.editor)
    ]


def _undo(desk: Desk, transcript: Transcript) -> int:
    """The state before the change that the address speaks of, as long as that is the last one."""
    undo = desk.request.GET.get("undo", "")
    still = desk.version("edition") == transcript.edition
    return int(undo) if still and undo.isdecimal() and len(undo) < 9 else 0  # noqa: PLR2004 — no event has as many
