"""What the documents about formats say is so."""

import re
from pathlib import Path

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.native import session_document
from panels.transcript import Transcript

DOCS = Path(__file__).parents[2] / "docs"


def test_the_example_is_read_and_written_again() -> None:
    example = (DOCS / "session-document.md").read_text(encoding="utf-8").split("```markdown\n")[1].split("```\n")[0]

    assert session_document.write(registry.read(Source.of(example))) == example


def test_every_field_of_the_head_is_in_the_table() -> None:
    text = (DOCS / "session-document.md").read_text(encoding="utf-8")
    table = text.partition("## Front matter")[2].partition("## Questions")[0]

    named = set(re.findall(r"`([a-z_]+)`", table))

    assert {name for name in Transcript.__dataclass_fields__ if name not in ("introduction", "exchanges")} <= named


def test_every_format_that_is_written_has_its_column() -> None:
    heads = (DOCS / "formats.md").read_text(encoding="utf-8").partition("| | ")[2].partition("|\n")[0]

    columns = re.findall(r"`([a-z]+)` `(\.[a-z]+)`", heads)

    assert sorted(columns) == sorted((known.name, known.suffix) for known in registry.FORMATS if known.write)


def test_what_panels_reads_is_every_format_that_is_read() -> None:
    table = (DOCS / "formats.md").read_text(encoding="utf-8").partition("## What Panels reads")[2].partition("\n## ")[0]
    rows = [row.strip("|").split("|") for row in table.split("\n") if row.startswith("| ")][1:]

    assert sorted(row[1].strip(" `") for row in rows) == sorted(known.name for known in registry.FORMATS if known.read)
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in rows)
