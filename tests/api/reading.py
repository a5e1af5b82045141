"""Reading the API as its users do."""

from collections.abc import Iterator
from typing import Any

from django.test import Client


def get_json(client: Client, path: str, status: int = 200) -> Any:
    """What is told below /api/v1/."""
    response = client.get(path if path.startswith("http") else f"/api/v1/{path}")
    assert response.status_code == status
    assert response["Content-Type"] == ("application/json" if status == 200 else "application/problem+json")
    return response.json()


def walked(client: Client, path: str, way: str = "next") -> Iterator[Any]:
    """The pages of a list, one after the other."""
    address: str | None = path
    while address:
        page = get_json(client, address)
        yield page
        address = page[way]
