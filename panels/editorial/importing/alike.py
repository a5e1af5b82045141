"""Imports of a text that is already stored: found when the text is uploaded, and asked about until answered."""

from typing import Any

from django.db import transaction

from panels.editorial.importing.drafts import DraftChangedError, UnreadableImportError, changing, transcript_of
from panels.editorial.importing.language_guess import guess_language
from panels.editorial.importing.matching.sessions import find_alike, match_session
from panels.editorial.importing.replay import Replay, replay_onto
from panels.editorial.saving.locking import hold
from panels.formats.registry import format_named
from panels.models import Event, ImportDraft

_ALIKE = "looks_like"


def decisions_without_field(import_draft: ImportDraft) -> dict[str, Any]:
    """The decisions of an import draft that no field of its form has."""
    return {name: value for name, value in import_draft.decisions.items() if name == _ALIKE}


def recognise(import_draft: ImportDraft) -> Event | None:
    """Find the stored event that a new text certainly belongs to, by URL, or by title, date and words.

    An event that is merely similar is not returned but recorded with the text, so that the editor is asked.
    """
    try:
        if format_named(import_draft.format).is_record:
            return None
        transcript = transcript_of(import_draft)
    except UnreadableImportError:
        return None
    if match := match_session(transcript, "" if transcript.language else guess_language(transcript)):
        return match.event
    if alike := find_alike(transcript):
        import_draft.decisions = import_draft.decisions | {_ALIKE: alike.pk}
        import_draft.save(update_fields=["decisions", "changed_at"])
    return None


def alike_event(import_draft: ImportDraft) -> Event | None:
    """The similar event recorded for a text, if the editor has not decided about it yet."""
    key = import_draft.decisions.get(_ALIKE)
    if import_draft.event_id is not None or not isinstance(key, int):
        return None
    return Event.objects.not_trashed().filter(pk=key).first()


def update_alike(import_draft: ImportDraft, event: Event, *, version: str) -> Replay:
    """Turn a text into a corrected text of a stored event. Decisions made for it as a new event are lost.

    The decisions of the last import of that event are applied again, as by `replay_decisions`. Raises DraftChangedError
    if the import draft is not at `version`, or the event was deleted.
    """
    import_draft.event, import_draft.steps, import_draft.decisions = event, [], {}
    replay = replay_onto(import_draft, event)
    with transaction.atomic():
        if not hold(Event, [event.pk]):
            raise DraftChangedError
        with changing(import_draft, version):
            import_draft.save(update_fields=["event", "steps", "decisions", "changed_at"])
    return replay
