"""Intakes worked on: a text taken in, settled step by step, and stored as an event."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from panels import history
from panels.correcting import Remark
from panels.editing import edited
from panels.formats import json_archive
from panels.formats.base import Format, Source
from panels.formats.limits import UNLIMITED
from panels.formats.registry import format_named, read_as
from panels.importing.planning import Choices, Plan, apply, plan
from panels.importing.storing import ImportRefusedError
from panels.models import Event, Intake, Speaker
from panels.saving import recorded_change
from panels.transcript import Transcript


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


def step(intake: Intake, taken: Mapping[str, Any]) -> Transcript:
    """Take one more step of `panels.editing`. Raises StepError, and then keeps nothing."""
    transcript = edited(transcript_of(intake), [taken])
    intake.steps = [*intake.steps, dict(taken)]
    intake.save()
    return transcript


def undo(intake: Intake) -> None:
    """Take the last step back, if there is one."""
    intake.steps = intake.steps[:-1]
    intake.save()


def transcript_of(intake: Intake) -> Transcript:
    """What was understood, after the steps, with the title and the day that were settled."""
    understood = json_archive.FORMAT.read
    assert understood is not None  # noqa: S101 — the archive is read as well as written
    transcript = edited(understood(Source.of(intake.understood, limits=UNLIMITED)), intake.steps)
    settled = {name: intake.answers[name] for name in ("title",) if intake.answers.get(name)}
    if "date" in intake.answers:
        settled["date"] = parse_date(intake.answers["date"] or "")
    return replace(transcript, **settled)


def plan_of(intake: Intake) -> Plan:
    """What storing the intake would do. Raises ImportRefusedError as `plan` does."""
    answers = intake.answers
    chosen = {name: int(pk) for name, pk in answers.get("people", {}).items()}
    speakers = Speaker.objects.in_bulk(chosen.values())
    choices = Choices(
        settled={name: speakers[pk] for name, pk in chosen.items() if pk in speakers},
        taken=answers.get("taken", ()),
        drop_missing=answers.get("drop_missing", False),
        anew=answers.get("anew", False),
    )
    return plan(transcript_of(intake), choices, onto=intake.event, whole=format_named(intake.format).is_record)


@transaction.atomic
def carry_out(planned: Plan, *, by: AbstractBaseUser | None, why: str, remark: Remark | None = None) -> Event:
    """Do what was planned, with the state before and after in the history and what readers saw kept for them.

    Raises ImportRefusedError and OutdatedError as `apply` does, and RemarkNeededError as `accompany` does.
    """
    if planned.stored is not None:
        with recorded_change(planned.stored, by=by, why=why, remark=remark):
            return apply(planned)  # which compares the edition that was planned for
    event = apply(planned)
    history.record(event, by=by, why=why)
    return event


@transaction.atomic
def store(intake: Intake, planned: Plan, *, by: AbstractBaseUser | None, remark: Remark | None = None) -> Event:
    """Store the intake as it was planned.

    Raises ImportRefusedError, and RemarkNeededError as `accompany` does; then nothing is stored.
    """
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    if locked.stored_at is not None:
        raise ImportRefusedError("this text is stored already")
    event = carry_out(planned, by=by, why=intake.name, remark=remark)
    locked.event, locked.stored_at = event, timezone.now()
    locked.save()
    if by is not None:
        flag, said = (ADDITION, "added") if planned.stored is None else (CHANGE, "changed")
        note = [{said: {"name": "text", "object": intake.name or intake.format}}]
        LogEntry.objects.log_actions(by.pk, [event], flag, change_message=note, single_object=True)
    return event
