"""Remove the second factors of somebody who lost them."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from panels.editorial.accounts import remove_second_factors


class Command(BaseCommand):
    help = (
        "Removes all second factors of an account (authenticator app, passkeys, recovery codes), so that its password "
        "is enough to log in. For somebody who lost them: make sure who is asking."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name of the account")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"There is no account “{options['name']}”.")
        removed = remove_second_factors(user, by=None)
        if options["verbosity"] > 0:
            self.stdout.write(f"{removed} second factors of {user} removed.")
