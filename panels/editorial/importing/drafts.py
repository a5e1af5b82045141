"""Import drafts: an uploaded text, edited step by step, and finally stored as an event.

Every page carries the version of the draft that it shows. Every write locks the draft and compares that version, so an
older page cannot change, store or discard what somebody else has changed.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_date

from panels.editorial.history import event_history
from panels.editorial.importing.planning import ImportOptions, Plan, locked, plan, prepare, write
from panels.editorial.importing.writing.preparing import Prepared
from panels.editorial.proposals import byline_of, with_head
from panels.editorial.publishing import publish_stored
from panels.editorial.saving.changes import recorded_change
from panels.editorial.saving.corrections import ChangeNote
from panels.editorial.saving.locking import lock_events
from panels.editorial.transcript_edits import StepError, edited
from panels.editorial.wording import error_text
from panels.formats.base import Format, FormatError, Source
from panels.formats.limits import UNLIMITED, Limits
from panels.formats.native import json_archive
from panels.formats.registry import format_named, read_as
from panels.models import Event, ImportDraft, Speaker
from panels.transcript import Transcript, Translation

NEW = "new"
"""The answer by which somebody is a new speaker."""
UNAPPLIED = "unapplied"
"""Under this name the decisions keep what was typed and is not part of any decision yet."""
_LONGEST_KEY = 19  # digits of what a database can have for a key


def start_import(
    source: Source, *, by: AbstractBaseUser | None, onto: Event | None = None, known: Format | None = None
) -> ImportDraft:
    """Read a text and save it with the result as an import draft. `known` is the format; without it, it is recognised.

    Raises FormatError.
    """
    chosen, transcript = (known, known.read(source)) if known and known.read else read_as(source)
    return ImportDraft.objects.create(
        name=source.name[:255],
        source=source.raw,
        encoding=source.encoding,
        format=chosen.name,
        parsed=json_archive.write(transcript),
        event=onto,
        created_by_id=by.pk if by else None,
    )


class DraftChangedError(Exception):
    """The import draft was changed, stored or discarded since the editor's page was made."""


def version_of(import_draft: ImportDraft) -> str:
    """Return a token for the present state of an import draft. Nobody can guess it."""
    steps = import_draft.steps
    read = [import_draft.format, import_draft.parsed]
    rest = [*read, import_draft.decisions, import_draft.event_id, str(import_draft.stored_at or "")]
    return ".".join(
        _digest(import_draft, name, value)
        for name, value in (("steps", steps), ("steps", steps[:-1] if isinstance(steps, list) else steps), ("", rest))
    )


def has_steps_of(import_draft: ImportDraft, version: str) -> bool:
    """Return whether the steps are those of a version."""
    return _parts(version_of(import_draft))[0] == _parts(version)[0]


def is_step_after(import_draft: ImportDraft, version: str) -> bool:
    """Return whether exactly one step was taken since a version."""
    return bool(import_draft.steps) and _parts(version_of(import_draft))[1] == _parts(version)[0]


def is_undo_after(import_draft: ImportDraft, version: str) -> bool:
    """Return whether exactly one step was undone since a version."""
    return not has_steps_of(import_draft, version) and _parts(version_of(import_draft))[0] == _parts(version)[1]


def _parts(version: str) -> list[str]:
    """Split a version into the steps, the steps before the last one, and the rest. Empty if it is not a version."""
    return [*version.split("."), "", ""][:3]


def _digest(import_draft: ImportDraft, name: str, value: Any) -> str:
    written = json.dumps([import_draft.pk, name, value], sort_keys=True)
    return salted_hmac("panels.editorial.importing.drafts", written, algorithm="sha256").hexdigest()[:24]


@contextmanager
def changing(import_draft: ImportDraft, version: str) -> Iterator[None]:
    """Lock an import draft for a change, as one transaction. Raises DraftChangedError if it is not at `version`."""
    with transaction.atomic():
        locked = ImportDraft.objects.select_for_update().defer("source").filter(pk=import_draft.pk).first()
        if locked is None or locked.stored_at is not None or version_of(locked) != version:
            raise DraftChangedError
        yield


