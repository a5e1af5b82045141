"""Save an editor's changes together with those that others saved in the meantime, or report the conflict."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from panels.editorial.history import event_history
from panels.editorial.importing import ImportOptions, apply, plan
from panels.editorial.saving.changes import EditConflictError, RecordedChange, recorded_change
from panels.editorial.saving.corrections import ChangeNote
from panels.editorial.session_editor.steps import anchors_of, differing, fields_of, found, has, stepped
from panels.editorial.transcript_edits import StepError
from panels.models import Event, Revision
from panels.reading.export import transcript_of
from panels.transcript import Transcript
from panels.transcript.diff import DiffPiece, differences, merged

Steps = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class SaveResult:
    """The result of a save: the new version and passages, the state before, and what others saved in the meantime.

    `before` and `now` are the anchors in reading order before and after the save, `new` those that it assigned.
    `replaced` is the state that the editor saved in another window, if this save replaced its words in a passage.
    """

    version: int
    undo_to: int
    before: tuple[str, ...]
    now: tuple[str, ...]
    meanwhile: tuple[Revision, ...]
    replaced: Revision | None = None

    @property
    def new(self) -> tuple[str, ...]:
        return tuple(anchor for anchor in self.now if anchor not in set(self.before))


@dataclass(frozen=True, slots=True)
class EditConflict:
    """A passage that others changed, or deleted (`theirs` is None), while the editor was working on it.

    The values are by field, as in `fields_of`; `mine` has only the fields that the editor changed. `merged` is the text
    with both changes, if they do not touch the same words.
    """

    anchor: str
    base: Mapping[str, Any]
    theirs: Mapping[str, Any] | None
    mine: Mapping[str, Any]
    merged: str | None

    @property
    def their_words(self) -> tuple[DiffPiece, ...]:
        return differences(self.base["text"], self.theirs["text"] if self.theirs else "")

    @property
    def their_fields(self) -> tuple[tuple[str, Any, Any], ...]:
        """The other fields that they changed, each with its old and new value."""
        theirs = self.theirs or {}
        names = (name for name in theirs if name != "text" and self.base[name] != theirs[name])
        return tuple((name, self.base[name], theirs[name]) for name in names)

    @property
    def my_words(self) -> tuple[DiffPiece, ...]:
        return differences(self.base["text"], self.mine.get("text", self.base["text"]))


def transcript_at_version(event: Event, version: int | None) -> Transcript:
    """The transcript at a version of the event; the current one if that version was not recorded."""
    now = transcript_of(event)
    revision = event_history.revision_at(event, version) if version is not None and now.version != version else None
    return event_history.transcript_at(revision) if revision else now


def save(
    event: Event,
    steps: Steps,
    *,
    version: int | None,
    by: AbstractBaseUser | None,
    change_note: ChangeNote | None = None,
) -> SaveResult:
    """Apply steps made for a `version` of the event to its current state, and record the result.

    Editors are not in conflict with their own earlier saves: the changes of a text are merged, or if they touch the
    same words, the latest is kept and the other stays in the history.

    Raises EditConflictError if others changed the same passages (its `overlap` is a list of `EditConflict`) or removed
    something that a step relies on, or if `version` is None because the token was not valid; StepError if a step cannot
    be applied, ImportRefusedError if the result breaks a rule, and ChangeNoteRequiredError if readers have seen the
    passage. In each case nothing is saved.
    """
    overlap = _Overlap(event, steps, version, by)
    with recorded_change(
        event, by=by, why=_summary_of(steps), change_note=change_note, seen=version, overlap=overlap
    ) as change:
        now, before = change.before, _last_number(event)
        target = _aimed(_stepped_or_conflict(change, overlap.rebased(now)))
        apply(plan(target, ImportOptions(trusting=True), onto=event, whole=True, now=now))
        anchors = _anchors(event)
    return SaveResult(
        version=change.version,
        undo_to=before,
        before=tuple(anchors_of(now)),
        now=anchors,
        meanwhile=tuple(one for one in change.others if by is None or one.by_id != by.pk),
        replaced=overlap.replaced,
    )


def _last_number(event: Event) -> int:
    return event.revisions.order_by("-number").values_list("number", flat=True)[0]


def _stepped_or_conflict(change: RecordedChange, steps: Steps) -> Transcript:
    """Apply the steps to the current state; if that fails because others changed it, raise the conflict."""
    try:
        return stepped(change.before, steps)
    except StepError as error:
        if not change.others:
            raise
        now, version = change.before, change.version
        conflict = EditConflictError(change.event, seen=now, now=now, version=version, saved=change.others)
        conflict.by = change.by
        raise conflict from error


def _aimed(transcript: Transcript) -> Transcript:
    """What is stored with the event, and by this step is not changed, is not looked at."""
    return replace(transcript, version=None, address="")


def _anchors(event: Event) -> tuple[str, ...]:
    answers: dict[int, list[str]] = {}
    for question, anchor in event.answers.order_by("position").values_list("question", "anchor"):
        answers.setdefault(question, []).append(anchor)
    questions = event.questions.order_by("number").values_list("pk", "anchor")
    return tuple(one for pk, anchor in questions for one in (anchor, *answers.get(pk, ())))


@dataclass
class _Overlap:
    """Finds the passages that both the steps and the changes saved since `version` change."""

    event: Event
    steps: Steps
    version: int | None
    by: AbstractBaseUser | None
    seen: Transcript | None = None
    replaced: Revision | None = None

    def __call__(self, seen: Transcript, now: Transcript) -> list[EditConflict]:
        self.seen = seen
        conflicts = list(_conflicting(self.steps, seen, now))
        if not conflicts or self.by is None:
            return conflicts
        others = self._changed_by_others(seen)
        return [one for one in conflicts if one.theirs is None or one.anchor in others]

    def _changed_by_others(self, seen: Transcript) -> set[str]:
        """The anchors of the passages that other editors changed since."""
        since = list(event_history.since(self.event, self.version or 0))
        changed: set[str] = set()
        if all(self._is_own(revision) for revision in since):
            return changed
        before = seen
        for revision in since:
            after = event_history.transcript_at(revision)
            if not self._is_own(revision):
                changed |= differing(before, after) | (set(anchors_of(before)) - set(anchors_of(after)))
            before = after
        return changed

    def _is_own(self, revision: Revision) -> bool:
        return self.by is not None and revision.by_id == self.by.pk

    def rebased(self, now: Transcript) -> list[Mapping[str, Any]]:
        """The steps, merged with changes that the editor saved since, where both fit together."""
        return [self._rebased(step, now) for step in self.steps]

    def _rebased(self, step: Mapping[str, Any], now: Transcript) -> Mapping[str, Any]:
        mine = step["fields"].get("text") if step["do"] == "edit" else None
        if mine is None or self.seen is None or not (has(self.seen, step["at"]) and has(now, step["at"])):
            return step
        base, saved = (fields_of(state, step["at"])["text"] for state in (self.seen, now))
        if saved in {base, mine}:
            return step
        both = merged(base, mine, saved)
        if both is None:
            since = event_history.since(self.event, self.version or 0).reverse()
            self.replaced = next((revision for revision in since if self._is_own(revision)), None)
            return step
        return {**step, "fields": {**step["fields"], "text": both}}


def _conflicting(steps: Steps, seen: Transcript, now: Transcript) -> Iterator[EditConflict]:
    for step in steps:
        mine = step["fields"] if step["do"] == "edit" else {}
        for anchor in _touched(step, seen):
            if not has(seen, anchor):
                continue  # a step before this one made it
            base = fields_of(seen, anchor)
            theirs = fields_of(now, anchor) if has(now, anchor) else None
            if theirs is None or (
                step["do"] != "move" and _is_conflict(base, mine, theirs, whole=step["do"] != "edit")
            ):
                text = merged(base["text"], mine.get("text", base["text"]), theirs["text"]) if theirs else None
                yield EditConflict(anchor, base, theirs, mine, text)


def _touched(step: Mapping[str, Any], seen: Transcript) -> Iterator[str]:
    """The passages that a step relies on. Moving relies on no words, because they move unchanged."""
    if step["do"] != "add":
        yield step["at"]
    if step["do"] == "merge" and has(seen, step["at"]):
        number, answer = found(seen, step["at"])
        if answer:
            yield seen.exchanges[number].answers[answer - 1].anchor or ""
    if step["do"] == "delete_exchange" and has(seen, step["at"]):
        yield from (turn.anchor or "" for turn in seen.exchanges[found(seen, step["at"])[0]].answers)


def _is_conflict(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], *, whole: bool) -> bool:
    """Whether others changed a field that I change, or any field if the step takes the `whole` passage."""
    if whole:
        return any(base[name] != theirs.get(name) for name in base)
    linked = {"speaker", "attribution", "evidence"}
    names = set(mine) | (linked & set(base) if linked & set(mine) else set())
    return any(base[name] != theirs[name] and mine.get(name, base[name]) != theirs[name] for name in names)


def _summary_of(steps: Iterable[Mapping[str, Any]]) -> str:
    """A summary of the steps for the history."""
    done = {
        "edit": _("%(at)s edited"),
        "add": _("added after %(at)s"),
        "move": _("%(at)s moved"),
        "delete": _("%(at)s deleted"),
        "delete_exchange": _("%(at)s deleted with its answers"),
        "split": _("%(at)s split"),
        "merge": _("%(at)s merged with the previous answer"),
        "make_question": _("%(at)s changed to a question"),
        "make_answer": _("%(at)s changed to an answer"),
    }
    return "; ".join(done[step["do"]] % {"at": step.get("at") or step.get("after") or "–"} for step in steps)
