"""The history of events. Every saved version is recorded in the transaction that writes it.

A change made in another way (`loaddata`, plain SQL) is noticed by the event's version, and recorded before the next
change, so that nothing an editor overwrites is lost.
"""

import zlib
from collections.abc import Mapping
from dataclasses import replace

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from panels.formats.base import Source
from panels.formats.limits import UNLIMITED
from panels.formats.native import json_archive
from panels.models import Event, Merge, Revision, Speaker, Version
from panels.reading.export import transcript_of
from panels.transcript import Transcript


def is_recorded(event: Event) -> bool:
    """Whether the current state is recorded. Raises Event.DoesNotExist if the event was deleted."""
    last = Revision.objects.filter(event=event.pk).order_by("-number").values_list("version", flat=True).first()
    return last is not None and last == _version(event)


def ensure_recorded(event: Event, *, archive: bytes | None = None) -> None:
    """Record the current state unless it is recorded already. Call this before a change. See `record`.

    Raises Event.DoesNotExist if the event was deleted.
    """
    if not is_recorded(event):
        record(event, by=None, archive=archive)


def archive_of(transcript: Transcript) -> bytes:
    """A state as a revision stores it, without its version number."""
    return zlib.compress(json_archive.write(replace(transcript, version=None)).encode())


@transaction.atomic
def record(event: Event, *, by: AbstractBaseUser | None, why: str = "", archive: bytes | None = None) -> Revision:
    """Record the current state after a change. A state equal to the last one is not recorded twice.

    Two states are equal if they have the same words and the same speakers: two speakers may share a name.

    `archive` saves time if the caller has already computed `archive_of` the current state: reading a long session back
    takes longer than writing it, and the write lock is held meanwhile.
    """
    stored = Event.objects.select_for_update().get(pk=event.pk)
    version, last = stored.version.number, _last(stored)
    archive = archive or archive_of(transcript_of(stored))
    people = _people(stored)
    if last is not None and last.people == people and zlib.decompress(last.archive) == zlib.decompress(archive):
        last.version, last.public = version, last.public or stored.is_public
        last.save(update_fields=["version", "public"])
        return last
    return Revision.objects.create(
        event=stored,
        number=last.number + 1 if last else 1,
        version=version,
        archive=archive,
        people=people,
        public=stored.is_public,
        why=why[:200],
        by_id=by.pk if by else None,
    )


def revision_at(event: Event, version: int) -> Revision | None:
    """The revision at a version, if it was recorded."""
    return Revision.objects.filter(event=event, version__gte=version).order_by("version").first()


def since(event: Event, version: int) -> "QuerySet[Revision]":
    """The revisions saved after a version, oldest first, without their archives."""
    later = Revision.objects.filter(event=event, version__gt=version)
    before = revision_at(event, version)
    later = later.exclude(pk=before.pk) if before else later
    return later.select_related("by").defer("archive", "people").order_by("number")


def transcript_at(revision: Revision) -> Transcript:
    """The transcript of the event at a revision."""
    read = json_archive.FORMAT.read
    assert read is not None  # noqa: S101 - archives are read as well as written
    return read(Source(zlib.decompress(revision.archive), limits=UNLIMITED))


def people_at(revision: Revision) -> dict[str, Speaker]:
    """The speakers of the revision who still exist, by name. A merged speaker is replaced by the one that remains."""
    merges = Merge.objects.filter(kind=Merge.Kind.SPEAKER, undone_at=None)
    kept = dict(merges.values_list("source_key", "target_key"))
    now = {name: _remaining(pk, kept) for name, pk in revision.people.items()}
    stored = Speaker.objects.in_bulk(list(now.values()))
    return {name: stored[pk] for name, pk in now.items() if pk in stored}


def _remaining(speaker: int, kept: Mapping[int, int]) -> int:
    """The speaker that remains after all merges. There are no cycles: only existing speakers are merged."""
    while speaker in kept:
        speaker = kept[speaker]
    return speaker


def _last(event: Event) -> Revision | None:
    return Revision.objects.filter(event=event.pk).order_by("-number").first()


def _version(event: Event) -> int | None:
    """None if the event was deleted."""
    return Version.objects.values_list("number", flat=True).filter(event=event.pk).first()


def _people(event: Event) -> dict[str, int]:
    """Everyone who takes part, by name. The archive cannot distinguish two people who share a name."""
    return dict(Speaker.objects.taking_part_in(event).order_by("-slug").values_list("name", "pk"))
