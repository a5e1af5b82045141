"""What a browser finds on an editors' page."""

import re
from html import unescape

from django.test import Client


def version_on(client: Client, path: str) -> str:
    """The version that the first form with one carries on the page at `path`."""
    found = re.search(r'name="version" value="([^"]+)"', client.get(path).content.decode())
    assert found, path
    return unescape(found[1])
