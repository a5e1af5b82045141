"""Find the answers that a quotation may come from, without reading all of them."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Case, Max, Q, Value, When

from panels.models import Answer
from panels.models.answer import AnswerQuerySet
from panels.reading.quote_checker.quotation import Quotation
from panels.reading.quote_checker.tokens import Token

MOST = 50
# A substring search scans every text, so only this many of the newest are searched.
NEWEST = 50_000
_TERMS = 5
_TOGETHER = 4


def candidates(quotation: Quotation, among: AnswerQuerySet) -> Iterable[Answer]:
    """The answers with the most of the quotation's rarest words, with their event, question and speaker.

    Long words are assumed to be rare. `among` are answers that readers may see; at most the `NEWEST` of them are
    searched.
    """
    conditions = [Q(text__icontains=term) for term in terms_of(quotation)]
    if not conditions:
        return []
    hits = sum((Case(When(condition, then=1), default=0) for condition in conditions), Value(0))
    last = Answer.objects.aggregate(last=Max("pk"))["last"] or 0
    found = among.filter(reduce(or_, conditions), pk__gt=last - NEWEST).annotate(hits=hits)
    return found.select_related("event", "question", "speaker").order_by("-hits", "-pk")[:MOST]


def terms_of(quotation: Quotation) -> list[str]:
    """The search terms: the longest words, and four-character sequences of ideographs from all over the quotation."""
    words = {token.key for token in quotation.words if not token.is_ideograph}
    longest = sorted(words, key=lambda word: (-len(word), word))[:_TERMS]
    fours = _fours(quotation.words)
    step = max(1, len(fours) // _TERMS)
    return [*fours[::step][:_TERMS], *longest]


def _fours(words: tuple[Token, ...]) -> list[str]:
    """The ideographs of a quotation in sequences of four, or fewer at the end of a run."""
    runs: list[str] = []
    end = -1
    for token in (token for token in words if token.is_ideograph):
        if runs and token.start == end and len(runs[-1]) < _TOGETHER:
            runs[-1] += token.key
        else:
            runs.append(token.key)
        end = token.end
    return [run for run in runs if len(run) > 1] or runs
