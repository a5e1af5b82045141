"""Count the steps in which a regular expression is matched: unlike seconds, they are the same on every machine.

The module `re` backtracks but does not tell how often. `Backtracking` does the same search over the same parsed
pattern and finds the same spans; one step is a character looked at, an alternative tried or a place begun at.
"""

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

sre: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")  # the only parser of patterns, and what it makes

REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
_CHARACTERS = {sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN}
_DEEPEST = 1_000_000  # calls within each other: each repetition of a group takes a few

_Next = Callable[[int], "int | None"]
_Node = Callable[[int, _Next], "int | None"]  # where it begins and what follows; where all of it ends


class TooManyStepsError(Exception):
    """The search took more steps than it was given."""


class Backtracking:
    """A pattern that is searched for as `re` would do it; `steps` are those of the last search."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        source, flags = pattern.pattern, pattern.flags
        if isinstance(source, bytes):
            source, flags = source.decode("latin-1"), (flags & ~re.UNICODE) | re.ASCII
        self.text, self.end = "", 0
        self.most, self.steps = 0, 0
        self.groups: dict[int, tuple[int, int]] = {}
        self.node = self._all(list(parser.parse(source, flags & ~re.DEBUG)), flags)

    def spans(self, text: str, method: str, most: int) -> list[tuple[int, int]]:
        """Where the pattern matches, if this method of `re.Pattern` is called; `TooManyStepsError` after so many."""
        self.text, self.end, self.most, self.steps = text, len(text), most, 0
        self.groups.clear()
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(_DEEPEST)
        try:
            if method in {"match", "fullmatch"}:
                found = self.node(0, (lambda at: at) if method == "match" else self._only_at_end)
                return [] if found is None else [(0, found)]
            every = self._every()
            return [span for span, _once in zip(every, range(1), strict=False)] if method == "search" else list(every)
        finally:
            sys.setrecursionlimit(limit)

    def _only_at_end(self, at: int) -> int | None:
        return at if at == self.end else None

    def _every(self) -> Iterator[tuple[int, int]]:
        begin, after_empty = 0, -1  # a second empty match may not stand at the place of the first
        while begin <= self.end:
            self._count(1)
            self.groups.clear()
            found = self.node(begin, self._not_empty(begin) if begin == after_empty else lambda at: at)
            if found is None:
                begin += 1
                continue
            yield begin, found
            begin, after_empty = found, found if found == begin else -1

    def _not_empty(self, begin: int) -> _Next:
        return lambda at: None if at == begin else at

    def _count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > self.most:
            raise TooManyStepsError

    def _all(self, items: list[Any], flags: int) -> _Node:
        nodes = [self._one(kind, value, flags) for kind, value in items]
        if not nodes:
            return lambda at, then: then(at)
        whole = nodes[-1]
        for node in reversed(nodes[:-1]):
            whole = _sequence(node, whole)
        return whole

    def _one(self, kind: Any, value: Any, flags: int) -> _Node:
        if kind in _CHARACTERS:
            return self._character(_fits(kind, value, flags))
        if kind in REPEATS:
            return self._repeat(kind, value, flags)
        kinds = {
            sre.SUBPATTERN: self._group,
            sre.BRANCH: self._branch,
            sre.ASSERT: self._look,
            sre.ASSERT_NOT: self._look_not,
            sre.ATOMIC_GROUP: self._atomic_group,
            sre.GROUPREF: self._repeated_group,
            sre.GROUPREF_EXISTS: self._choice,
            sre.AT: self._place,
        }
        return kinds[kind](value, flags)

    def _character(self, fits: Callable[[str], bool]) -> _Node:
        def node(at: int, then: _Next) -> int | None:
            self._count(1)
            return then(at + 1) if at < self.end and fits(self.text[at]) else None

        return node

    def _repeat(self, kind: Any, value: Any, flags: int) -> _Node:
        least, most, items = value[0], value[1], list(value[2])
        if len(items) == 1 and items[0][0] in _CHARACTERS:
            [(of_what, characters)] = items
            return self._run(kind, least, most, _fits(of_what, characters, flags))
        node = self._all(items, flags)
        if kind is sre.POSSESSIVE_REPEAT:
            return self._atomic(self._groups(node, least, most, is_greedy=True))
        return self._groups(node, least, most, is_greedy=kind is sre.MAX_REPEAT)

    def _run(self, kind: Any, least: int, most: int, fits: Callable[[str], bool]) -> _Node:
        """A row of characters, which `re` counts first and gives back one by one."""

        def node(at: int, then: _Next) -> int | None:
            last = min(self.end, at + int(most))
            if kind is sre.MIN_REPEAT:
                return self._lazy_run(at, last, least, fits, then)
            stop = at
            while stop < last and fits(self.text[stop]):
                stop += 1
            self._count(stop - at + 1)
            if kind is sre.POSSESSIVE_REPEAT:
                return then(stop) if stop - at >= least else None
            for end in range(stop, at + least - 1, -1):
                self._count(1)
                found = then(end)
                if found is not None:
                    return found
            return None

        return node

    def _lazy_run(self, at: int, last: int, least: int, fits: Callable[[str], bool], then: _Next) -> int | None:
        end = at
        while True:
            if end - at >= least:
                found = then(end)
                if found is not None:
                    return found
            self._count(1)
            if end >= last or not fits(self.text[end]):
                return None
            end += 1

    def _groups(self, inside: _Node, least: int, most: int, *, is_greedy: bool) -> _Node:
        def again(at: int, done: int, then: _Next) -> int | None:
            self._count(1)

            def once_more() -> int | None:
                if done >= int(most):
                    return None
                return inside(at, lambda end: None if end == at and done >= least else again(end, done + 1, then))

            if done < least:
                return once_more()
            if is_greedy:
                found = once_more()
                return then(at) if found is None else found
            found = then(at)
            return once_more() if found is None else found

        return lambda at, then: again(at, 0, then)

    def _group(self, value: Any, flags: int) -> _Node:
        group, added, removed, items = value
        inside = self._all(list(items), (flags | added) & ~removed)
        return inside if group is None else self._kept_group(group, inside)

    def _kept_group(self, group: int, inside: _Node) -> _Node:
        def node(at: int, then: _Next) -> int | None:
            def ended(end: int) -> int | None:
                before = self.groups.get(group)
                self.groups[group] = at, end
                found = then(end)
                if found is None:
                    if before is None:
                        del self.groups[group]
                    else:
                        self.groups[group] = before
                return found

            return inside(at, ended)

        return node

    def _branch(self, value: Any, flags: int) -> _Node:
        alternatives = [self._all(list(one), flags) for one in value[1]]

        def node(at: int, then: _Next) -> int | None:
            for one in alternatives:
                self._count(1)
                found = one(at, then)
                if found is not None:
                    return found
            return None

        return node

    def _look(self, value: Any, flags: int) -> _Node:
        is_there = self._is_there(value, flags)
        return lambda at, then: then(at) if is_there(at) else None

    def _look_not(self, value: Any, flags: int) -> _Node:
        is_there = self._is_there(value, flags)
        return lambda at, then: None if is_there(at) else then(at)

    def _is_there(self, value: Any, flags: int) -> Callable[[int], bool]:
        direction, items = value
        back = items.getwidth()[0] if direction < 0 else 0
        inside = self._all(list(items), flags)
        return lambda at: at >= back and inside(at - back, lambda end: end) is not None

    def _atomic_group(self, value: Any, flags: int) -> _Node:
        return self._atomic(self._all(list(value), flags))

    def _atomic(self, inside: _Node) -> _Node:
        def node(at: int, then: _Next) -> int | None:
            end = inside(at, lambda end: end)
            return None if end is None else then(end)

        return node

    def _repeated_group(self, group: int, _flags: int) -> _Node:
        def node(at: int, then: _Next) -> int | None:
            if group not in self.groups:
                return None
            begin, end = self.groups[group]
            self._count(end - begin + 1)
            return then(at + end - begin) if self.text.startswith(self.text[begin:end], at) else None

        return node

    def _choice(self, value: Any, flags: int) -> _Node:
        group, *both = value
        there, missing = (self._all(list(one or ()), flags) for one in both)

        def node(at: int, then: _Next) -> int | None:
            return there(at, then) if group in self.groups else missing(at, then)

        return node

    def _place(self, value: Any, flags: int) -> _Node:
        kind = str(value)

        def node(at: int, then: _Next) -> int | None:
            self._count(1)
            return then(at) if self._is_place(kind, at, flags) else None

        return node

    def _is_place(self, kind: str, at: int, flags: int) -> bool:
        before, after = self.text[at - 1 : at] if at else "", self.text[at : at + 1]
        if "BOUNDARY" in kind:
            is_word = _word(flags)
            return (is_word(before) != is_word(after)) is ("NON_BOUNDARY" not in kind)
        if kind == "AT_BEGINNING":
            return at == 0 or bool(flags & re.MULTILINE and before == "\n")
        if kind == "AT_END":
            return self.text[at:] in {"", "\n"} if not flags & re.MULTILINE else after in {"", "\n"}
        return at == (0 if kind == "AT_BEGINNING_STRING" else self.end)


def _sequence(first: _Node, rest: _Node) -> _Node:
    return lambda at, then: first(at, lambda end: rest(end, then))


def _word(flags: int) -> Callable[[str], bool]:
    word = re.compile(r"\w", flags & re.ASCII)
    return lambda one: bool(one and word.match(one))


def _fits(kind: Any, value: Any, flags: int) -> Callable[[str], bool]:
    """Whether one character is what an item of a pattern asks for, in any case of the letter where case is ignored."""

    def is_it(one: str) -> bool:
        if kind is sre.ANY:
            return bool(flags & re.DOTALL) or one != "\n"
        if kind is sre.LITERAL:
            return ord(one) == int(value)
        return any(has(one, member, of, flags) for member, of in value if member is not sre.NEGATE)

    if kind is sre.NOT_LITERAL:
        return cache(lambda one: not any(ord(each) == int(value) for each in _cases(one, flags)))
    negated = kind is sre.IN and value[0][0] is sre.NEGATE
    return cache(lambda one: any(map(is_it, _cases(one, flags))) is not negated)


def _cases(one: str, flags: int) -> set[str]:
    return {one, *(each for each in (one.lower(), one.upper()) if len(each) == 1)} if flags & re.IGNORECASE else {one}


def has(one: str, kind: Any, value: Any, flags: int = 0) -> bool:
    """Whether a member of a set of characters is or contains this one."""
    if kind is sre.LITERAL:
        return ord(one) == int(value)
    if kind is sre.RANGE:
        return bool(value[0] <= ord(one) <= value[1])
    if kind is sre.CATEGORY:
        letter = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[str(value).rsplit("_", 1)[-1]]
        return bool(re.match(letter.upper() if "_NOT_" in str(value) else letter, one, flags & re.ASCII))
    return False
