"""Publish scheduled sessions whose time has come."""

from typing import Any

from django.core.management.base import BaseCommand

from panels.editorial.publishing import publish_due


class Command(BaseCommand):
    help = (
        "Publishes the sessions whose set time has come, and prints their slugs. The server does so by itself while "
        "anybody asks it for pages; run this every minute where feeds must be on time without readers."
    )

    def handle(self, *_args: Any, **options: Any) -> None:
        for event in publish_due():
            if options["verbosity"] > 0:
                self.stdout.write(event.slug)
