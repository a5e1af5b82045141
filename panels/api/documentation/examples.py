"""Requests with their responses, as shown on the documentation page and in the OpenAPI description.

They are real: a test sends each of them again to the sample sessions, and compares the responses.
`python -m tests.api.examples` regenerates them.
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
    gettext_noop("Sessions of a year"),
    gettext_noop("One question of a transcript"),
    gettext_noop("Questions under a tag"),
    gettext_noop("A speaker"),
    gettext_noop("The first tags"),
    gettext_noop("A search"),
    gettext_noop("A quotation that is not exact"),
    gettext_noop("A misspelt filter"),
    gettext_noop("A session that does not exist"),
)
FILE = Path(__file__).with_name("examples.json")


@dataclass(frozen=True, slots=True)
class Example:
    """An example. `name` is the operation ID of the endpoint, `path` the request with its parameters."""

    name: str
    title: str
    path: str
    status: int
    answer: Any

    @property
    def shown_path(self) -> str:
        """The request, decoded for people to read."""
        return unquote_plus(self.path)

    @property
    def written(self) -> str:
        """The response as indented JSON."""
        return json.dumps(self.answer, ensure_ascii=False, indent=2)


@cache
def examples() -> tuple[Example, ...]:
    return tuple(Example(**one) for one in json.loads(FILE.read_text(encoding="utf-8")))


def examples_of(name: str) -> dict[str, Any]:
    """The successful examples of an endpoint, in OpenAPI's form."""
    found = [example for example in examples() if example.name == name and example.status == 200]  # noqa: PLR2004
    return {f"{name}-{place}": {"summary": one.title, "value": one.answer} for place, one in enumerate(found, 1)}
