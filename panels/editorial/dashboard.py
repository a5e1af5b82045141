"""What waits on the desk: one's own work, what others wait for, and where a little work would do the most."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from panels.models import Answer, Comment, EditingSession, Event, ImportDraft, Panelist, Revision, Schedule, Speaker

_LISTED = 8
_EXAMINED = 300  # of the newest states or gaps, among which those to list are found


@dataclass(frozen=True, slots=True)
class UnattributedAnswer:
    """An answer that names nobody, and who of the panel has not answered that question: fewer are more promising."""

    answer: Answer
    candidates: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Each list is short, what is most pressing first."""

    mine: list[Event]
    unsaved: list[EditingSession]
    import_drafts: list[ImportDraft]
    in_review: list[Event]
    scheduled: list[Schedule]
    unattributed_answers: list[UnattributedAnswer]
    comments: list[Comment]
    recent: list[Revision]


def overview(editor: AbstractBaseUser) -> Overview:
    """What the front page of the desk shows to an editor. What is in the bin is no work."""
    kept = Event.objects.not_trashed()
    editing_sessions = EditingSession.objects.filter(editor_id=editor.pk, event__in=kept).exclude(unsaved={})
    import_drafts = ImportDraft.objects.filter(created_by_id=editor.pk, stored_at=None).defer(
        "source", "parsed", "steps"
    )
    comments = Comment.objects.filter(resolved_at=None, event__in=kept).select_related("event", "author")
    revisions = Revision.objects.filter(event__in=kept, by__isnull=False).select_related("event", "by")
    in_review = kept.filter(status=Event.Status.IN_REVIEW).select_related("version")
    scheduled = Schedule.objects.filter(event__in=kept).select_related("event", "by")
    return Overview(
        mine=_worked_on_by(editor),
        unsaved=list(editing_sessions.select_related("event").order_by("-seen_at")[:_LISTED]),
        import_drafts=list(import_drafts.order_by("-changed_at")[:_LISTED]),
        in_review=list(in_review.order_by("version__changed_at")[:_LISTED]),
        scheduled=list(scheduled.order_by("publish_at")[:_LISTED]),
        unattributed_answers=promising_unattributed()[:_LISTED],
        comments=list(comments.order_by("-created_at")[:_LISTED]),
        recent=list(revisions.defer("archive", "people").order_by("-created_at", "-pk")[:_LISTED]),
    )


def promising_unattributed() -> list[UnattributedAnswer]:
    """Answers of the newest events that name nobody, those first of which the panel leaves the fewest candidates."""
    answers = Answer.objects.unattributed().filter(event__in=Event.objects.not_trashed()).select_related("event")
    unattributed_answers = list(
        answers.order_by("-event__sort_date", "event", "question__number", "position")[:_EXAMINED]
    )
    panels: dict[int, dict[int, Speaker]] = defaultdict(dict)
    seated = Panelist.objects.filter(
        event__in={unattributed.event_id for unattributed in unattributed_answers}, role=Panelist.Role.PANELIST
    )
    for panelist in seated.select_related("speaker").order_by("position"):
        panels[panelist.event_id][panelist.speaker_id] = panelist.speaker
    answered: dict[int, set[int]] = defaultdict(set)
    named = Answer.objects.filter(
        question__in={unattributed.question_id for unattributed in unattributed_answers}, speaker__isnull=False
    )
    for question, speaker in named.values_list("question", "speaker"):
        answered[question].add(speaker)
    beside = Counter(unattributed.question_id for unattributed in unattributed_answers)
    found = [
        UnattributedAnswer(
            unattributed,
            tuple(
                one
                for key, one in panels[unattributed.event_id].items()
                if key not in answered[unattributed.question_id]
            ),
        )
        for unattributed in unattributed_answers
    ]
    return sorted(
        found,
        key=lambda unattributed: (
            not unattributed.candidates,
            len(unattributed.candidates),
            beside[unattributed.answer.question_id],
        ),
    )


def _worked_on_by(editor: AbstractBaseUser) -> list[Event]:
    """What readers do not see yet, by when the editor last saved it."""
    saved = Revision.objects.filter(by_id=editor.pk).order_by("-created_at", "-pk").values_list("event", flat=True)
    events = dict.fromkeys(saved[:_EXAMINED])
    pending = Event.objects.not_trashed().exclude(status=Event.Status.PUBLISHED).in_bulk(list(events))
    return [pending[key] for key in events if key in pending][:_LISTED]
