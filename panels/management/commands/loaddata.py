"""Django's `loaddata`, with readable messages instead of tracebacks for faulty fixtures."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError

from panels.management.advice import advice_on


class Command(loaddata.Command):
    help = (
        "Loads sessions and other objects from fixtures, each command whole or not at all. "
        "Loading a fixture again changes nothing."
    )

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        try:
            super().handle(*fixture_labels, **options)
        except (DeserializationError, DatabaseError, ObjectDoesNotExist, ValueError) as error:
            raise CommandError(f"{advice_on(error) or error}\nNothing was loaded.") from error
