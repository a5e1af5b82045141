#!/usr/bin/env python
"""Run a management command: `python manage.py help` lists them."""

import os
import secrets
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

# They sign nothing and store nothing, so they run before an installation has a key.
KEYLESS = {"compilemessages", "help", "makemessages", "read_session"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panels.settings")
    if sys.argv[1:2] and sys.argv[1] in KEYLESS:
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"manage.py: {error}")
