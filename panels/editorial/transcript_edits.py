"""Edit a transcript before it is stored: correct speakers, make questions and answers, remove text.

Pure functions. A passage is named by its place: "3" is the question of the third exchange, "3.2" its second answer
(counted from 1), and "0" the introduction. No step loses words, except when an editor types a different text: removed
text is kept in `unread` and can be put back.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panels.editorial.proposals import (
    resolved,
    split_at_label,
    unresolved_label,
    with_details,
    with_moderator,
    with_questions,
    with_spelling,
    without_labels,
    without_lines,
)
from panels.editorial.proposals.passages import INTRODUCTION
from panels.transcript import Attribution, Exchange, Role, Transcript, Turn, Unread

LEFT_OUT = gettext_noop("removed by an editor")
SOLE_SPEAKER = gettext_noop("the source lists only this speaker and labels nobody")
"""The evidence for who speaks in such a text."""
_PLACE = re.compile(r"([1-9]\d{0,6})(?:\.([1-9]\d{0,6}))?")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


class StepError(ValueError):
    """A step cannot be applied: its passage does not exist, or the step does not fit it. The message is for editors."""


def edited(transcript: Transcript, steps: Iterable[Mapping[str, Any]]) -> Transcript:
    """Apply the steps, each like `{"do": "make_question", "at": "3.2"}`, and return the new transcript. See `STEPS`.

    Raises StepError.
    """
    for step in steps:
        known = STEPS.get(str(step.get("do")))
        if known is None:
            raise StepError(_("unknown step “%(step)s”") % {"step": step.get("do")})
        transcript = known(transcript, step)
    return transcript


def paragraphs_of(text: str) -> list[str]:
    return _PARAGRAPHS.split(text.strip())


def sole_speaker(transcript: Transcript) -> str:
    """The only listed speaker, if the text labels nobody: proposed as the speaker of all answers. Otherwise empty.

    A lone moderator or host does not count, because they must have been talking to somebody.
    """
    is_labelled = any(turn.label or turn.speaker for turn in transcript.turns)
    answers = any(one.answers for one in transcript.exchanges)
    if is_labelled or not answers or len(transcript.panelists) != 1:
        return ""
    (listed,) = transcript.panelists
    return listed.name if listed.role is Role.PANELIST else ""


def _sole_speaker(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:  # noqa: ARG001 — steps have one shape
    """Attribute all answers to the sole speaker, as an inference. Questions are left as they are."""
    speaker = sole_speaker(transcript)
    if not speaker:
        raise StepError(_("the text does not list exactly one speaker, or it labels who speaks"))

    def named(turn: Turn) -> Turn:
        inferred = replace(turn, speaker=speaker, attribution=Attribution.INFERRED, evidence=SOLE_SPEAKER)
        return replace(inferred, candidates=())

    exchanges = (replace(one, answers=tuple(map(named, one.answers))) for one in transcript.exchanges)
    return replace(transcript, exchanges=tuple(exchanges))


def turn_at(transcript: Transcript, place: str) -> Turn:
    """The question, answer or introduction at a place. Raises StepError if there is none."""
    if place == INTRODUCTION:
        return Turn(text=transcript.introduction)
    number, answer = _found(transcript, place)
    exchange = transcript.exchanges[number]
    return exchange.answers[answer] if answer is not None else exchange.question or Turn(text="")


def places_of(transcript: Transcript) -> Iterator[tuple[str, Turn]]:
    """All places in reading order, each with what `turn_at` returns for it."""
    for number, exchange in enumerate(transcript.exchanges, start=1):
        yield str(number), exchange.question or Turn(text="")
        yield from ((f"{number}.{at}", turn) for at, turn in enumerate(exchange.answers, start=1))


def _name(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Set the `speaker` of a passage, with `evidence` if the source does not name them. No speaker: unattributed."""
    place, speaker, evidence = str(step["at"]), str(step.get("speaker") or ""), str(step.get("evidence") or "")
    turn = turn_at(transcript, place)
    if not speaker:
        named = replace(turn, speaker=None, attribution=Attribution.UNKNOWN, evidence=evidence)
    elif evidence:
        named = replace(turn, speaker=speaker, attribution=Attribution.INFERRED, evidence=evidence)
    else:
        named = replace(turn, speaker=speaker, attribution=Attribution.STATED, evidence="")
    after = _with_turns(transcript, place, [replace(named, candidates=())])
    label = unresolved_label(turn)
    return without_labels(after, {label: speaker}) if label and speaker else after


