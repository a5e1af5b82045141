"""Tag many passages at once, and suggest existing tags from the words of a passage."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from panels.editorial.saving.changes import recorded_change
from panels.editorial.saving.locking import hold, lock_events
from panels.models import Answer, Event, Question, Tag
from panels.transcript.text import has_unspaced, without_marks

_SUGGESTED = 6
_WORD = re.compile(r"\w+")
_PLURALS = (("ies", "y"), ("es", "e"), ("s", ""))


@transaction.atomic
def tag(
    passages: Iterable[Question | Answer],
    *,
    add: Collection[Tag] = (),
    remove: Collection[Tag] = (),
    by: AbstractBaseUser,
) -> int:
    """Add tags to questions or answers and remove others. Returns how many were changed.

    The history of each event gets one new version. Passages deleted since they were chosen are skipped.
    """
    of_events: dict[int, list[Question | Answer]] = {}
    for passage in passages:
        of_events.setdefault(passage.event_id, []).append(passage)
    lock_events(of_events)
    there = hold(Tag, [one.pk for one in add])
    add = [one for one in add if one.pk in there]
    changed = 0
    for _pk, chosen in sorted(of_events.items()):
        try:
            with recorded_change(chosen[0].event, by=by, why=_("Tags changed")):
                changed += sum(_tag(passage, add, remove) for passage in _still_there(chosen))
        except Event.DoesNotExist:
            continue
    return changed


def _still_there(passages: Sequence[Question | Answer]) -> "QuerySet[Any]":
    return type(passages[0])._default_manager.filter(pk__in=[passage.pk for passage in passages])


def _tag(passage: Question | Answer, add: Collection[Tag], remove: Collection[Tag]) -> bool:
    had = set(passage.tags.all())
    new, old = set(add) - had, set(remove) & had
    passage.tags.add(*new)
    passage.tags.remove(*old)
    return bool(new or old)


def suggested_tags(text: str, present: Collection[str] = ()) -> list[str]:
    """Names of stored tags whose words occur in a text, most frequent first, without those `present`.

    English plurals match their singulars, and Chinese and Japanese tags need no spaces around them.
    """
    return suggested(text, Tag.objects.values_list("name", flat=True), present)


def suggested(text: str, names: Iterable[str], present: Collection[str] = ()) -> list[str]:
    """Same as `suggested_tags`, from the given tag names."""
    plain = without_marks(text).casefold()
    words = _stems(plain)
    spoken = f" {' '.join(words)} "
    had = {name.casefold() for name in present}
    counts: Counter[str] = Counter()
    for name in names:
        folded = name.casefold()
        wanted = " ".join(_stems(folded))
        if wanted and folded not in had:
            counts[name] = plain.count(folded) if has_unspaced(folded) else spoken.count(f" {wanted} ")
    return [name for name, count in counts.most_common(_SUGGESTED) if count]


def _stems(text: str) -> Sequence[str]:
    return [_stem(word) for word in _WORD.findall(text)]


def _stem(word: str) -> str:
    """A word without the ending of its plural, roughly: it need only be the same for both."""
    for ending, rest in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return _stem_end(word[: -len(ending)] + rest)
    return _stem_end(word)


def _stem_end(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > 3 else word  # noqa: PLR2004
