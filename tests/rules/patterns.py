"""Every regular expression of the program, how it is used, and texts on which a bad one takes its square in time.

A pattern is found where it stands in the source, so that one inside a function counts too. What it is matched
against is derived from its own parts: each part, and each part after what must stand before it, many times over.
"""

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from time import thread_time
from typing import Any

from tests.rules.backtracking import REPEATS, Backtracking, TooManyStepsError, has, parser, sre

ROOT = Path(__file__).resolve().parents[2]
WIDE = re.compile(r"\s{41,}")
NARROWING = "panels.formats.parsing.text_lines"
METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
_RUNS = (4, 8, 12, 16, 20, 24, 28, 32, 400, 4000)  # repetitions: few first, for what takes a power of two
_NOTICED = 0.002  # seconds of this thread below which nothing can be told
_SUSPECT = 1.2  # the power of the length with which the time grows: a line would be 1, a square 2
_SIZES = (100, 400, 1200)  # repetitions whose steps are counted; the next only where this one leaves a doubt
_DOUBTFUL = 2.2  # times the steps for twice the text
_TOO_STEEP = 3.0  # in proportion would be 2 times, a square 4
_MOST_STEPS = 2_000_000


@dataclass(frozen=True)
class Use:
    """A pattern and one way in which it is used; `where` is a module and a line."""

    where: str
    name: str
    pattern: re.Pattern[Any]
    method: str
    narrowed: bool = False  # sees lines of `text_lines` only, in which no white space is wide

    def __str__(self) -> str:
        return f"{self.where} {self.name}.{self.method} {self.pattern.pattern!r}"

    def run(self, text: str) -> object:
        subject: Any = text.encode("latin-1", "ignore") if isinstance(self.pattern.pattern, bytes) else text
        if self.method in {"sub", "subn"}:
            return self.pattern.sub(subject[:0], subject)
        if self.method == "finditer":
            return self.pattern.findall(subject)
        return getattr(self.pattern, self.method)(subject)


def uses() -> list[Use]:
    """All of them in `panels`, but not in its migrations, which are history."""
    files = [path for path in sorted(ROOT.glob("panels/**/*.py")) if not {"migrations", "__main__.py"} & {*path.parts}]
    sources = {_module(path): ast.parse(path.read_text(encoding="utf-8")) for path in files}
    called = {module: _methods_by_name(tree) for module, tree in sources.items()}
    return [use for module, tree in sources.items() for use in _of_module(module, tree, called)]


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _of_module(module: str, tree: ast.Module, called: dict[str, dict[str, set[str]]]) -> Iterator[Use]:
    names = vars(importlib.import_module(module))
    narrowed = module == NARROWING or any(
        isinstance(node, ast.ImportFrom) and node.module == NARROWING for node in ast.walk(tree)
    )
    seen = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_of_re(node.func):
            pattern = _made(node, node.func.attr, names)
            if pattern is None:  # made of what only a function or a loop knows; a loop's patterns are found below
                continue
            seen.add(pattern)
            name = _assigned(tree, node)
            direct = node.func.attr != "compile"
            for method in [node.func.attr] if direct else _methods(name, module, called):
                yield Use(f"{module}:{node.lineno}", name or "re", pattern, method, narrowed)
    for name, pattern in _patterns_among(names, _assigned_names(tree)):
        if pattern not in seen:
            for method in _methods(name, module, called):
                yield Use(module, name, pattern, method, narrowed)


def _is_of_re(called: ast.Attribute) -> bool:
    return isinstance(called.value, ast.Name) and called.value.id == "re" and called.attr in {*METHODS, "compile"}


def _assigned_names(tree: ast.Module) -> set[str]:
    """What a module gives a name itself, and does not import."""
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}


def _patterns_among(names: dict[str, Any], own: set[str]) -> Iterator[tuple[str, "re.Pattern[Any]"]]:
    for name in sorted(own & names.keys()):
        waiting = [names[name]]
        while waiting:
            value = waiting.pop()
            if isinstance(value, re.Pattern):
                yield name, value
            elif isinstance(value, list | tuple | set | frozenset):
                waiting += value
            elif isinstance(value, dict):
                waiting += [*value, *value.values()]


def _made(call: ast.Call, method: str, names: dict[str, Any]) -> "re.Pattern[Any] | None":
    """The pattern of a call; None if it is not made of what stands in the module."""
    flags = next((one.value for one in call.keywords if one.arg == "flags"), None)
    if flags is None and method == "compile" and len(call.args) > 1:
        flags = call.args[1]
    try:
        pattern = _value(call.args[0], names)
        return re.compile(pattern, _value(flags, names) if flags else 0)
    except NameError:
        return None


def _value(expression: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(expression), "<pattern>", "eval"), dict(names))


def _assigned(tree: ast.Module, call: ast.Call) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is call:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            return target.id if isinstance(target, ast.Name) else ""
    return ""


