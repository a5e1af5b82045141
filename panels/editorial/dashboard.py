"""The tasks on the dashboard: an editor's own work, what is waiting for them, and promising unattributed answers."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from panels.models import Answer, Comment, EditingSession, Event, ImportDraft, Panelist, Revision, Schedule, Speaker

_LISTED = 8
_EXAMINED = 300  # of the newest states or gaps, among which those to list are found
_STATUS_CHANGED = json.dumps([{"changed": {"fields": ["status"]}}])  # as `publishing` logs it


@dataclass(frozen=True, slots=True)
class UnattributedAnswer:
    """An unattributed answer, and the panelists who have not answered its question.

    The fewer these candidates, the easier it is to find out who spoke.
    """

    answer: Answer
    candidates: tuple[Speaker, ...]


@dataclass(slots=True)
class SessionTasks:
    """The tasks of an editor in one session. The fields are in order of urgency."""

    event: Event
    returned: bool = False
    unsaved: bool = False
    my_comments: list[Comment] = field(default_factory=list)
    in_review: bool = False
    schedule: Schedule | None = None
    draft: bool = False
    unattributed: list[UnattributedAnswer] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    @property
    def urgency(self) -> int:
        """The position of the most urgent task; lower is more urgent."""
        tasks = (
            self.returned,
            self.unsaved,
            self.my_comments,
            self.in_review,
            self.schedule,
            self.draft,
            self.unattributed,
            self.comments,
        )
        return next((place for place, task in enumerate(tasks) if task), len(tasks))

    def comments_for(self, mine: Collection[Event]) -> list[Comment]:
        """The list that a comment on the session belongs to, given the editor's own sessions (`mine`)."""
        return self.my_comments if self.event in mine else self.comments


@dataclass(frozen=True, slots=True)
class Overview:
    """The content of the dashboard. Each list is short and has the most urgent entries first."""

    mine: list[Event]
    returned: list[Event]
    unsaved: list[EditingSession]
    import_drafts: list[ImportDraft]
    in_review: list[Event]
    scheduled: list[Schedule]
    unattributed_answers: list[UnattributedAnswer]
    comments: list[Comment]
    recent: list[Revision]
    is_new_site: bool
    """Whether there is no session at all yet."""

    @property
    def by_session(self) -> list[SessionTasks]:
        """All tasks, one entry a session, the most urgent first."""
        found: dict[int, SessionTasks] = {}

        def tasks(event: Event) -> SessionTasks:
            return found.setdefault(event.pk, SessionTasks(event))

        flagged = {
            "returned": self.returned,
            "unsaved": [editing_session.event for editing_session in self.unsaved],
            "in_review": self.in_review,
            "draft": self._drafts,
        }
        for flag, event in ((flag, event) for flag, events in flagged.items() for event in events):
            setattr(tasks(event), flag, True)
        for schedule in self.scheduled:
            tasks(schedule.event).schedule = schedule
        for comment in self.comments:
            tasks(comment.event).comments_for(self.mine).append(comment)
        for unattributed in self.unattributed_answers:
            tasks(unattributed.answer.event).unattributed.append(unattributed)
        return sorted(found.values(), key=lambda of_session: of_session.urgency)

    @property
    def _drafts(self) -> list[Event]:
        """The editor's own drafts, without those that were returned."""
        return [event for event in self.mine if event.status == Event.Status.DRAFT and event not in self.returned]


def overview(editor: AbstractBaseUser) -> Overview:
    """The content of the dashboard for an editor. Sessions in trash are left out."""
    kept = Event.objects.not_trashed()
    of_kept = ~Q(event__status=Event.Status.BINNED)
    editing_sessions = EditingSession.objects.filter(of_kept, editor_id=editor.pk).exclude(unsaved={})
    import_drafts = ImportDraft.objects.filter(created_by_id=editor.pk, stored_at=None).for_lists()
    comments = Comment.objects.filter(of_kept, resolved_at=None).select_related("event", "author")
    revisions = Revision.objects.filter(of_kept, by__isnull=False).select_related("event", "by")
    in_review = kept.filter(status=Event.Status.IN_REVIEW).select_related("version")
    scheduled = Schedule.objects.filter(of_kept).select_related("event", "by")
    mine = _worked_on_by(editor)
    return Overview(
        mine=mine,
        returned=_returned_to(editor, mine),
        unsaved=list(editing_sessions.select_related("event").order_by("-seen_at")[:_LISTED]),
        import_drafts=list(import_drafts.order_by("-changed_at")[:_LISTED]),
        in_review=list(in_review.order_by("version__changed_at")[:_LISTED]),
        scheduled=list(scheduled.order_by("publish_at")[:_LISTED]),
        unattributed_answers=promising_unattributed()[:_LISTED],
        comments=list(comments.order_by("-created_at")[:_LISTED]),
        recent=_newest_of_each_session(revisions),
        is_new_site=not Event.objects.exists(),
    )


def promising_unattributed() -> list[UnattributedAnswer]:
    """Unattributed answers in the newest sessions, those with the fewest candidates first."""
    gaps = Answer.objects.unattributed()
    with_gaps = Event.objects.not_trashed().filter(Exists(gaps.filter(event=OuterRef("pk"))))
    newest = list(with_gaps.newest_first().values_list("pk", flat=True)[:_EXAMINED])
    answers = gaps.filter(event__in=newest).select_related("event")
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
    """Unpublished sessions, in the order in which the editor last saved them."""
    saved = Revision.objects.filter(by_id=editor.pk).order_by("-created_at", "-pk").values_list("event", flat=True)
    events = dict.fromkeys(saved[:_EXAMINED])
    pending = Event.objects.not_trashed().exclude(status=Event.Status.PUBLISHED).in_bulk(list(events))
    return [pending[key] for key in events if key in pending][:_LISTED]


def _returned_to(editor: AbstractBaseUser, events: Collection[Event]) -> list[Event]:
    """The drafts among `events` whose status was last changed by somebody else: they were returned from review."""
    drafts = {str(event.pk): event for event in events if event.status == Event.Status.DRAFT}
    if not drafts:
        return []
    changes = LogEntry.objects.filter(
        content_type__app_label="panels",
        content_type__model="event",
        object_id__in=drafts,
        change_message=_STATUS_CHANGED,
    )
    changed_last_by = dict(changes.order_by("action_time", "pk").values_list("object_id", "user_id"))
    return [event for key, event in drafts.items() if changed_last_by.get(key, editor.pk) != editor.pk]


def _newest_of_each_session(revisions: "QuerySet[Revision]") -> list[Revision]:
    newest: dict[int, Revision] = {}
    for revision in revisions.defer("archive", "people").order_by("-created_at", "-pk")[:_EXAMINED]:
        newest.setdefault(revision.event_id, revision)
    return list(newest.values())[:_LISTED]
