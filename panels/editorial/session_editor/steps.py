"""The steps of editing a stored session, each for the passage at an anchor. Pure functions.

A step is a JSON object: `{"do": "edit", "at": "q3-a2", "fields": {"text": "…"}}`. See `STEPS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from panels.editorial import transcript_edits
from panels.editorial.transcript_edits import StepError
from panels.transcript import Attribution, Exchange, Transcript, Turn

FIELDS = ("text", "speaker", "attribution", "evidence", "tags", "time", "follow_up")
"""What can be written at a passage; a question has no attribution and no evidence, an answer no follow-up."""


WHOSE = ("previous", "this")
"""Of two answers that are merged, whose speaker said the words of both."""


class MergedSpeakersError(StepError):
    """Two answers of different speakers are to be merged, and the step does not say whose words they become."""

    def __init__(self, previous: str, this: str) -> None:
        self.speakers = (previous, this)
        super().__init__(_("These answers have different speakers. Choose the speaker of the merged answer."))


def stepped(transcript: Transcript, steps: Iterable[Mapping[str, Any]]) -> Transcript:
    """Apply the steps, and return the new transcript. Raises StepError if one cannot be applied."""
    for step in steps:
        known = STEPS.get(str(step.get("do")))
        if known is None:
            raise StepError(_("unknown step “%(step)s”") % {"step": step.get("do")})
        transcript = known(transcript, step)
    return transcript


def fields_of(transcript: Transcript, anchor: str) -> dict[str, Any]:
    """The values of a passage, by the names in `FIELDS`. Raises StepError if there is no such passage."""
    number, answer = found(transcript, anchor)
    exchange = transcript.exchanges[number]
    turn = exchange.answers[answer] if answer is not None else exchange.question or Turn(text="")
    fields = {name: getattr(turn, name) for name in FIELDS if name != "follow_up"}
    if answer is not None:
        return fields
    return {name: fields[name] for name in ("text", "speaker", "tags", "time")} | {"follow_up": exchange.follow_up}


def found(transcript: Transcript, anchor: str) -> tuple[int, int | None]:
    """The indexes of the exchange and the answer at an anchor; None as the answer for a question. Raises StepError."""
    for number, exchange in enumerate(transcript.exchanges):
        if exchange.question is not None and exchange.question.anchor == anchor:
            return number, None
        for place, turn in enumerate(exchange.answers):
            if turn.anchor == anchor:
                return number, place
    raise StepError(_("there is no passage %(anchor)s") % {"anchor": anchor})


def is_question(transcript: Transcript, anchor: str) -> bool:
    """Whether there is a question with the anchor."""
    return any(exchange.question and exchange.question.anchor == anchor for exchange in transcript.exchanges)


def has(transcript: Transcript, anchor: str) -> bool:
    return anchor in anchors_of(transcript)


def anchors_of(transcript: Transcript) -> list[str]:
    """All anchors, in reading order."""
    return list(_anchors(transcript))


def differing(seen: Transcript, now: Transcript) -> set[str]:
    """The anchors whose passages were added or changed since the editor saw them."""
    before = dict(_passages(seen))
    return {anchor for anchor, passage in _passages(now) if before.get(anchor) != passage}


def changed_place(before: Transcript, after: Transcript, near: str = "") -> str:
    """The anchor of the first passage that was restored, changed or moved, or of the neighbour of a deleted one.

    If two passages swapped places, it is the one that is `near`. Empty if nothing is left.
    """
    old, new = anchors_of(before), anchors_of(after)
    if changed := set(new) - set(old) or differing(before, after):
        return next(anchor for anchor in new if anchor in changed)
    at = next((place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(new))
    if set(old) != set(new):
        return next(iter((*reversed(new[:at]), *new[at:])), "")
    moved = [*old[at : at + 1], *new[at : at + 1]]
    fitting = [one for one in moved if [*filter(one.__ne__, old)] == [*filter(one.__ne__, new)]]
    return near if near in fitting else next(iter([*fitting, *moved[::-1]]), "")


def _passages(transcript: Transcript) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The editable values of each passage, by anchor."""
    for exchange in transcript.exchanges:
        for turn in (exchange.question, *exchange.answers):
            if turn is not None:
                fields = (getattr(turn, name) for name in FIELDS if name != "follow_up")
                yield turn.anchor or "", (*fields, exchange.follow_up and turn is exchange.question)


