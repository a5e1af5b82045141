"""The door for application servers: `granian --interface wsgi panels.wsgi:application`.

Public pages are answered from memory (`panels.web.page_cache`) before Django runs, unless PAGE_CACHE_MB is 0.
`manage.py runserver` comes in here too; with DEBUG it keeps no pages, so that a changed template shows.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from panels.operation.sqlite3.base import DatabaseWrapper

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panels.settings")

django_application = get_wsgi_application()
DatabaseWrapper.holds_files = True

from panels.web.page_cache.layer import Application, PageCache  # noqa: E402 - models need Django to be set up

_LIMIT = settings.PAGE_CACHE_MB * 1024 * 1024
application: Application = django_application
if settings.METRICS_TOKEN:
    from panels.web.monitoring.metrics import CountPagesMade, CountRequests

    application = CountPagesMade(application)
if _LIMIT > 0:
    application = PageCache(application, limit=_LIMIT)
if settings.METRICS_TOKEN:
    application = CountRequests(application)
