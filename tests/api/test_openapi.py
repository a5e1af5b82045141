"""The description in OpenAPI: that it is sound, that it is whole, and that everything answers as it says."""

import json
import os
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from panels.api.documentation.examples import examples
from panels.api.registry import description
from tests.api.reading import get_json

# A cursor may look like one and be none: who made it up is told so by 400, which Schemathesis does not expect.
ACCEPTED = ["2xx", "3xx", "400", "404"]
REFUSED = ["400", "404", "414", "422"]
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"expected-statuses": ACCEPTED},
            "negative_data_rejection": {"expected-statuses": REFUSED},
        }
    }
)


@pytest.fixture
def kept_connection(samples: None) -> Iterator[None]:
    """A server closes its connection after each request; here that would end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_dict(json.loads(json.dumps(description())), config=CONFIG)
application = get_wsgi_application()


def unpacked(environ: dict[str, Any], start: Any) -> Any:
    """The application, asked for what is not compressed: Schemathesis says that it takes that, and does not."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return application(environ, start)


schema.app = unpacked


@schema.parametrize()
@settings(
    max_examples=int(os.environ.get("API_EXAMPLES", "10")),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.usefixtures("kept_connection")
def test_everything_answers_as_it_is_described(case: Any) -> None:
    case.call_and_validate()


def test_it_is_served_as_it_is(client: Client) -> None:
    assert get_json(client, "openapi.json") == json.loads(json.dumps(description()))


def operations() -> Iterator[dict[str, Any]]:
    for path in description()["paths"].values():
        yield from path.values()


def test_every_field_and_parameter_and_status_is_described() -> None:
    for operation in operations():
        assert operation["summary"]
        assert operation["responses"]["200"]["description"]
        assert all(one["description"] for one in operation["parameters"]), operation["operationId"]
        assert {"304", "412", "414", "422"} <= set(operation["responses"])
    for name, shape in description()["components"]["schemas"].items():
        assert shape["description"], name
        assert shape["properties"], name


def test_every_example_is_as_its_endpoint_is_described() -> None:
    shapes = {"components": description()["components"]}
    tried = 0
    for operation in operations():
        content = operation["responses"]["200"]["content"]["application/json"]
        for example in content.get("examples", {}).values():
            jsonschema_rs.validator_for({**content["schema"], **shapes}).validate(example["value"])
            tried += 1

    assert tried == sum(example.status == 200 for example in examples())
