"""Every sentence that a format says to people is marked for translation, translated, and recognised with its values."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, override

import panels.formats
from panels.editorial.transcript_edits import LEFT_OUT, SOLE_SPEAKER
from panels.editorial.wording import error_text, translated, translated_evidence
from panels.formats.base import FormatError, Source
from panels.formats.registry import read
from panels.formats.wording import TEMPLATES, values_in
from panels.transcript import Transcript
from tests.torture.seeds import PANEL, seeds

FORMATS = Path(panels.formats.__file__).parent
CATALOGUE = FORMATS.parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
SAID = frozenset({"reason", "advice", "evidence", "missing", "why"})
"""Names of what holds a sentence: parameters, variables, fields."""
FIRST = {"FormatError": 0, "LimitError": 0, "refusal": 0, "_broken": 1, "check_count": 2}
"""The functions of several modules that take a sentence by its place."""


class Module:
    """The sentences of a module, and which of them are not marked."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        self.nodes = list(ast.walk(self.tree))
        self.looked_at: set[int] = set()

    @cached_property
    def marks(self) -> list[ast.Call]:
        return [node for node in self.nodes if isinstance(node, ast.Call) and _name(node.func) == "gettext_noop"]

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        return {node.name: node for node in self.nodes if isinstance(node, ast.FunctionDef)}

    @property
    def unmarked(self) -> list[str]:
        return [ast.unparse(found) for sentence in self._sentences() for found in self._unmarked(sentence)]

    @property
    def marked_within(self) -> list[str]:
        """The templates that are marked within a function: not before it runs are they known to whoever shows them."""
        inner = {id(node) for function in self.functions.values() for node in ast.walk(function)}
        return [text for mark in self.marks if id(mark) in inner and "%(" in (text := message(mark))]

    def _sentences(self) -> Iterator[ast.expr]:
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield from self._passed(node)
            else:
                yield from _assigned(node, SAID)

    def _passed(self, call: ast.Call) -> Iterator[ast.expr]:
        yield from (keyword.value for keyword in call.keywords if keyword.arg in SAID)
        name = _name(call.func)
        places = {FIRST[name]} if name in FIRST else set()
        if name in self.functions:
            names = [one.arg for one in self.functions[name].args.args if one.arg != "self"]
            places |= {at for at, one in enumerate(names) if one in SAID}
        yield from (value for at, value in enumerate(call.args) if at in places)

    def _unmarked(self, value: ast.expr) -> Iterator[ast.expr]:
        """The literal texts that an expression may be and that are not marked."""
        if id(value) in self.looked_at:
            return
        self.looked_at.add(id(value))
        if isinstance(value, ast.JoinedStr) or (isinstance(value, ast.Constant) and value.value):
            yield value
        for inner in self._inner(value):
            yield from self._unmarked(inner)

    def _inner(self, value: ast.expr) -> Iterator[ast.expr]:
        """What an expression may be: both sides of a condition, what a name stands for, what a function returns."""
        if isinstance(value, ast.IfExp):
            yield from (value.body, value.orelse)
        elif isinstance(value, ast.BoolOp):
            yield from value.values
        elif isinstance(value, ast.BinOp):
            yield value.left
        elif isinstance(value, ast.Dict):
            yield from value.values
        elif isinstance(value, ast.Subscript):
            yield value.value
        elif isinstance(value, ast.Name):
            yield from self._values_of(value.id)
        elif isinstance(value, ast.Call):
            yield from self._returned(value)

    def _returned(self, call: ast.Call) -> Iterator[ast.expr]:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "get":
            yield from (call.func.value, *call.args[1:])
        elif isinstance(call.func, ast.Name) and call.func.id == "next" and isinstance(call.args[0], ast.GeneratorExp):
            yield from (call.args[0].elt, *call.args[1:])
        elif _name(call.func) in self.functions:
            returns = (node for node in ast.walk(self.functions[_name(call.func)]) if isinstance(node, ast.Return))
            yield from (node.value for node in returns if node.value)

    def _values_of(self, name: str) -> Iterator[ast.expr]:
        for node in self.nodes:
            yield from _assigned(node, {name})
            if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Tuple):
                names = [_name(target) for target in node.target.elts]
                if name in names:
                    yield from self._column(node.iter, names.index(name))

    def _column(self, rows: ast.expr, at: int) -> Iterator[ast.expr]:
        """What stands at a place in each of some rows."""
        if isinstance(rows, ast.Name):
            for value in self._values_of(rows.id):
                yield from self._column(value, at)
        elif isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute) and rows.func.attr == "items":
            yield from (rows.func.value,) if at else ()
        elif isinstance(rows, ast.Tuple | ast.List):
            inner = [row.value.elt if _is_spread(row) else row for row in rows.elts]  # type: ignore[attr-defined]
            yield from (row.elts[at] for row in inner if isinstance(row, ast.Tuple))


