"""Every regular expression of the program, how it is used, and texts on which a bad one takes its square in time.

A pattern is found where it stands in the source, so that one inside a function counts too. What it is matched
against is derived from its own parts: each part, and each part after what must stand before it, many times over.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from time import thread_time
from typing import Any

sre: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")  # the only parser of patterns, and what it makes

ROOT = Path(__file__).resolve().parent.parent
WIDE = re.compile(r"\s{41,}")
NARROWING = "panels.formats.parsing.text_lines"
METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
_SIZES = (4, 8, 12, 16, 20, 24, 28, 32, 400, 4000)  # repetitions: few first, for what takes a power of two
_NOTICED = 0.006  # seconds of this thread below which nothing can be told
_PLAIN = 0.2  # seconds that no other work on the machine explains
_MEASURED = 3  # times that a pattern must be too steep: a busy machine may stand still in any of them
_TOO_STEEP = 1.6  # the power of the length with which the time grows: a line would be 1, a square 2


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
    """The text that shows that a pattern takes more than in proportion, as an expression; None if none is found."""
    for before, pumped, after in _pumps(use.pattern.pattern, use.pattern.flags):
        if all(_is_steep(use, before, pumped, after) for _ in range(_MEASURED)):
            return f"{before!r} + {pumped!r} * n + {after!r}"
    return None


def _is_steep(use: Use, before: str, pumped: str, after: str) -> bool:
    def text(size: int) -> str:
        made = before + pumped * size + after
        return WIDE.sub(" ", made) if use.narrowed else made

    size, long = next(
        ((some, taken) for some in _SIZES if (taken := _seconds(use, text(some))) > _NOTICED), (_SIZES[-1], 0.0)
    )
    shorter = size // (10 if size == _SIZES[-1] else 4)  # a long one tells more, on a busy machine too
    times: float = (size / shorter) ** _TOO_STEEP
    if long > _PLAIN:
        return long >= times * min(_seconds(use, text(shorter)) for _ in range(3))
    for _ in range(3):  # a machine may be busy elsewhere once, and even twice
        if long < _NOTICED or long < times * min(_seconds(use, text(shorter)) for _ in range(5)):
            return False
        long = min(_seconds(use, text(size)) for _ in range(3))
    return True


def _seconds(use: Use, text: str) -> float:
    begun = thread_time()
    use.run(text)
    return thread_time() - begun


def _pumps(pattern: Any, flags: int) -> list[tuple[str, str, str]]:
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
        if lead != before and item[0] in _REPEATS:
            yield lead, tree[place:]
        for inner in _inside(item):
            yield from _runs(inner, lead, is_repeated=is_repeated or item[0] in _REPEATS)


def _inside(item: Any) -> list[list[Any]]:
    kind, value = item
    if kind in _REPEATS:
        return [list(value[2])]
    if kind is sre.SUBPATTERN:
        return [list(value[3])]
    if kind is sre.BRANCH:
        return [list(one) for one in value[1]]
    if kind in {sre.ASSERT, sre.ASSERT_NOT}:
        return [list(value[1])]
    return [list(value)] if kind is sre.ATOMIC_GROUP else []


_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}


def _sample(items: list[Any]) -> str:
    return "".join(_sample_of(kind, value) for kind, value in items)


def _sample_of(kind: Any, value: Any) -> str:
    if kind is sre.LITERAL:
        return chr(int(value))
    if kind in {sre.IN, sre.NOT_LITERAL, sre.ANY}:
        return _member(kind, value)
    if kind in _REPEATS:
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
        if any(_has(one, *member) for member in members) != negated:
            return one
    kind, first = members[0]
    return chr(int(first if kind is sre.LITERAL else first[0]))


def _has(one: str, kind: Any, value: Any) -> bool:
    if kind is sre.LITERAL:
        return ord(one) == int(value)
    if kind is sre.RANGE:
        return bool(value[0] <= ord(one) <= value[1])
    if kind is sre.CATEGORY:
        letter = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[str(value).rsplit("_", 1)[-1]]
        return bool(re.match(letter.upper() if "_NOT_" in str(value) else letter, one))
    return False
