"""The page that shows the API to people, and its examples."""

import json
import re

import pytest
from django.test import Client

from panels.api.documentation.examples import TITLES, Example, examples
from panels.api.documentation.reference import places
from panels.api.registry import description
from tests.api.examples import answered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.path)
def test_every_example_is_answered_so(example: Example, samples: None, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["panels.example.org"]  # type: ignore[attr-defined]

    assert answered(example.path) == {"status": example.status, "answer": example.answer}


def test_the_page_shows_every_example_as_it_is(client: Client) -> None:
    shown = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", client.get("/api/").content.decode(), re.DOTALL)

    texts = [text.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&") for text in shown]
    assert [json.loads(text) for text in texts] == [example.answer for example in examples()]
    assert [example.title for example in examples()] == list(TITLES)


def test_the_page_names_every_endpoint_and_parameter(client: Client) -> None:
    page = client.get("/api/").content.decode()

    assert len(places()) == len(description()["paths"]) - 1
    for place in places():
        assert f"<dt><code>{place.path}</code>" in page
        assert str(place.meaning) in page
        assert all(f'<code class="parameter">{name}</code>' in page for name in place.parameters)


def test_every_page_leads_to_it(client: Client) -> None:
    assert '<a href="/api/">' in client.get("/").content.decode()
