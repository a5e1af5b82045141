"""What editors say to one another about a passage. It changes nothing of the event, and readers never see it."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from panels.editorial.locking import lock_events
from panels.models import Comment, Event


def comment(event: Event, anchor: str, text: str, *, by: AbstractBaseUser) -> Comment:
    """Say something; with no anchor, about the event as a whole. Sent twice, as by a double click, it is said once."""
    with transaction.atomic():
        lock_events([event.pk])
        said = {"event": event, "anchor": anchor, "text": text, "author_id": by.pk}
        return Comment.objects.filter(**said, resolved_at=None).first() or Comment.objects.create(**said)


def resolve(event: Event, key: int, *, by: AbstractBaseUser) -> None:
    """Nothing is left to do about it: it is shown no more, and kept. Once settled, it stays so."""
    unresolved = Comment.objects.filter(event=event, pk=key, resolved_at=None)
    unresolved.update(resolved_at=timezone.now(), resolved_by=by.pk)


def open_comments(event: Event) -> list[Comment]:
    """Those not settled, oldest first."""
    return list(Comment.objects.filter(event=event, resolved_at=None).select_related("author"))
