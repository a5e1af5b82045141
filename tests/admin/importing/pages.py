"""What a browser finds on an editors' page."""

import re
from html import unescape
from typing import Any

from django.test import Client

from panels.editorial.importing.drafts import version_of
from panels.models import ImportDraft


def version_on(client: Client, path: str) -> str:
    """The version that the first form with one carries on the page at `path`."""
    return hidden_in(client.get(path), "version")


def hidden_in(page: Any, name: str) -> str:
    """The value of the first hidden field of that name on a page."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())
    assert found, page.request["PATH_INFO"]
    return unescape(found[1])


def import_version_on(path: str) -> str:
    """The version that the page of an import at `path` carries now, without making the page."""
    [key] = re.findall(r"/import/(\d+)/", path)
    return version_of(ImportDraft.objects.get(pk=key))


def press_on_import(client: Client, path: str, fields: dict[str, Any], *, follow: bool = False) -> Any:
    """What comes of a button on the page of an import that nobody changed meanwhile."""
    sent = fields | {"import_version": import_version_on(path)}
    return client.post(path.partition("#")[0], sent, follow=follow)
