#!/usr/bin/env python
"""Run a management command: `python manage.py help` lists them."""

import os
import secrets
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, InterfaceError

from panels.demo import use_demo

# They sign nothing and store nothing, so they run before an installation has a key.
KEYLESS = {"compilemessages", "help", "makemessages", "read_session"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panels.settings")
    if sys.argv[1:2] and sys.argv[1] in KEYLESS:
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    elif use_demo():
        sys.stderr.write("manage.py: using the demo. For a site of your own, copy .env.example to .env.\n")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"manage.py: {error}")
    except (DatabaseError, InterfaceError) as error:
        from panels.management.advice import advice_on  # noqa: PLC0415 - it needs Django, which is set up now

        advice = advice_on(error)
        if advice is None or "--traceback" in sys.argv:
            raise
        sys.exit(f"manage.py: {advice}")


if __name__ == "__main__":
    main()