def _methods_by_name(tree: ast.Module) -> dict[str, set[str]]:
    """The methods of patterns that a module calls on each name."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
            found.setdefault(node.value.id, set()).add(node.attr)
    return found


def _methods(name: str, module: str, called: dict[str, dict[str, set[str]]]) -> list[str]:
    """How a name is used; a pattern without one, or handed on, may be used in any way."""
    readers = [called[module]] if name.startswith("_") else called.values()
    return sorted(set().union(*(reader.get(name, ()) for reader in readers))) or ["finditer"]


def steep(use: Use) -> str | None:
    """The text that shows that a pattern takes more than in proportion, as an expression; None if none is found.

    The clock only says which texts are worth a closer look, since a busy machine may stand still at any time.
    What is steep is told by counted steps.
    """
    search = Backtracking(use.pattern)
    for before, pumped, after in pumps(use.pattern):
        text = _texts(use, before, pumped, after)
        if _is_suspect(use, text) and _is_steep(use, search, text):
            return f"{before!r} + {pumped!r} * n + {after!r}"
    return None


def _texts(use: Use, before: str, pumped: str, after: str) -> Callable[[int], str]:
    def text(size: int) -> str:
        made = before + pumped * size + after
        return WIDE.sub(" ", made) if use.narrowed else made

    return text


def _is_suspect(use: Use, text: Callable[[int], str]) -> bool:
    for size in _RUNS:
        long = _seconds(use, text(size))
        if long > _NOTICED:
            shorter = size // (10 if size == _RUNS[-1] else 4)
            times: float = (size / shorter) ** _SUSPECT
            return long >= times * min(_seconds(use, text(shorter)) for _ in range(5))
    return False


def _seconds(use: Use, text: str) -> float:
    begun = thread_time()
    use.run(text)
    return thread_time() - begun


def _is_steep(use: Use, search: Backtracking, text: Callable[[int], str]) -> bool:
    def steps(size: int) -> int:
        search.spans(text(size), use.method, _MOST_STEPS)
        return search.steps

    times = 0.0
    try:
        for size in _SIZES:
            fewer = steps(size // 2)  # first: what has no end ends sooner
            times = steps(size) / fewer
            if times < _DOUBTFUL:
                return False
    except TooManyStepsError:
        return True
    return times > _TOO_STEEP


def pumps(compiled: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """Texts to try a pattern on: what stands before, what is repeated, and what comes after."""
    pattern, flags = compiled.pattern, compiled.flags
    if isinstance(pattern, bytes):
        pattern, flags = pattern.decode("latin-1"), flags & ~re.UNICODE
    found: dict[tuple[str, str, str], None] = {}
    for before, items in _runs(list(parser.parse(pattern, flags)), "", is_repeated=False):
        samples = [_sample([one]) for one in items]
        pieces = {*samples, "".join(samples), "".join(samples[:3]), *map("".join, pairwise(samples))} - {""}
        for piece, after in product(sorted(pieces), ("\n", "\x01")):
            found[before, piece, after] = None
    return list(found)


def _runs(tree: list[Any], before: str, *, is_repeated: bool) -> Iterator[tuple[str, list[Any]]]:
    """Each run of items in a pattern, inner ones too, with a text that leads there.

    A word that is one of many, such as a heading, is matched in one way only.
    """
    if is_repeated or not all(kind is sre.LITERAL for kind, _value in tree):
        yield before, tree
    for place, item in enumerate(tree):
        lead = before + _sample(tree[:place])
        if lead != before and item[0] in REPEATS:
            yield lead, tree[place:]
        for inner in _inside(item):
            yield from _runs(inner, lead, is_repeated=is_repeated or item[0] in REPEATS)


def _inside(item: Any) -> list[list[Any]]:
    kind, value = item
    if kind in REPEATS:
        return [list(value[2])]
    if kind is sre.SUBPATTERN:
        return [list(value[3])]
    if kind is sre.BRANCH:
        return [list(one) for one in value[1]]
    if kind in {sre.ASSERT, sre.ASSERT_NOT}:
        return [list(value[1])]
    return [list(value)] if kind is sre.ATOMIC_GROUP else []


def _sample(items: list[Any]) -> str:
    return "".join(_sample_of(kind, value) for kind, value in items)


def _sample_of(kind: Any, value: Any) -> str:
    if kind is sre.LITERAL:
        return chr(int(value))
    if kind in {sre.IN, sre.NOT_LITERAL, sre.ANY}:
        return _member(kind, value)
    if kind in REPEATS:
        return _sample(list(value[2])) * max(1, min(int(value[0]), 3))
    if kind is sre.BRANCH:
        return _sample(list(value[1][0]))
    inside = _inside((kind, value))
    return "" if kind in {sre.ASSERT, sre.ASSERT_NOT} or not inside else _sample(inside[0])


_TRIED: list[str] = [
    *"a A1 \t_-.,:;()[]{}<>*\"'`#>!?/\\|&=~+",
    "\n",
    "字",
    "é",
    "’",
    "，",
    "：",
    "\u3000",
    "\x00",
    "\U00020000",
]


def _member(kind: Any, value: Any) -> str:
    """A character that a set has; a common one if it can be."""
    if kind is sre.ANY:
        return "a"
    if kind is sre.NOT_LITERAL:
        return next(one for one in _TRIED if ord(one) != int(value))
    negated = bool(value) and value[0][0] is sre.NEGATE
    members = value[1:] if negated else value
    for one in _TRIED:
        if any(has(one, *member) for member in members) != negated:
            return one
    kind, first = members[0]
    return chr(int(first if kind is sre.LITERAL else first[0]))