def _assigned(node: ast.AST, names: Collection[str]) -> Iterator[ast.expr]:
    """What a statement assigns to one of the names."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    if any(_name(target) in names for target in targets):
        value = node.value  # type: ignore[attr-defined]
        yield from (value,) if value is not None else ()


def _is_spread(row: ast.expr) -> bool:
    return isinstance(row, ast.Starred) and isinstance(row.value, ast.GeneratorExp)


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def message(mark: ast.Call) -> str:
    (argument,) = mark.args
    assert isinstance(argument, ast.Constant), ast.unparse(mark)
    return str(argument.value)


SEEDS = seeds()
PATHS = {path.relative_to(FORMATS).as_posix(): path for path in sorted(FORMATS.rglob("*.py"))}
MODULES = {name: Module(path.read_text("utf-8")) for name, path in PATHS.items() if name != "wording.py"}


def test_every_sentence_is_marked() -> None:
    assert {name: found for name, module in MODULES.items() if (found := module.unmarked)} == {}


@pytest.mark.parametrize(
    "line",
    [
        'Unread(line=1, text="", reason="a footnote")',
        'Unread(line=1, text="", reason=f"column {name}")',
        'reason = "vote" if name else gettext_noop("speech")',
        'raise FormatError("The file is empty.")',
        'raise FormatError(gettext_noop("The file is empty."), advice="Split it.")',
        'check_count(1, 2, "levels")',
        'KINDS = {"note": "a note"}\nUnread(reason=KINDS.get(name, ""))',
        'KINDS = {"note": "a note"}\nfor key, reason in KINDS.items():\n    Unread(reason=reason)',
        'TABLE = ((0, "a picture"),)\nfor at, what in TABLE:\n    raise FormatError(what)',
        'def aside(line, reason):\n    ...\naside(1, "divider")',
        'def kind():\n    return "hidden"\nreason = kind()',
        'Candidate(name=name, evidence="%s leads" % name)',
    ],
)
def test_a_sentence_that_is_not_marked_would_be_noticed(line: str) -> None:
    assert Module(line).unmarked


def test_sentences_with_values_are_constants() -> None:
    assert {name: found for name, module in MODULES.items() if (found := module.marked_within)} == {}


def test_every_sentence_is_in_the_catalogue() -> None:
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.translated()}
    marked = {message(mark) for module in MODULES.values() for mark in module.marks}

    assert len(marked) > 200
    assert marked - known == set()


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_a_sentence_with_values_is_translated(template: str) -> None:
    values = {name: f"“x” {name}, 7" for name in TEMPLATES[template][1::2]}
    sentence = template % values

    assert values_in(sentence, template) == values
    with override("en"):
        assert translated(sentence) == sentence
    with override("zh-hans"):
        assert translated(sentence) == gettext(template) % values != sentence


@pytest.mark.parametrize(
    ("template", "sentence", "values"),
    [
        ("column “%(name)s”", "column “A” and “B”", {"name": "A” and “B"}),
        ("column “%(name)s”", "column “A", None),
        ("column “%(name)s”", "column “”", {"name": ""}),
        ("column “%(name)s”", "column “", None),
        ("the date may be %(one)s or %(other)s", "the date may be 1 or 2", {"one": "1", "other": "2"}),
        ("the date may be %(one)s or %(other)s", "the date may be 1", None),
        ("%(name)s leads the session", "leads the session", None),
        ("“%(label)s” is part of the name %(name)s", "“A” is part of the name B", {"label": "A", "name": "B"}),
        ("%(field)s is missing a field: %(fault)s.", "a.b is missing a field: c.", {"field": "a.b", "fault": "c"}),
    ],
)
def test_values_are_found_in_a_sentence(template: str, sentence: str, values: dict[str, str] | None) -> None:
    assert values_in(sentence, template) == values


def said_of(raw: bytes, name: str) -> tuple[set[str], set[str]]:
    """The reasons and advice that a reader gives, and the evidence."""
    try:
        return said_in(read(Source(raw, name)))
    except FormatError as error:
        return {error.reason, error.advice}, set()


def said_in(transcript: Transcript) -> tuple[set[str], set[str]]:
    reasons = {one.reason for one in transcript.unread}
    return reasons, {one.evidence for turn in transcript.turns for one in turn.candidates}


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_what_readers_say_is_translated(name: str) -> None:
    reasons, evidence = (found - own for found, own in zip(said_of(SEEDS[name], name), said_in(PANEL), strict=True))

    with override("zh-hans"):
        assert [one for one in reasons if translated(one) == one] == []
        assert [one for one in evidence if translated_evidence(one) == one] == []


def test_errors_are_said_in_the_language_of_the_interface() -> None:
    with pytest.raises(FormatError) as caught:
        read(Source(b"\x89PNG\r\n\x1a\n" + bytes(100)))

    with override("en"):
        assert error_text(caught.value) == str(caught.value) == "This is a picture. Paste the text instead."
    with override("zh-hans"):
        assert error_text(caught.value) == "这是图片。请改为粘贴文字。"


def test_what_an_editor_typed_stays() -> None:
    with override("zh-hans"):
        assert translated_evidence("Title") == "Title"
        assert translated_evidence("Panelists") == "Panelists" != gettext("Panelists")
        assert translated_evidence(SOLE_SPEAKER) == "原文只列出这一位发言者，且未标明各段由谁所说"
        assert translated(LEFT_OUT) == "由编辑移除"
        assert translated("") == translated_evidence("") == ""
