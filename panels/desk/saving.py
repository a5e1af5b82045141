"""What an editor changed, stored beside what others changed meanwhile; where both changed the same, told instead."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from panels import history
from panels.correcting import Remark
from panels.desk.steps import anchors_of, fields_of, found, has, stepped
from panels.differences import Piece, differences, merged
from panels.editing import StepError
from panels.exporting import transcript_of
from panels.importing import Choices, apply, plan
from panels.models import Event, Revision
from panels.saving import Change, EditConflictError, recorded_change
from panels.transcript import Transcript

Steps = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a change: the event's edition and passages now, the state before, and what others saved meanwhile.

    `before` and `now` are the anchors in reading order before and after, `new` those that were given by this change.
    """

    edition: int
    undo_to: int
    before: tuple[str, ...]
    now: tuple[str, ...]
    meanwhile: tuple[Revision, ...]

    @property
    def new(self) -> tuple[str, ...]:
        return tuple(anchor for anchor in self.now if anchor not in set(self.before))


@dataclass(frozen=True, slots=True)
class Clash:
    """A passage that others changed, or deleted (`theirs` is None), since the editor looked at it.

    The values are by field, as `fields_of` gives them; `mine` are those fields that the editor changed. `merged` is the
    text with both changes, where they do not touch the same words.
    """

    anchor: str
    base: Mapping[str, Any]
    theirs: Mapping[str, Any] | None
    mine: Mapping[str, Any]
    merged: str | None

    @property
    def their_words(self) -> tuple[Piece, ...]:
        return differences(self.base["text"], self.theirs["text"] if self.theirs else "")

    @property
    def their_fields(self) -> tuple[tuple[str, Any, Any], ...]:
        """What they changed besides the words: the field, what it was and what it is."""
        theirs = self.theirs or {}
        names = (name for name in theirs if name != "text" and self.base[name] != theirs[name])
        return tuple((name, self.base[name], theirs[name]) for name in names)

    @property
    def my_words(self) -> tuple[Piece, ...]:
        return differences(self.base["text"], self.mine.get("text", self.base["text"]))


def looked_at(event: Event, edition: int | None) -> Transcript:
    """What an editor saw who has that edition before them; what is there now, if that was never recorded."""
    now = transcript_of(event)
    revision = history.revision_at(event, edition) if edition is not None and now.edition != edition else None
    return history.transcript_at(revision) if revision else now


def save(
    event: Event, steps: Steps, *, edition: int | None, by: AbstractBaseUser | None, remark: Remark | None = None
) -> Saved:
    """Take steps that were made for an `edition` of the event on what is stored now, and record the new state.

    Raises EditConflictError if others changed the same passages since (its `overlap` is a list of `Clash`), or took
    away what a step relies on, or if that edition was never given out (`edition` is None); StepError for a step that
    cannot be taken, ImportRefusedError for what breaks a rule, RemarkNeededError for what readers have seen. Then
    nothing is stored.
    """
    overlap = partial(_clashes, steps)
    with recorded_change(event, by=by, why=_said(steps), remark=remark, seen=edition, overlap=overlap) as change:
        now, before = change.before, _last_number(event)
        target = _aimed(_taken(change, steps))
        apply(plan(target, Choices(trusting=True), onto=event, whole=True, now=now))
        anchors = _anchors(event)
    return Saved(
        edition=change.version,
        undo_to=before,
        before=tuple(anchors_of(now)),
        now=anchors,
        meanwhile=tuple(one for one in change.others if by is None or one.by_id != by.pk),
    )


def _last_number(event: Event) -> int:
    return event.revisions.order_by("-number").values_list("number", flat=True)[0]


def _taken(change: Change, steps: Steps) -> Transcript:
    """The steps on what is there now; where they cannot be taken, others may be the reason."""
    try:
        return stepped(change.before, steps)
    except StepError as error:
        if not change.others:
            raise
        now, version = change.before, change.version
        raise EditConflictError(change.event, seen=now, now=now, version=version, saved=change.others) from error


def _aimed(transcript: Transcript) -> Transcript:
    """What is stored with the event, and by this step is not changed, is not looked at."""
    return replace(transcript, edition=None, address="")


def _anchors(event: Event) -> tuple[str, ...]:
    answers: dict[int, list[str]] = {}
    for question, anchor in event.answers.order_by("position").values_list("question", "anchor"):
        answers.setdefault(question, []).append(anchor)
    questions = event.questions.order_by("number").values_list("pk", "anchor")
    return tuple(one for pk, anchor in questions for one in (anchor, *answers.get(pk, ())))


def _clashes(steps: Steps, seen: Transcript, now: Transcript) -> list[Clash]:
    return list(_clashing(steps, seen, now))


def _clashing(steps: Steps, seen: Transcript, now: Transcript) -> Iterator[Clash]:
    for step in steps:
        mine = step["fields"] if step["do"] == "write" else {}
        for anchor in _touched(step, seen):
            if not has(seen, anchor):
                continue  # a step before this one made it
            base = fields_of(seen, anchor)
            theirs = fields_of(now, anchor) if has(now, anchor) else None
            if theirs is None or (step["do"] != "move" and _collide(base, mine, theirs, whole=step["do"] != "write")):
                text = merged(base["text"], mine.get("text", base["text"]), theirs["text"]) if theirs else None
                yield Clash(anchor, base, theirs, mine, text)


def _touched(step: Mapping[str, Any], seen: Transcript) -> Iterator[str]:
    """The passages that a step relies on. Moving relies on no words, which go along as they are."""
    if step["do"] != "add":
        yield step["at"]
    if step["do"] == "join" and has(seen, step["at"]):
        number, answer = found(seen, step["at"])
        if answer:
            yield seen.exchanges[number].answers[answer - 1].anchor or ""
    if step["do"] == "delete_exchange" and has(seen, step["at"]):
        yield from (turn.anchor or "" for turn in seen.exchanges[found(seen, step["at"])[0]].answers)


def _collide(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], *, whole: bool) -> bool:
    """Whether a field that I change was changed otherwise; for what takes a passage `whole`, whether any was."""
    if whole:
        return any(base[name] != theirs.get(name) for name in base)
    linked = {"speaker", "attribution", "evidence"}
    names = set(mine) | (linked & set(base) if linked & set(mine) else set())
    return any(base[name] != theirs[name] and mine.get(name, base[name]) != theirs[name] for name in names)


def _said(steps: Iterable[Mapping[str, Any]]) -> str:
    """For the history: what was done where."""
    said = {
        "write": _("%(at)s written"),
        "add": _("added after %(at)s"),
        "move": _("%(at)s moved"),
        "delete": _("%(at)s deleted"),
        "delete_exchange": _("%(at)s deleted with its answers"),
        "part": _("%(at)s split"),
        "join": _("%(at)s joined to the answer before"),
        "ask": _("%(at)s made a question"),
        "tell": _("%(at)s made an answer"),
    }
    return "; ".join(said[step["do"]] % {"at": step.get("at") or step.get("after") or "–"} for step in steps)
