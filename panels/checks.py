"""What `manage.py check --deploy` says that a site lacks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - Django's name


@register(Tags.compatibility, deploy=True)
def site_url(**_options: Any) -> list[CheckMessage]:
    if settings.SITE_URL:
        return []
    return [
        Warning(
            "SITE_URL is not set: identifiers in feeds and links in citations depend on the host that is asked.",
            hint="Set it to the address that readers know, such as https://panels.example.org.",
            id="panels.W001",
        )
    ]