def _anchors(transcript: Transcript) -> Iterator[str]:
    for exchange in transcript.exchanges:
        if exchange.question is not None:
            yield exchange.question.anchor or ""
        for turn in exchange.answers:
            yield turn.anchor or ""


def _edit(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Change the given `fields` of a passage."""
    number, answer = found(transcript, step["at"])
    exchange = transcript.exchanges[number]
    fields = dict(step["fields"])
    if answer is None:
        follow_up = fields.pop("follow_up", exchange.follow_up)
        asked = _written(exchange.question or Turn(text=""), fields)
        return _with(transcript, number, replace(exchange, question=asked, follow_up=follow_up))
    answers = list(exchange.answers)
    answers[answer] = _written(answers[answer], fields)
    return _with(transcript, number, replace(exchange, answers=tuple(answers)))


def _add(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Add a `what` (question or answer) with its `fields` after the passage `after`; by default as the first question.

    With `anchor`, it restores a deleted passage at its URL.
    """
    fields = dict(step.get("fields") or {})
    follow_up = bool(fields.pop("follow_up", False))
    turn = _written(Turn(text="", anchor=step.get("anchor")), fields)
    after = str(step.get("after") or "")
    if step["what"] == "question":
        number = found(transcript, after)[0] + 1 if after else 0
        return _with_exchanges(transcript, number, Exchange(question=turn, follow_up=follow_up))
    number, answer = found(transcript, after)
    return _inserted(transcript, number, answer, turn)


def _move(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Move a passage after another one; a question with its answers, and without `after` to the top.

    An answer moved after a question becomes its first answer.
    """
    after = str(step.get("after") or "")
    if after == step["at"]:
        raise StepError(_("a passage cannot be moved after itself"))
    number, answer = found(transcript, step["at"])
    exchange = transcript.exchanges[number]
    if answer is None:
        before = found(transcript, after)[0] if after else -1
        if before == number:
            raise StepError(_("a question cannot be moved among its own answers"))
        without = _without_exchange(transcript, number)
        return _with_exchanges(without, before + 1 if before < number else before, exchange)
    if not after:
        raise StepError(_("an answer must belong to a question"))
    found(transcript, after)
    answers = exchange.answers[:answer] + exchange.answers[answer + 1 :]
    without = _with(transcript, number, replace(exchange, answers=answers))
    home, place = found(without, after)
    return _inserted(without, home, place, exchange.answers[answer])


def _delete(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Delete a passage. The answers of a deleted question move to the question before it."""
    dropped = transcript_edits.edited(transcript, [{"do": "drop", "at": _place(transcript, step["at"])}])
    return replace(dropped, unread=transcript.unread)


def _delete_exchange(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Delete a question with its answers."""
    number, answer = found(transcript, step["at"])
    if answer is not None:
        raise StepError(_("this is not a question"))
    return _without_exchange(transcript, number)


def _split(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Split an answer before paragraph `before` (from 2). The rest becomes an answer by the same speaker."""
    place = {"do": "split", "at": _place(transcript, step["at"]), "before": step.get("before")}
    return transcript_edits.edited(transcript, [place])


def _merge(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Merge an answer into the one before it.

    If their speakers differ, `whose` (`previous` or `this`) chooses one. Raises MergedSpeakersError if it is missing.
    """
    number, answer = found(transcript, step["at"])
    merged = transcript_edits.edited(transcript, [{"do": "merge", "at": _place(transcript, step["at"])}])
    assert answer  # noqa: S101 — nothing else can be merged
    previous, this = transcript.exchanges[number].answers[answer - 1 : answer + 1]
    if previous.speaker == this.speaker:
        return merged
    if step.get("whose") not in WHOSE:
        raise MergedSpeakersError(previous.speaker or "", this.speaker or "")
    by = previous if step["whose"] == "previous" else this
    answers = list(merged.exchanges[number].answers)
    answers[answer - 1] = replace(
        answers[answer - 1], speaker=by.speaker, label=by.label, attribution=by.attribution, evidence=by.evidence
    )
    return _with(merged, number, replace(merged.exchanges[number], answers=tuple(answers)))


def _make_question(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Turn an answer into a question, with a new anchor, because the two kinds have different URLs."""
    asked = transcript_edits.edited(transcript, [{"do": "make_question", "at": _place(transcript, step["at"])}])
    return _renewed(asked, step["at"])


def _make_answer(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Turn a question into an answer to the question before it, with a new anchor."""
    told = transcript_edits.edited(transcript, [{"do": "make_answer", "at": _place(transcript, step["at"])}])
    return _renewed(told, step["at"])


Step = Callable[[Transcript, Mapping[str, Any]], Transcript]
STEPS: dict[str, Step] = {
    "edit": _edit,
    "add": _add,
    "move": _move,
    "delete": _delete,
    "delete_exchange": _delete_exchange,
    "split": _split,
    "merge": _merge,
    "make_question": _make_question,
    "make_answer": _make_answer,
}


def neighbours(transcript: Transcript, anchor: str) -> tuple[str | None, str | None]:
    """The passages after which this one would be if it moved up or down by one; None where it cannot move."""
    number, answer = found(transcript, anchor)
    if answer is None:
        up = None if number == 0 else _asked(transcript, number - 2) if number > 1 else ""
        down = _asked(transcript, number + 1) if number + 1 < len(transcript.exchanges) else None
        return up, down
    order = anchors_of(transcript)
    at = order.index(anchor)
    # Two up, for what stands before it now will stand after it; the first question's first answer stays.
    up = order[at - 2] if at > 1 else None
    down = order[at + 1] if at + 1 < len(order) else None
    return up, down


def _asked(transcript: Transcript, number: int) -> str:
    question = transcript.exchanges[number].question
    return (question.anchor if question else "") or ""


def _place(transcript: Transcript, anchor: str) -> str:
    """The place in the notation of `panels.editorial.transcript_edits`."""
    number, answer = found(transcript, anchor)
    return f"{number + 1}" if answer is None else f"{number + 1}.{answer + 1}"


def _written(turn: Turn, fields: Mapping[str, Any]) -> Turn:
    """The turn with a matching attribution: unknown without a speaker, stated with one unless it is inferred."""
    values = {name: value for name, value in fields.items() if name in FIELDS}
    if "tags" in values:
        values["tags"] = tuple(values["tags"])
    if "speaker" in values:
        values["speaker"] = values["speaker"] or None
    if "attribution" in values:
        values["attribution"] = Attribution(values["attribution"])
    written = replace(turn, **values)
    if not written.speaker:
        return replace(written, attribution=Attribution.UNKNOWN)
    if written.attribution is Attribution.UNKNOWN:
        return replace(written, attribution=Attribution.STATED)
    return written


def _renewed(transcript: Transcript, anchor: str) -> Transcript:
    """The passage without its anchor, to be given a new one because its kind has changed."""
    number, answer = found(transcript, anchor)
    exchange = transcript.exchanges[number]
    if answer is None:
        asked = replace(exchange.question or Turn(text=""), anchor=None)
        return _with(transcript, number, replace(exchange, question=asked))
    answers = list(exchange.answers)
    answers[answer] = replace(answers[answer], anchor=None)
    return _with(transcript, number, replace(exchange, answers=tuple(answers)))


def _inserted(transcript: Transcript, number: int, after: int | None, turn: Turn) -> Transcript:
    """The exchange with an answer inserted after its answer `after`, or as its first."""
    exchange = transcript.exchanges[number]
    place = 0 if after is None else after + 1
    answers = (*exchange.answers[:place], turn, *exchange.answers[place:])
    return _with(transcript, number, replace(exchange, answers=answers))


def _with(transcript: Transcript, number: int, exchange: Exchange) -> Transcript:
    exchanges = (*transcript.exchanges[:number], exchange, *transcript.exchanges[number + 1 :])
    return replace(transcript, exchanges=exchanges)


def _with_exchanges(transcript: Transcript, before: int, exchange: Exchange) -> Transcript:
    exchanges = (*transcript.exchanges[:before], exchange, *transcript.exchanges[before:])
    return replace(transcript, exchanges=exchanges)


def _without_exchange(transcript: Transcript, number: int) -> Transcript:
    return replace(transcript, exchanges=transcript.exchanges[:number] + transcript.exchanges[number + 1 :])