def settle(
    import_draft: ImportDraft,
    *,
    version: str,
    decisions: Mapping[str, Any] | None = None,
    taken: Mapping[str, Any] | None = None,
    undo: bool = False,
) -> None:
    """Save an editor's decisions, and add or undo one step of `panels.editorial.transcript_edits`, in one write.

    Writes nothing if nothing changes. Raises StepError if the step cannot be applied, and DraftChangedError if the
    import draft is not at `version`; then nothing is saved.
    """
    if taken is not None:
        edited(transcript_of(import_draft), [taken])
    before = version_of(import_draft)
    kept = import_draft.steps, import_draft.decisions
    if taken is not None:
        import_draft.steps = [*import_draft.steps, dict(taken)]
    elif undo:
        import_draft.steps = import_draft.steps[:-1]
    if decisions is not None:
        import_draft.decisions = dict(decisions)
    try:
        with changing(import_draft, version):
            if version_of(import_draft) != before:
                import_draft.save(update_fields=["steps", "decisions", "changed_at"])
    except DraftChangedError:
        import_draft.steps, import_draft.decisions = kept
        raise


def read_again(import_draft: ImportDraft, *, version: str) -> None:
    """Read the source again, as after an upgrade of Panels. Decisions are lost.

    Raises FormatError, and DraftChangedError if the import draft is not at `version`.
    """
    chosen, transcript = read_as(source_of(import_draft, UNLIMITED))
    with changing(import_draft, version):
        import_draft.format, import_draft.parsed = chosen.name, json_archive.write(transcript)
        import_draft.steps, import_draft.decisions = [], {}
        import_draft.save(update_fields=["format", "parsed", "steps", "decisions", "changed_at"])


def discard(import_draft: ImportDraft, *, version: str) -> None:
    """Delete an import draft. Raises DraftChangedError if it is not at `version`."""
    with changing(import_draft, version):
        import_draft.delete()


def source_of(import_draft: ImportDraft, limits: Limits) -> Source:
    """The source of an import draft, in the encoding chosen for it."""
    return Source(bytes(import_draft.source), import_draft.name, limits, import_draft.encoding)


class UnreadableImportError(Exception):
    """The stored preview or decisions were written by another version of Panels and cannot be read."""


def transcript_of(import_draft: ImportDraft) -> Transcript:
    """The transcript after the editor's steps, with the title, date and language that the editor set.

    Raises UnreadableImportError.
    """
    try:
        format_named(import_draft.format)
        read = as_read(import_draft)
        transcript = edited(read, import_draft.steps)
        if import_draft.event_id is None:
            transcript = with_head(transcript, byline_of(read.introduction))
        settled: dict[str, Any] = {
            name: str(import_draft.decisions[name])
            for name in ("title", "language")
            if import_draft.decisions.get(name)
        }
        settled |= {
            name: str(import_draft.decisions[name])
            for name in ("publisher", "source_note")
            if name in import_draft.decisions
        }
        if "date" in import_draft.decisions:
            settled["date"] = parse_date(import_draft.decisions["date"] or "")
        return replace(transcript, **settled)
    except FormatError as error:
        raise UnreadableImportError(error_text(error)) from error
    except StepError as error:
        raise UnreadableImportError(str(error)) from error
    except (TypeError, ValueError, LookupError, AttributeError) as error:  # of another shape than this version writes
        raise UnreadableImportError(f"{type(error).__name__}: {error}") from error


def as_read(import_draft: ImportDraft) -> Transcript:
    """The transcript as it was read, before any of the editor's steps."""
    parsed = json_archive.FORMAT.read
    assert parsed is not None  # noqa: S101 — the archive is read as well as written
    return parsed(Source.of(import_draft.parsed, limits=UNLIMITED))


