"""Apply the decisions of an earlier import again when a corrected version of the same source is imported.

The steps of the earlier import are applied to both texts side by side. Each is moved to the passage of the new text
that has the same or nearly the same words. A step whose passage is gone is skipped and counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from panels.editorial.importing.drafts import NEW, UnreadableImportError, as_read, transcript_of
from panels.editorial.proposals import furniture, moderator_proposal, question_lines, spelling_doubts
from panels.editorial.proposals.passages import INTRODUCTION
from panels.editorial.transcript_edits import StepError, dismissed_in, edited, paragraphs_of, places_of, turn_at
from panels.formats.registry import format_named
from panels.models import Event, ImportDraft
from panels.reading.export import transcript_of as stored_transcript
from panels.transcript import Transcript, Turn

_NEARLY = 80.0  # how alike the words of a passage and of its correction are, from 0 to 100
_EXAMINED = 5  # earlier imports of one event
_WHOLE = ("title", "date", "publisher", "source_note")  # what is settled once of the whole
_KEEPS_NOTHING = {"dismiss"}  # steps that change no word and are decisions all the same


@dataclass(frozen=True, slots=True)
class Replay:
    """The steps that were applied again, and the number of those skipped because their passages have changed."""

    steps: tuple[dict[str, Any], ...] = ()
    left_out: int = 0


def replay_decisions(import_draft: ImportDraft, event: Event) -> Replay:
    """Apply the decisions of the last import of `event` to a new text of it, and save them with that text."""
    replay = replay_onto(import_draft, event)
    import_draft.save(update_fields=["steps", "decisions", "changed_at"])
    return replay


def replay_onto(import_draft: ImportDraft, event: Event) -> Replay:
    """Apply the decisions of the last import of `event` to a new text of it, without saving."""
    former = _former_import(import_draft, event)
    if former is None:
        return Replay()
    try:
        old, new = as_read(former), as_read(import_draft)
        transcript_of(former)  # so that nothing is taken over from an import that this version cannot read
    except UnreadableImportError:
        return Replay()
    found = replayed(old, new, former.steps)
    left = _left_as_it_was(former)
    import_draft.steps = [*([{"do": "dismiss", "texts": left}] if left else []), *found.steps]
    import_draft.decisions = import_draft.decisions | _settled_again(former, old, new, event)
    return found


def replayed(old: Transcript, new: Transcript, steps: Iterable[Mapping[str, Any]]) -> Replay:
    """The steps that were applied to `old`, adapted to `new`."""
    taken: list[dict[str, Any]] = []
    left_out = 0
    for step in steps:
        try:
            moved = _moved(step, old, new)
            after = edited(new, [moved])
            old = edited(old, [step])
        except StepError:
            left_out += 1
            continue
        if after != new or moved["do"] in _KEEPS_NOTHING:
            taken.append(moved)
        new = after
    return Replay(tuple(taken), left_out)


def _former_import(import_draft: ImportDraft, event: Event) -> ImportDraft | None:
    """The last stored import of the event that was not a complete record."""
    if format_named(import_draft.format).is_record:
        return None
    stored = ImportDraft.objects.filter(event=event, stored_at__isnull=False).exclude(pk=import_draft.pk)
    for former in stored.defer("source").order_by("-stored_at")[:_EXAMINED]:
        if not format_named(former.format).is_record:
            return former
    return None


def _settled_again(former: ImportDraft, old: Transcript, new: Transcript, event: Event) -> dict[str, Any]:
    """Who the names are, and the stored fields of the event where the source still has the same value.

    A new speaker of the earlier import is stored now, and is found by name.
    """
    people = former.decisions.get("people")
    settled: dict[str, Any] = {}
    if isinstance(people, dict):
        settled["people"] = {name: key for name, key in people.items() if key != NEW}
    stored = stored_transcript(event)
    for field in _WHOLE:
        if getattr(old, field) == getattr(new, field) and getattr(stored, field) != getattr(new, field):
            settled[field] = str(getattr(stored, field) or "")
    return settled


def _left_as_it_was(former: ImportDraft) -> list[str]:
    """The proposals left open when the last import was saved: the editor saw them, so they are not proposed again.

    Lines that may begin with a speaker's label are an exception, because a corrected text may have more of them.
    """
    transcript, dismissed = transcript_of(former), dismissed_in(former.steps)
    moderator = moderator_proposal(transcript, dismissed)
    left = [
        *(line for _place, line in furniture(transcript, dismissed)),
        *(one.line for one in question_lines(transcript, dismissed)),
        *(one.text for one in spelling_doubts(transcript, dismissed)),
        *([moderator.name] if moderator else []),
    ]
    return list(dict.fromkeys(left))


def _moved(step: Mapping[str, Any], old: Transcript, new: Transcript) -> dict[str, Any]:
    """A step, moved to the corresponding place of the new text. Raises StepError if there is none."""
    moved = dict(step)
    if "number" in step:
        moved["number"] = _unread_place(int(step["number"] or 0), old, new)
    if "at" not in step:
        return moved
    place = str(step["at"])
    moved["at"] = new_place = place if place == INTRODUCTION else _same_place(place, old, new)
    if step.get("do") == "edit" and turn_at(old, place).text != turn_at(new, new_place).text:
        raise StepError(place)  # the source has corrected it since
    if "before" in step:
        turns, new_turns = dict(places_of(old)), dict(places_of(new))
        moved["before"] = _same_paragraph(int(step["before"] or 0), turns[place], new_turns[new_place])
    if step.get("do") == "merge" and _same_place(_previous(place), old, new) != _previous(new_place):
        raise StepError(place)
    return moved


def _previous(place: str) -> str:
    question, _dot, answer = place.partition(".")
    if not answer.isdigit() or int(answer) < 2:  # noqa: PLR2004 — the first has none before it
        raise StepError(place)
    return f"{question}.{int(answer) - 1}"


def _same_place(place: str, old: Transcript, new: Transcript) -> str:
    """The place of a passage in the new text: that with the same words, or else with slightly corrected ones."""
    before, after = list(places_of(old)), list(places_of(new))
    wanted = next((_key(at, turn) for at, turn in before if at == place), None)
    if wanted is None:
        raise StepError(place)
    same_before = [at for at, turn in before if _key(at, turn) == wanted]
    same_after = [at for at, turn in after if _key(at, turn) == wanted]
    if len(same_before) == len(same_after):
        return same_after[same_before.index(place)]
    if same_after:  # said more or less often than before: which one is meant cannot be told
        raise StepError(place)
    kept = {_key(at, turn) for at, turn in before}
    alike = [
        (fuzz.ratio(wanted[2], turn.text, score_cutoff=_NEARLY), at)
        for at, turn in after
        if _key(at, turn)[:2] == wanted[:2] and _key(at, turn) not in kept
    ]
    score, nearest = max(alike, default=(0.0, ""))
    if not score:
        raise StepError(place)
    return nearest


def _same_paragraph(number: int, old: Turn, new: Turn) -> int:
    before, after = paragraphs_of(old.text), paragraphs_of(new.text)
    if 0 < number <= len(before) and after.count(before[number - 1]) == 1:
        return after.index(before[number - 1]) + 1
    if len(before) == len(after):
        return number
    raise StepError(str(number))


def _unread_place(number: int, old: Transcript, new: Transcript) -> int:
    left = [unread.text for unread in new.unread]
    if not 0 < number <= len(old.unread) or left.count(old.unread[number - 1].text) != 1:
        raise StepError(str(number))
    return left.index(old.unread[number - 1].text) + 1


def _key(place: str, turn: Turn) -> tuple[bool, str | None, str]:
    return ("." in place, turn.label, turn.text)
