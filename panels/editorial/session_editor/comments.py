"""Comments of editors on passages. They do not change the event, and readers never see them."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from panels.models import Comment, Event


def comment(event: Event, anchor: str, text: str, *, by: AbstractBaseUser) -> Comment:
    """Add a comment on a passage; without an anchor, on the event."""
    return Comment.objects.create(event=event, anchor=anchor, text=text, author_id=by.pk)


def resolve(event: Event, key: int, *, by: AbstractBaseUser) -> None:
    """Resolve a comment: it is no longer shown, but kept. It cannot be reopened."""
    unresolved = Comment.objects.filter(event=event, pk=key, resolved_at=None)
    unresolved.update(resolved_at=timezone.now(), resolved_by=by.pk)


def open_comments(event: Event) -> list[Comment]:
    """The open comments, oldest first."""
    return list(Comment.objects.filter(event=event, resolved_at=None).select_related("author"))
