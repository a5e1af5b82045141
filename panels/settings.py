"""Settings, each from the environment or from an `.env` file beside manage.py.

The table in docs/configuration.md names every variable that is read here; a test compares the two.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import django
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from panels.formats.registry import limits_from
from panels.operation.single_sign_on import single_sign_on
from panels.operation.site_url import read_site_url

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")
env.ENVIRON = {name: value for name, value in os.environ.items() if value.strip()}  # left empty, it has its default

# Where and for whom

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="not-secret-in-debug" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY in the environment or in .env (.env.example shows how), or DEBUG=true.")
try:
    SITE_URL = read_site_url(written) if (written := env.str("SITE_URL", default="")) else ""
except ValueError as fault:
    raise ImproperlyConfigured(str(fault)) from fault
_own_host = [host] if (host := urlsplit(SITE_URL).hostname) else []
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", *_own_host])
CSRF_FAILURE_VIEW = "panels.admin.signed_out.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if SITE_URL else [])
SITE_NAME = env.str("SITE_NAME", default="Panels")

# What runs

INSTALLED_APPS = [
    "panels",  # first, so that its templates and its `loaddata` go before Django's
    "panels.apps.PanelsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
]

MIDDLEWARE = [
    "panels.web.monitoring.request_log.RequestIDMiddleware",  # before whatever may have something to log
    "panels.web.views.bounds.UnreadBody",
    "panels.web.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a long transcript is a fifth of its size on the way to a phone
    "csp.middleware.CSPMiddleware",
    "panels.api.middleware.ApiMiddleware",  # before whatever might answer with a page
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "panels.web.views.bounds.QueryLength",
    "panels.web.lookups.AddressMiddleware",
    "panels.web.middleware.PublishDueMiddleware",
    "panels.web.middleware.SnapshotMiddleware",  # after whatever writes
]

ROOT_URLCONF = "panels.urls"
WSGI_APPLICATION = "panels.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "panels.web.context_processors.site",
            ],
            "libraries": {
                "panels_admin": "panels.admin.template_filters",
                "panels_text": "panels.web.templatetags.panels_text",
            },
        },
    },
]

# Data

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'panels.sqlite3'}")}
if "ENGINE" not in DATABASES["default"]:
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "panels.operation.sqlite3"
    DATABASES["default"]["CONN_MAX_AGE"] = None  # what is open can be read on a full disk too
    DATABASES["default"]["OPTIONS"] = {
        # Readers never wait for a writer, and writers queue instead of failing.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,  # seconds that a writer waits in the queue
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", default=0 if DEBUG else 32)  # of each process; 0 keeps no pages
FIXTURE_DIRS = env.list("FIXTURE_DIRS", default=[])
SERIALIZATION_MODULES = {"json": "panels.management.json_fixtures"}
TAGGIT_CASE_INSENSITIVE = True

# Languages and time

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
if not f"{LANGUAGE_CODE.lower()}-".startswith(("en-", "zh-hans-")):
    raise ImproperlyConfigured(f"LANGUAGE_CODE is {LANGUAGE_CODE}; it may be en or zh-hans.")
LOCALE_PATHS = [BASE_DIR / "panels" / "locale"]
FORMAT_MODULE_PATH = "panels.locale"  # one way to write dates in each language
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
try:
    ZoneInfo(TIME_ZONE)
except (KeyError, ValueError, OSError) as fault:  # not there, no name of a zone, or a folder of zones
    raise ImproperlyConfigured(f"TIME_ZONE is {TIME_ZONE}; it must be a name such as Europe/Berlin.") from fault
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "panels.web.static_files.StaticFilesStorage"},
}

# The log, on standard error: whatever runs the server keeps it

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
    raise ImproperlyConfigured(f"LOG_LEVEL is {LOG_LEVEL}; it may be DEBUG, INFO, WARNING, ERROR or CRITICAL.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "panels.web.monitoring.request_log.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "panels": {"level": LOG_LEVEL},
        "django": {"handlers": [], "level": "INFO", "propagate": True},  # DEBUG would quote what SQL is given
        "django.request": {"level": "ERROR"},  # a page that is not there is no news
    },
}

# What a monitoring system may ask for at /metrics; without a token nobody may

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_DIR = env.str("METRICS_DIR", default="")  # where the processes of a server share what they count

# Backups

BACKUP_DIR = env.str("BACKUP_DIR", default="")

# Mail: links to reset a password. Without EMAIL_URL there is no page that would send one.

_mail = env.email("EMAIL_URL", default="dummymail://")
SENDS_MAIL = bool(env.str("EMAIL_URL", default=""))
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="panels@localhost")
if django.VERSION >= (6, 1):
    _names = {"host": "HOST", "port": "PORT", "username": "HOST_USER", "password": "HOST_PASSWORD"}
    _names |= {"use_tls": "USE_TLS", "use_ssl": "USE_SSL"}
    _options = {name: _mail[f"EMAIL_{key}"] for name, key in _names.items() if _mail.get(f"EMAIL_{key}")}
    _is_smtp = _mail["EMAIL_BACKEND"].endswith(".smtp.EmailBackend")
    MAILERS = {"default": {"BACKEND": _mail["EMAIL_BACKEND"], "OPTIONS": _options if _is_smtp else {}}}
else:
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"] or "localhost", _mail["EMAIL_PORT"] or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)

# Forms: a long session is edited on one page, and pasted or uploaded whole

DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Files from strangers

UPLOAD_MB = env.int("UPLOAD_MB", default=5)  # of a file that is uploaded for an import
try:
    PANELS_IMPORT_LIMITS = limits_from(env.dict("PANELS_IMPORT_LIMITS", default={}))
except ValueError as fault:
    raise ImproperlyConfigured(f"PANELS_IMPORT_LIMITS: {fault}.") from fault

# Safety

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
FRESH_SIGN_IN_MINUTES = env.int("FRESH_SIGN_IN_MINUTES", default=60)  # 0: nobody is asked to sign in again
TWO_FACTOR_REQUIRED_FOR = env.list("TWO_FACTOR_REQUIRED_FOR", default=[])  # names of groups
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],  # the preview of an embed
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
HTTPS = env.bool("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked for from inside, over plain HTTP
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SESSION_ENGINE = "panels.web.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60  # seconds: who has chosen a language need not choose again tomorrow
LANGUAGE_COOKIE_SAMESITE = "Lax"
# django-allauth, to which `panels.admin.accounts` gives pages. Nobody registers, mail is sent by Panels itself, and
# wrong passwords and codes are counted by `panels.editorial.sign_in` alone.
ACCOUNT_ADAPTER = "panels.admin.accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = FRESH_SIGN_IN_MINUTES * 60
MFA_ADAPTER = "panels.admin.accounts.adapters.TwoFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are nobody's proof of who they are
MFA_FORMS = {
    "authenticate": "panels.admin.accounts.two_factor_forms.CodeForm",
    "reauthenticate": "panels.admin.accounts.two_factor_forms.ConfirmCodeForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # clocks differ: the code before and the next one count too
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_ADAPTER = "panels.admin.accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form would be stopped by the Content-Security-Policy on its way to the provider
try:
    SINGLE_SIGN_ON = single_sign_on(
        server_url=env.str("OIDC_SERVER_URL", default=""),
        client_id=env.str("OIDC_CLIENT_ID", default=""),
        client_secret=env.str("OIDC_CLIENT_SECRET", default=""),
        name=env.str("OIDC_NAME", default=""),
        groups_claim=env.str("OIDC_GROUPS_CLAIM", default="groups"),
        roles=env.dict("OIDC_ROLES", default={}),
        scopes=env.list("OIDC_SCOPES", default=["openid", "profile", "email"]),
    )
except ValueError as fault:
    raise ImproperlyConfigured(str(fault)) from fault
if SINGLE_SIGN_ON:
    INSTALLED_APPS += ["allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_PROVIDERS = SINGLE_SIGN_ON.provider_settings()

BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Subdomains and the browsers' preload list are the domain owner's to decide, not this application's.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if not SENDS_MAIL:
    SILENCED_SYSTEM_CHECKS += ["mail.E001"]  # panels.W005 says so, as a warning: Panels works without mail
