"""The project's settings as tests want them: plain static files, fast passwords, no HTTPS."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("HTTPS", "false")
os.environ.setdefault("EMAIL_URL", "memorymail://")
os.environ.setdefault("FRESH_SIGN_IN_MINUTES", "0")  # tests log in without a password

from panels.settings import *  # noqa: F403
from panels.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: a database in memory knows neither WAL nor two writers.
    DATABASES["default"]["TEST"] = {"NAME": Path(tempfile.gettempdir()) / f"panels-tests-{os.getpid()}.sqlite3"}

INSTALLED_APPS = [*INSTALLED_APPS, "allauth.socialaccount.providers.openid_connect"]
MIDDLEWARE = [MIDDLEWARE[0], "tests.failures.FailureWatch", *MIDDLEWARE[1:]]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
