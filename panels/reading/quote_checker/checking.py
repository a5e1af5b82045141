"""Check whether a quotation is in the record: word for word, as before a correction, nearly, or not at all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from django.db.models import Q

from panels.models import Answer, Correction, Event, FormerWording, Speaker
from panels.models.answer import AnswerQuerySet
from panels.reading.quote_checker.candidates import candidates
from panels.reading.quote_checker.fragments import text_fragment
from panels.reading.quote_checker.matching import DiffOp, Match, match
from panels.reading.quote_checker.quotation import Quotation
from panels.reading.quote_checker.tokens import tokens_of

_SHOWN = 5
_SHOWN_NEAR = 3


class Verdict(StrEnum):
    """The result of a check, the best first."""

    EXACT = "exact"
    CHANGED = "changed"
    NEAR = "near"
    ABSENT = "absent"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class ReadWording:
    """A text that readers saw until it was changed, and the correction that says so, if any."""

    text: str
    correction: Correction | None


# Finds an answer's earlier public wordings.
EarlierWordings = Callable[[Answer], Iterable[ReadWording]]


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer that is, or may be, the source. `correction` is the one that changed the quoted words."""

    verdict: Verdict
    answer: Answer
    match: Match
    correction: Correction | None = None

    @property
    def url(self) -> str:
        """The URL of the matched words in the transcript."""
        return f"{self.answer.event.get_absolute_url()}#{self.answer.anchor}{text_fragment(self.match.passage)}"


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a quotation, and the passages that it rests on.

    `outside_filter`: found only outside the speaker or event that it was attributed to.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    outside_filter: bool = False


def stored_wordings(answer: Answer) -> Iterable[ReadWording]:
    """The former wordings that were stored when the answer was changed."""
    formers = FormerWording.objects.filter(event=answer.event_id, anchor=answer.anchor).select_related("correction")
    return (ReadWording(former.text, former.correction) for former in formers.order_by("-until", "-pk"))


def check(
    quotation: Quotation,
    *,
    speaker: Speaker | None = None,
    event: Event | None = None,
    earlier: EarlierWordings = stored_wordings,
) -> Checked:
    """Look up a quotation among public answers, limited to a speaker or event if it is attributed to one.

    If it is not found there, all answers are searched, because quotations are often misattributed.
    """
    if quotation.is_too_short:
        return Checked(Verdict.TOO_SHORT)
    public: AnswerQuerySet = Answer.objects.published()
    filtered = public
    if speaker:
        filtered = filtered.filter(speaker=speaker)
    if event:
        filtered = filtered.filter(event=event)
    checked = _check(quotation, filtered, earlier)
    if checked.verdict is not Verdict.ABSENT or not (speaker or event):
        return checked
    wider = _check(quotation, public, earlier)
    return Checked(wider.verdict, wider.findings, outside_filter=wider.verdict is not Verdict.ABSENT)


def _check(quotation: Quotation, among: AnswerQuerySet, earlier: EarlierWordings) -> Checked:
    likely = list(candidates(quotation, among))
    matches = [(answer, found) for answer in likely if (found := match(quotation, answer.text))]
    exact = (Finding(Verdict.EXACT, answer, found) for answer, found in matches if found.is_exact)
    if findings := tuple(islice(exact, _SHOWN)):
        return Checked(Verdict.EXACT, findings)
    matches.sort(key=lambda pair: -pair[1].likeness)
    near = matches[:_SHOWN_NEAR]
    changed = [*_formerly(quotation, likely, earlier), *_corrected(near)]
    if changed:
        return Checked(Verdict.CHANGED, tuple(changed[:_SHOWN]))
    findings = tuple(Finding(Verdict.NEAR, answer, found) for answer, found in near)
    return Checked(Verdict.NEAR if findings else Verdict.ABSENT, findings)


def _formerly(quotation: Quotation, answers: Iterable[Answer], earlier: EarlierWordings) -> Iterator[Finding]:
    """The answers that once had exactly these words, with their differences from the current ones."""
    for answer in answers:
        for wording in earlier(answer):
            former = match(quotation, wording.text)
            if former and former.is_exact:
                yield Finding(Verdict.CHANGED, answer, match(quotation, answer.text) or former, wording.correction)


def _corrected(near: Iterable[tuple[Answer, Match]]) -> Iterator[Finding]:
    """The answers that differ from the quotation only by what a published correction says that it changed."""
    for answer, found in near:
        about = Q(anchor=answer.anchor) | Q(anchor="")
        for correction in Correction.objects.filter(about, event=answer.event_id).order_by("-date", "-number"):
            if _explains(correction, found):
                yield Finding(Verdict.CHANGED, answer, found, correction)
                break


def _explains(correction: Correction, found: Match) -> bool:
    """Whether the note contains all words that are quoted but not recorded; if there are none, those left out."""
    changed = found.words(DiffOp.REMOVED) or found.words(DiffOp.ADDED)
    note = _words(correction.note)
    return bool(changed) and all(f" {_words(words).strip()} " in note for words in changed)


def _words(text: str) -> str:
    words = (token.key.casefold() for token in tokens_of(text) if token.is_word)
    return f" {' '.join(words)} "
