"""Turn the buttons of an import page into steps of `panels.editorial.transcript_edits`."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from panels.admin.importing.proposals import step_of
from panels.admin.importing.who_is_who import is_anything_typed, step_typed
from panels.admin.shared.base import text_sent
from panels.editorial.importing.drafts import transcript_of
from panels.editorial.transcript_edits import StepError, turn_at
from panels.models import ImportDraft
from panels.transcript import Transcript, Turn
from panels.transcript.text import normalize_newlines


def pressed_step(request: HttpRequest, transcript: Transcript) -> str:
    """The step of the pressed button. The enter key in the speaker field sets the speaker.

    Input under “Who is who?” is also applied by the enter key and by the buttons that save.
    """
    if "enter" in request.POST and request.POST.get("speaker"):
        return f"name {request.POST.get('open', '')}"
    saves = {"enter", "keep", "store"} & set(request.POST)
    if saves and "step" not in request.POST and is_anything_typed(request, transcript, with_proposed="store" in saves):
        return "voices"
    return request.POST.get("step", "")


def step_data(request: HttpRequest, pressed: str, import_draft: ImportDraft) -> dict[str, Any]:
    """The step of a button: its name, the place, and a number if needed."""
    name, place, number, *_rest = [*pressed.split(), "", "", ""]
    if name == "proposal":
        return step_of(import_draft, place, number)
    return _typed(request, import_draft, name, place, number)


def _typed(request: HttpRequest, import_draft: ImportDraft, name: str, place: str, number: str) -> dict[str, Any]:
    if name == "fetch":
        return {"do": name, "number": _number(place)}
    if name == "voices":
        return step_typed(request, transcript_of(import_draft))
    if name == "split":
        return {"do": name, "at": place, "before": _number(number)}
    if name == "candidate":
        candidates = turn_at(transcript_of(import_draft), place).candidates
        if not 0 < _number(number) <= len(candidates):
            raise StepError(gettext("this candidate no longer exists"))
        chosen = candidates[_number(number) - 1]
        return {"do": "name", "at": place, "speaker": chosen.name, "evidence": chosen.evidence}
    if name in ("name", "edit"):
        return _passage_typed(request, turn_at(transcript_of(import_draft), place), name, place)
    return {"do": name, "at": place}


def _passage_typed(request: HttpRequest, turn: Turn, name: str, place: str) -> dict[str, Any]:
    """The step for the input at a place (text, speaker, or both), whichever button was pressed."""
    who = {field: text_sent(request, field) for field in ("speaker", "evidence")}
    text = normalize_newlines(text_sent(request, "text")) if "text" in request.POST else turn.text
    is_named = "speaker" in request.POST and who != {"speaker": turn.speaker or "", "evidence": turn.evidence}
    if name == "name" and text.strip() == turn.text.strip():
        return {"do": "name", "at": place, **who}
    return {"do": "edit", "at": place, "text": text, **(who if is_named else {})}


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 8 else 0  # noqa: PLR2004 — no list is as long
