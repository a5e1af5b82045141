"""Turn a speaker whom nobody can identify back into labels, one for each session.

This is the opposite of `identifying`, for a name under which different people were joined over many sessions. Each
session is locked and its change recorded, as when an editor saves it. A `Split` records what was done, so that it can
be undone. The URL of a speaker who no longer exists lists the sessions (`SharedSpeakerSlug`).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panels.editorial.history import row_history
from panels.editorial.saving.changes import recorded_change
from panels.editorial.saving.corrections import ChangeNote
from panels.editorial.saving.locking import hold
from panels.editorial.saving.references import columns_of, events_naming
from panels.editorial.speakers_and_tags.split import SplitError, events_to_return, move_in_session, take_back
from panels.models import Event, FormerSpeakerSlug, Panelist, RowRevision, SharedSpeakerSlug, Speaker, Split
from panels.models.base import free_slug

Reason = RowRevision.Reason


@transaction.atomic
def make_labels(speaker: Speaker, sessions: Collection[int] | None = None, *, by: AbstractBaseUser | None) -> Split:
    """Give a speaker's passages in each session to a label of that session, with the speaker's name.

    `sessions` are keys, None for all. A speaker who keeps a session keeps their URL; one who keeps none is deleted, and
    `undo_labels` brings them back.

    Raises SplitError.
    """
    speaker = _locked(speaker)
    events = list(events_naming(Speaker, [speaker.pk]))
    chosen = events if sessions is None else [event for event in events if event.pk in set(sessions)]
    if not chosen or (sessions is not None and len(chosen) < len(set(sessions))):
        raise SplitError(_("Choose sessions in which this speaker takes part."))
    labels = _labels(speaker, chosen)
    moved: dict[str, Any] = {
        "rows": defaultdict(list),
        "left_out": [],
        "offices": [],
        "labels": {event.pk: labels[event.pk].pk for event in chosen},
    }
    why = _("Label made of “%(name)s”") % {"name": speaker}
    note = ChangeNote(_("It is not known who “%(name)s” is.") % {"name": speaker.name})
    for event in chosen:
        with recorded_change(event, by=by, why=why, change_note=note):
            move_in_session(event, speaker, labels[event.pk], moved)
    is_gone = len(chosen) == len(events)
    moved["shared"] = _share_urls(speaker, list(labels.values()), is_gone=is_gone)
    count = len(chosen)
    summary = ngettext("Label made in %(count)d session", "Labels made in %(count)d sessions", count) % {"count": count}
    row_history.record(speaker, by=by, reason=Reason.SPLIT, note=summary, always=True)
    done = Split.objects.create(
        source_key=speaker.pk,
        source_name=str(speaker),
        target_key=Split.LABELS,
        target_name=speaker.name,
        moved=moved | (_what_goes(speaker) if is_gone else {}),
        by_id=by.pk if by else None,
    )
    if is_gone:
        speaker.delete()
    return done


@transaction.atomic
def undo_labels(done: Split, *, by: AbstractBaseUser | None) -> Speaker:
    """Give the speaker back everything their labels still have. The labels stay stored: the history names them.

    Raises SplitError.
    """
    events: list[int] = [int(key) for key in done.moved["labels"]]
    keys = (done.source_key, *done.moved["labels"].values())
    stored = {row.pk: row for row in row_history.lock(Speaker, keys, events=events)}
    done = Split.objects.select_for_update().get(pk=done.pk)
    if done.undone_at is not None:
        raise SplitError(_("This split has already been undone."))
    speaker = stored.get(done.source_key) or _restored(done)
    row_history.ensure_recorded(speaker)
    seated = set(Panelist.objects.filter(speaker=speaker).values_list("event", flat=True))
    labels = {int(event): stored[key] for event, key in done.moved["labels"].items() if key in stored}
    why = _("Labels of “%(name)s” undone") % {"name": speaker}
    note = ChangeNote(_("“%(name)s” is listed as one speaker again.") % {"name": speaker.name})
    for event in events_to_return(done, list(labels.values())):
        if event.pk not in labels:  # it was deleted
            continue
        with recorded_change(event, by=by, why=why, change_note=note):
            take_back(event, speaker, labels[event.pk], done.moved, is_seated=event.pk in seated)
    SharedSpeakerSlug.objects.filter(pk__in=done.moved["shared"]).delete()
    row_history.record(speaker, by=by, reason=Reason.UNSPLIT, always=True)
    done.undone_at = timezone.now()
    done.save(update_fields=["undone_at"])
    return speaker


def _locked(speaker: Speaker) -> Speaker:
    """The speaker as stored now, locked: nothing else can start to name them."""
    if not speaker.is_identified:
        raise SplitError(_("Choose a speaker, not a label."))
    rows: list[Speaker] = row_history.lock(Speaker, [speaker.pk])
    if not rows:
        raise SplitError(_("“%(name)s” no longer exists.") % {"name": speaker})
    row_history.ensure_recorded(rows[0])
    return rows[0]


def _labels(speaker: Speaker, events: Sequence[Event]) -> dict[int, Speaker]:
    """The label of each session, by key of the session: an existing one with the speaker's name, or a new one."""
    stored = Speaker.objects.filter(session__in=events, name=speaker.name).select_related("session")
    held = hold(Speaker, [label.pk for label in stored])
    labels = {label.session_id or 0: label for label in stored if label.pk in held}
    new = [
        Speaker(name=speaker.name, original_name=speaker.original_name, kind=speaker.kind, session=event)
        for event in events
        if event.pk not in labels
    ]
    for label in sorted(new, key=Speaker.slug_from_words):
        label.save()
        labels[label.session_id or 0] = label
    return labels


def _share_urls(speaker: Speaker, labels: Sequence[Speaker], *, is_gone: bool) -> list[int]:
    """Record the slugs under which the sessions were shown: the speaker's, and former ones that lead nowhere else."""
    former = speaker.former_slugs.values_list("slug", flat=True)
    if not is_gone:  # a former slug goes on redirecting, unless it leads to several already
        former = former.filter(slug__in=SharedSpeakerSlug.objects.values("slug"))
    shared = speaker.shared_slugs.values_list("slug", flat=True)
    slugs = dict.fromkeys([speaker.slug, *former, *shared])
    made = SharedSpeakerSlug.objects.bulk_create(
        SharedSpeakerSlug(slug=slug, target=label) for slug in slugs for label in labels
    )
    return [one.pk for one in made]


def _what_goes(speaker: Speaker) -> dict[str, Any]:
    return {
        "row": columns_of(speaker),
        "former": list(speaker.former_slugs.values_list("slug", flat=True)),
        "shared_before": list(speaker.shared_slugs.values_list("slug", flat=True)),
    }


def _restored(done: Split) -> Speaker:
    """The deleted speaker, restored with the URLs that no other speaker uses now."""
    row = done.moved.get("row")
    if row is None:
        raise SplitError(_("“%(kept)s” no longer exists. Undo its own merge first.") % {"kept": done.source_name})
    slugs = (row["slug"], *done.moved["former"])
    back = Speaker(**row | {"slug": free_slug(Speaker, row["slug"])})
    Speaker.objects.bulk_create([back])  # just as it was: `save` would fill in its fields again
    FormerSpeakerSlug.objects.bulk_create(
        (FormerSpeakerSlug(slug=slug, target=back) for slug in slugs if slug != back.slug), ignore_conflicts=True
    )
    SharedSpeakerSlug.objects.bulk_create(
        SharedSpeakerSlug(slug=slug, target=back) for slug in done.moved["shared_before"]
    )
    return back