def _edit(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Change the `text` of a passage or the introduction, and the `speaker` of a passage if the step has one."""
    place, text = str(step["at"]), str(step.get("text") or "")
    if place == INTRODUCTION:
        return replace(transcript, introduction=text)
    if not text:
        raise StepError(_("enter text, or remove the passage"))
    after = _with_turns(transcript, place, [replace(turn_at(transcript, place), text=text)])
    return _name(after, step) if "speaker" in step else after


def _resolve_label(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Set the speaker of a `label`, wherever it occurs."""
    return _resolved(transcript, {str(step.get("label") or ""): str(step.get("speaker") or "")})


def _settle_people(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Apply everything entered under “Who is who?” at once.

    `speakers` maps labels to names, `panel` maps names to roles and offices, and `asks` names the people who ask the
    questions.
    """
    speakers, panel, asks = (step.get(name) or () for name in ("speakers", "panel", "asks"))
    if speakers or not (panel or asks):
        transcript = _resolved(transcript, dict(speakers))
    transcript = with_details(transcript, dict(panel))
    voices = {turn.speaker or turn.label for turn in transcript.turns}
    for name in asks:
        transcript = with_moderator(transcript, str(name)) if name in voices else transcript
    return transcript


def _resolved(transcript: Transcript, speakers: Mapping[str, str]) -> Transcript:
    if not speakers or not all(label and speaker for label, speaker in speakers.items()):
        raise StepError(_("enter a speaker"))
    return resolved(transcript, speakers)


def _make_question(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Turn an answer into a question. The answers after it in its exchange become its answers."""
    number, answer = _answer_found(transcript, step)
    exchange = transcript.exchanges[number]
    before = replace(exchange, answers=exchange.answers[:answer])
    after = Exchange(question=exchange.answers[answer], answers=exchange.answers[answer + 1 :])
    kept = [before] if before.question or before.answers else []
    return _with_exchanges(transcript, number, [*kept, after])


def _make_answer(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Turn a question into an answer: it and its answers are added to the exchange before it."""
    number, answer = _found(transcript, str(step["at"]))
    exchange = transcript.exchanges[number]
    if answer is not None or exchange.question is None:
        raise StepError(_("this is not a question"))
    return _follow(transcript, number, (exchange.question, *exchange.answers))


def _drop(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Remove text that nobody spoke, such as a caption or a footer. The answers to a removed question stay."""
    place = str(step["at"])
    number, answer = _found(transcript, place)
    turn = turn_at(transcript, place)
    unread = Unread(line=turn.line or 1, text=turn.text, reason=LEFT_OUT)
    left = sorted((*transcript.unread, unread), key=lambda one: one.line)
    transcript = replace(transcript, unread=tuple(left))
    if answer is not None:
        return _with_turns(transcript, place, [])
    return _follow(transcript, number, transcript.exchanges[number].answers)


def _fetch(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Put back removed text, `number` in the list from 1, as an unattributed answer in its former position."""
    number = int(step.get("number") or 0)
    if not 0 < number <= len(transcript.unread):
        raise StepError(_("this passage no longer exists"))
    unread = transcript.unread[number - 1]
    rest = transcript.unread[: number - 1] + transcript.unread[number:]
    turn = Turn(text=unread.text, line=unread.line)
    exchanges = list(transcript.exchanges) or [Exchange(question=None)]
    home = max((at for at, one in enumerate(exchanges) if _line(one) <= unread.line), default=0)
    answers = exchanges[home].answers
    behind = sum(1 for one in answers if (one.line or 0) <= unread.line)
    exchanges[home] = replace(exchanges[home], answers=(*answers[:behind], turn, *answers[behind:]))
    return replace(transcript, exchanges=tuple(exchanges), unread=rest)


def _split(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Split an answer before paragraph `before` (from 2). The rest becomes an answer by the same speaker."""
    place, before = str(step["at"]), int(step.get("before") or 0)
    _answer_found(transcript, step)
    turn = turn_at(transcript, place)
    paragraphs = paragraphs_of(turn.text)
    if not 1 < before <= len(paragraphs):
        raise StepError(_("this paragraph no longer exists"))
    first, second = paragraphs[: before - 1], paragraphs[before - 1 :]
    parts = [replace(turn, text="\n\n".join(first)), replace(turn, text="\n\n".join(second), anchor=None, tags=())]
    return _with_turns(transcript, place, parts)


def _merge(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Merge an answer into the one before it, whose speaker and attribution are kept."""
    number, answer = _answer_found(transcript, step)
    if answer == 0:
        raise StepError(_("there is no answer before this one"))
    one, other = transcript.exchanges[number].answers[answer - 1 : answer + 1]
    joined = replace(one, text=f"{one.text}\n\n{other.text}", tags=tuple(dict.fromkeys(one.tags + other.tags)))
    without = _with_turns(transcript, f"{number + 1}.{answer + 1}", [])
    return _with_turns(without, f"{number + 1}.{answer}", [joined])


def _is_speaker(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Treat a `label` within turns as a speaker's label: the text after it becomes a turn, wherever it occurs."""
    return split_at_label(transcript, str(step.get("label") or ""))


def _remove_lines(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Remove `lines` that belong to the web page, wherever they are paragraphs of their own."""
    return without_lines(transcript, [str(line) for line in step.get("lines") or ()])


def _are_questions(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Turn `lines` at the end of the introduction or of an answer into questions."""
    return with_questions(transcript, [str(line) for line in step.get("lines") or ()])


def _moderates(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Make a `speaker` the moderator, and turn the passages in which they ask something into questions."""
    return with_moderator(transcript, str(step.get("speaker") or ""))


def _is_spelling(transcript: Transcript, step: Mapping[str, Any]) -> Transcript:
    """Treat a `name` as another spelling of a `speaker`."""
    return with_spelling(transcript, str(step.get("name") or ""), str(step.get("speaker") or ""))


def _dismiss(transcript: Transcript, _step: Mapping[str, Any]) -> Transcript:
    """Decline a proposal for a `text`, or for all `texts`. Nothing changes, and it is not proposed again."""
    return transcript


def dismissed_in(steps: Iterable[Mapping[str, Any]]) -> set[str]:
    """The texts whose proposals were declined."""
    declined = [step for step in steps if step.get("do") == "dismiss"]
    return {str(text) for step in declined for text in (step.get("text"), *(step.get("texts") or ())) if text}


Step = Callable[[Transcript, Mapping[str, Any]], Transcript]
STEPS: dict[str, Step] = {
    "name": _name,
    "edit": _edit,
    "voice": _resolve_label,
    "voices": _settle_people,
    "sole_speaker": _sole_speaker,
    "make_question": _make_question,
    "make_answer": _make_answer,
    "drop": _drop,
    "fetch": _fetch,
    "split": _split,
    "merge": _merge,
    "speaker": _is_speaker,
    "remove_lines": _remove_lines,
    "questions": _are_questions,
    "moderator": _moderates,
    "spelling": _is_spelling,
    "dismiss": _dismiss,
}


def _found(transcript: Transcript, place: str) -> tuple[int, int | None]:
    """The indexes of the exchange and the answer; None as the answer for a question."""
    shaped = _PLACE.fullmatch(place)
    number = int(shaped[1]) - 1 if shaped else -1
    answer = int(shaped[2]) - 1 if shaped and shaped[2] else None
    if not 0 <= number < len(transcript.exchanges):
        raise StepError(_("passage %(place)s no longer exists") % {"place": place})
    if answer is not None and answer >= len(transcript.exchanges[number].answers):
        raise StepError(_("passage %(place)s no longer exists") % {"place": place})
    return number, answer


def _answer_found(transcript: Transcript, step: Mapping[str, Any]) -> tuple[int, int]:
    number, answer = _found(transcript, str(step["at"]))
    if answer is None:
        raise StepError(_("this is not an answer"))
    return number, answer


def _with_turns(transcript: Transcript, place: str, turns: list[Turn]) -> Transcript:
    """The transcript with one turn replaced by `turns`. A question is replaced by exactly one."""
    number, answer = _found(transcript, place)
    exchange = transcript.exchanges[number]
    if answer is None:
        changed = replace(exchange, question=turns[0])
    else:
        changed = replace(exchange, answers=(*exchange.answers[:answer], *turns, *exchange.answers[answer + 1 :]))
    return _with_exchanges(transcript, number, [changed])


def _with_exchanges(transcript: Transcript, number: int, exchanges: list[Exchange]) -> Transcript:
    before, after = transcript.exchanges[:number], transcript.exchanges[number + 1 :]
    return replace(transcript, exchanges=(*before, *exchanges, *after))


def _follow(transcript: Transcript, number: int, turns: tuple[Turn, ...]) -> Transcript:
    """Replace exchange `number` by `turns` at the end of the exchange before it, or without a question if it is the
    first.
    """
    if number == 0:
        alone = [Exchange(question=None, answers=turns)] if turns else []
        return _with_exchanges(transcript, 0, alone)
    before = transcript.exchanges[number - 1]
    longer = replace(before, answers=before.answers + turns)
    dissolved = _with_exchanges(transcript, number, [])
    return _with_exchanges(dissolved, number - 1, [longer])


def _line(exchange: Exchange) -> int:
    turns = (exchange.question, *exchange.answers)
    return min((turn.line for turn in turns if turn and turn.line), default=0)
