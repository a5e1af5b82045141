"""The door for application servers: `granian --interface wsgi panels.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from panels.sqlite3.base import DatabaseWrapper

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panels.settings")

application = get_wsgi_application()
DatabaseWrapper.holds_files = True
