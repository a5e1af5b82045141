"""Requests with their answers, as the page for people and the description show them.

They are real: a test asks for each of them again, of the sample sessions, and compares the answers.
`python -m tests.api.examples` writes them anew.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from django.utils.translation import gettext_noop

# For the page in other languages.
TITLES = (
    gettext_noop("One answer"),
    gettext_noop("An answer whose speaker the editors inferred"),
    gettext_noop("Events of a year"),
    gettext_noop("One question of a transcript"),
    gettext_noop("Questions under a tag"),
    gettext_noop("A speaker"),
    gettext_noop("The first tags"),
    gettext_noop("A search"),
    gettext_noop("A quotation that is not exact"),
    gettext_noop("A misspelt filter"),
    gettext_noop("An event that does not exist"),
)
FILE = Path(__file__).with_name("examples.json")


@dataclass(frozen=True, slots=True)
class Example:
    """`name` is the endpoint's, `path` the request with its parameters."""

    name: str
    title: str
    path: str
    status: int
    answer: Any

    @property
    def shown_path(self) -> str:
        """The request as people read it."""
        return unquote_plus(self.path)

    @property
    def written(self) -> str:
        """The answer as people read JSON."""
        return json.dumps(self.answer, ensure_ascii=False, indent=2)


@cache
def examples() -> tuple[Example, ...]:
    return tuple(Example(**one) for one in json.loads(FILE.read_text(encoding="utf-8")))


def examples_of(name: str) -> dict[str, Any]:
    """Those of an endpoint that found something, as OpenAPI has them."""
    found = [example for example in examples() if example.name == name and example.status == 200]  # noqa: PLR2004
    return {f"{name}-{place}": {"summary": one.title, "value": one.answer} for place, one in enumerate(found, 1)}