def plan_of(import_draft: ImportDraft, transcript: Transcript | None = None) -> Plan:
    """The plan for storing the import draft. Pass `transcript` if you have read it already.

    Raises UnreadableImportError, and ImportRefusedError as `plan` does.
    """
    transcript = transcript or transcript_of(import_draft)
    answers = import_draft.decisions
    chosen = _chosen(answers.get("people"))
    speakers = Speaker.objects.in_bulk([pk for pk in chosen.values() if pk is not None])
    settled = {name: speakers.get(pk) if pk else None for name, pk in chosen.items() if pk is None or pk in speakers}
    choices = ImportOptions(
        settled=settled,
        taken=[str(anchor) for anchor in answers.get("taken") or ()],
        drop_missing=bool(answers.get("drop_missing")),
        force_new=bool(answers.get("force_new")),
        translation=_translation(answers.get("translation")),
    )
    return plan(transcript, choices, onto=import_draft.event, whole=format_named(import_draft.format).is_record)


def _translation(answer: object) -> Translation:
    """The chosen kind of translation; None if the value is not valid."""
    return next((how for how in Translation if how.value == answer), Translation.NONE)


def _chosen(people: object) -> dict[str, int | None]:
    """The chosen speaker of each name: a key, or None for a new speaker. Other values are ignored."""
    if not isinstance(people, dict):
        return {}
    keys = {str(name): str(key) for name, key in people.items()}
    return {
        name: None if key == NEW else int(key)
        for name, key in keys.items()
        if key == NEW or (key.isascii() and key.isdigit() and len(key) < _LONGEST_KEY)
    }


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan with all rows that it writes, and the states before and after for the history."""

    planned: Plan
    prepared: Prepared | None
    before: bytes | None = None
    after: bytes | None = None


def ready(planned: Plan) -> Ready:
    """Compute what `run_import` writes. Call this before its transaction, to hold the lock for a short time.

    Raises ImportRefusedError and OutdatedError as `apply` does.
    """
    prepared = prepare(planned)
    if prepared is None:
        return Ready(planned, None)
    is_read_only = planned.stored is None or event_history.is_recorded(planned.stored)
    before = event_history.archive_of(planned.old) if planned.old and not is_read_only else None
    return Ready(planned, prepared, before, event_history.archive_of(prepared.transcript))


@transaction.atomic
def run_import(
    made: Ready, *, by: AbstractBaseUser | None, why: str, change_note: ChangeNote | None = None, publish: bool = False
) -> Event:
    """Carry out a plan, record the states before and after, and keep the former wording of published passages.

    The event is locked first, and its version compared with that of the plan. With `publish`, a new event is published
    at once.

    Raises ImportRefusedError and OutdatedError as `apply` does, and ChangeNoteRequiredError as `record_correction`
    does.
    """
    planned = made.planned
    if (stored := locked(planned)) is not None:
        event_history.ensure_recorded(stored, archive=made.before)
        with recorded_change(stored, by=by, why=why, change_note=change_note) as change:
            event, written = write(planned, made.prepared)
            change.states = planned.old, written.transcript if written else None
            change.archive = _archive_of(made, written)
        return event
    event, written = write(planned, made.prepared)
    event_history.record(event, by=by, why=why, archive=_archive_of(made, written))
    if publish:
        publish_stored([event.pk])
    return event


def _archive_of(made: Ready, written: Prepared | None) -> bytes | None:
    """The archive of the state written, for the history; None if nothing was written."""
    if written is None:
        return None
    return made.after if written is made.prepared else event_history.archive_of(written.transcript)


@transaction.atomic
def store(
    import_draft: ImportDraft,
    made: Ready,
    *,
    version: str,
    by: AbstractBaseUser | None,
    change_note: ChangeNote | None = None,
) -> Event:
    """Store the import draft as it was planned at `version`.

    Raises DraftChangedError if it is not at that version, ImportRefusedError, and ChangeNoteRequiredError as
    `record_correction` does; then nothing is stored.
    """
    lock_events(made.planned.events)  # before the import draft: deleting an event changes its drafts
    with changing(import_draft, version):
        event = run_import(made, by=by, why=import_draft.name, change_note=change_note)
        import_draft.event, import_draft.stored_at = event, timezone.now()
        import_draft.save(update_fields=["event", "stored_at", "changed_at"])
    if by is not None:
        flag, said = (ADDITION, "added") if made.planned.stored is None else (CHANGE, "changed")
        note = [{said: {"name": "text", "object": import_draft.name or import_draft.format}}]
        LogEntry.objects.log_actions(by.pk, [event], flag, change_message=note, single_object=True)
    return event
