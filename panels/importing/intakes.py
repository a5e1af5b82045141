"""Intakes worked on: a text taken in, settled step by step, and stored as an event."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from panels import history
from panels.correcting import Remark
from panels.editing import StepError, edited
from panels.formats import json_archive
from panels.formats.base import Format, FormatError, Source
from panels.formats.limits import UNLIMITED
from panels.formats.registry import format_named, read_as
from panels.importing.errors import ImportRefusedError
from panels.importing.planning import Choices, Plan, locked, plan, prepare, write
from panels.importing.preparing import Prepared
from panels.models import Event, Intake, Speaker
from panels.publishing import publish_stored
from panels.saving import recorded_change
from panels.transcript import Transcript

NEW = "new"
"""The answer by which somebody is a new speaker."""
_LONGEST_KEY = 19  # digits of what a database can have for a key


def take_in(
    source: Source, *, by: AbstractBaseUser | None, onto: Event | None = None, known: Format | None = None
) -> Intake:
    """Read a text, in a `known` format or the one it is found to be in, and keep what was understood with it.

    Raises FormatError.
    """
    chosen, transcript = (known, known.read(source)) if known and known.read else read_as(source)
    return Intake.objects.create(
        name=source.name[:255],
        source=source.raw,
        format=chosen.name,
        understood=json_archive.write(transcript),
        event=onto,
        created_by_id=by.pk if by else None,
    )


def read_again(intake: Intake) -> None:
    """Read the source anew, as a newer version of Panels does; what was settled is lost. Raises FormatError."""
    chosen, transcript = read_as(Source(bytes(intake.source), intake.name, UNLIMITED))
    intake.format, intake.understood = chosen.name, json_archive.write(transcript)
    intake.steps, intake.answers = [], {}
    intake.save()


def step(intake: Intake, taken: Mapping[str, Any]) -> Transcript:
    """Take one more step of `panels.editing`. Raises StepError, and then keeps nothing."""
    transcript = edited(transcript_of(intake), [taken])
    intake.steps = [*intake.steps, dict(taken)]
    intake.save(update_fields=["steps", "changed_at"])
    return transcript


def undo(intake: Intake) -> None:
    """Take the last step back, if there is one."""
    intake.steps = intake.steps[:-1]
    intake.save(update_fields=["steps", "changed_at"])


class UnreadableIntakeError(Exception):
    """What was understood, or settled since, was written by another version of Panels and is not known to this one."""


def transcript_of(intake: Intake) -> Transcript:
    """What was understood, after the steps, with the title and the day that were settled.

    Raises UnreadableIntakeError.
    """
    understood = json_archive.FORMAT.read
    assert understood is not None  # noqa: S101 — the archive is read as well as written
    try:
        format_named(intake.format)
        transcript = edited(understood(Source.of(intake.understood, limits=UNLIMITED)), intake.steps)
        settled: dict[str, Any] = {name: str(intake.answers[name]) for name in ("title",) if intake.answers.get(name)}
        if "date" in intake.answers:
            settled["date"] = parse_date(intake.answers["date"] or "")
        return replace(transcript, **settled)
    except (FormatError, StepError) as error:
        raise UnreadableIntakeError(str(error)) from error
    except (TypeError, ValueError, LookupError, AttributeError) as error:  # of another shape than this version writes
        raise UnreadableIntakeError(f"{type(error).__name__}: {error}") from error


def plan_of(intake: Intake, transcript: Transcript | None = None) -> Plan:
    """What storing the intake would do. `transcript` is its own, of who has read it already.

    Raises UnreadableIntakeError, and ImportRefusedError as `plan` does.
    """
    transcript = transcript or transcript_of(intake)
    answers = intake.answers
    chosen = _chosen(answers.get("people"))
    speakers = Speaker.objects.in_bulk([pk for pk in chosen.values() if pk is not None])
    settled = {name: speakers.get(pk) if pk else None for name, pk in chosen.items() if pk is None or pk in speakers}
    choices = Choices(
        settled=settled,
        taken=[str(anchor) for anchor in answers.get("taken") or ()],
        drop_missing=bool(answers.get("drop_missing")),
        anew=bool(answers.get("anew")),
    )
    return plan(transcript, choices, onto=intake.event, whole=format_named(intake.format).is_record)


def _chosen(people: object) -> dict[str, int | None]:
    """Who each name is: the key of a speaker, None for a new one. What is neither was not chosen."""
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
    """A plan with all that carrying it out will write, and what the history keeps of the state before and after."""

    planned: Plan
    prepared: Prepared | None
    before: bytes | None = None
    after: bytes | None = None


def ready(planned: Plan) -> Ready:
    """Compute what `carry_out` writes. Before its transaction, so that nobody waits for it.

    Raises ImportRefusedError and OutdatedError as `apply` does.
    """
    prepared = prepare(planned)
    if prepared is None:
        return Ready(planned, None)
    is_kept = planned.stored is None or history.is_kept(planned.stored)
    before = history.archive_of(planned.old) if planned.old and not is_kept else None
    return Ready(planned, prepared, before, history.archive_of(prepared.transcript))


@transaction.atomic
def carry_out(
    made: Ready, *, by: AbstractBaseUser | None, why: str, remark: Remark | None = None, publish: bool = False
) -> Event:
    """Do what was planned, with the state before and after in the history and what readers saw kept for them.

    The event is locked first, and its edition compared with the one that was planned for. With `publish` a new event
    is shown to readers at once.

    Raises ImportRefusedError and OutdatedError as `apply` does, and RemarkNeededError as `accompany` does.
    """
    planned = made.planned
    if (stored := locked(planned)) is not None:
        history.keep(stored, archive=made.before)
        with recorded_change(stored, by=by, why=why, remark=remark) as change:
            event, written = write(planned, made.prepared)
            change.states = planned.old, written.transcript if written else None
            change.archive = _archive_of(made, written)
        return event
    event, written = write(planned, made.prepared)
    history.record(event, by=by, why=why, archive=_archive_of(made, written))
    if publish:
        publish_stored([event.pk])
    return event


def _archive_of(made: Ready, written: Prepared | None) -> bytes | None:
    """What the history keeps of what was written; None if nothing was."""
    if written is None:
        return None
    return made.after if written is made.prepared else history.archive_of(written.transcript)


@transaction.atomic
def store(intake: Intake, made: Ready, *, by: AbstractBaseUser | None, remark: Remark | None = None) -> Event:
    """Store the intake as it was planned.

    Raises ImportRefusedError, and RemarkNeededError as `accompany` does; then nothing is stored.
    """
    locked = Intake.objects.select_for_update().defer("source", "understood").get(pk=intake.pk)
    if locked.stored_at is not None:
        raise ImportRefusedError(_("this text is stored already"))
    event = carry_out(made, by=by, why=intake.name, remark=remark)
    locked.event, locked.stored_at = event, timezone.now()
    locked.save(update_fields=["event", "stored_at", "changed_at"])
    if by is not None:
        flag, said = (ADDITION, "added") if made.planned.stored is None else (CHANGE, "changed")
        note = [{said: {"name": "text", "object": intake.name or intake.format}}]
        LogEntry.objects.log_actions(by.pk, [event], flag, change_message=note, single_object=True)
    return event
