"""What docs/session-document.md shows is a session document."""

from pathlib import Path

from panels.formats import registry, session_document
from panels.formats.base import Source

DOCS = Path(__file__).parents[2] / "docs" / "session-document.md"


def test_the_example_is_read_and_written_again() -> None:
    example = DOCS.read_text().split("```markdown\n")[1].split("```\n")[0]

    assert session_document.write(registry.read(Source.of(example))) == example
