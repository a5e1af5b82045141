"""Input on an import page that is not part of a step yet, saved with the draft whenever a button is pressed.

This is the correction note, the rows of *Who is who?*, and the tools of a passage. It is saved with the decisions, so
that another browser shows it too, and removed once it is applied, deleted or closed.
"""

from typing import Any

from django.http import HttpRequest, QueryDict

from panels.admin.importing.forms import key_of
from panels.admin.importing.steps import pressed_step
from panels.admin.importing.who_is_who import inputs_typed
from panels.admin.shared.base import text_sent
from panels.editorial.importing.drafts import UNAPPLIED
from panels.editorial.transcript_edits import StepError, turn_at
from panels.models import ImportDraft
from panels.transcript import Transcript, Turn
from panels.transcript.text import normalize_newlines

_NOTE = ("correction_note", "same_meaning")
_TOOLS = ("speaker", "evidence", "text")

Typed = dict[str, Any]


def unapplied(request: HttpRequest, import_draft: ImportDraft, transcript: Transcript) -> Typed:
    """The submitted input, and saved input of places that are not on the page, without what the button applies."""
    typed: Typed = {name: text for name in _NOTE if (text := text_sent(request, name))}
    if any(name.startswith(("voice-", "role-")) for name in request.POST):
        typed |= {} if pressed_step(request, transcript) == "voices" else inputs_typed(request, transcript)
    if places := _places(request, _kept(import_draft).get("places"), transcript):
        typed["places"] = places
    return typed


def show_unapplied(request: HttpRequest, import_draft: ImportDraft, transcript: Transcript) -> None:
    """Show saved input on the page of a GET, as after a submitted form."""
    kept = _kept(import_draft)
    shown = QueryDict(mutable=True)
    shown.update({name: text for name, text in kept.items() if isinstance(text, str)})
    places = kept.get("places")
    turn = _turn_at(transcript, request.GET.get("at", ""))
    if turn is not None and isinstance(places, dict) and isinstance(tools := places.get(key_of(turn.text)), dict):
        shown.update({"open_text": key_of(turn.text), "open": request.GET["at"], **tools})
    request.POST = shown  # type: ignore[assignment]


def is_note_kept(request: HttpRequest, import_draft: ImportDraft) -> bool:
    """Whether the submitted correction note is the saved one."""
    return all(text_sent(request, name) == _kept(import_draft).get(name, "") for name in _NOTE)


def _kept(import_draft: ImportDraft) -> Typed:
    kept = import_draft.decisions.get(UNAPPLIED)
    return kept if isinstance(kept, dict) else {}


def _places(request: HttpRequest, kept: object, transcript: Transcript) -> Typed:
    """The input in the tools of passages that differs from the passage, by key."""
    places = dict(kept) if isinstance(kept, dict) else {}
    key, place = request.POST.get("open_text", ""), request.POST.get("open", "")
    if not key:
        return places
    places.pop(key, None)
    turn = _turn_at(transcript, place)
    is_applied = "close" in request.POST or request.POST.get("step", "").split()[1:2] == [place]
    if turn is None or is_applied or key_of(turn.text) != key:
        return places
    typed = {name: normalize_newlines(text_sent(request, name)) for name in _TOOLS if name in request.POST}
    shown = {"speaker": turn.speaker or "", "evidence": turn.evidence, "text": turn.text}
    return places | ({key: typed} if typed.items() - shown.items() else {})


def _turn_at(transcript: Transcript, place: str) -> Turn | None:
    try:
        return turn_at(transcript, place)
    except StepError:
        return None
