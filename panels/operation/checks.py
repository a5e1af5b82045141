"""What `manage.py check --deploy` says that a site lacks."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - Django's name
from django.utils import timezone

from panels.operation.backups import newest_backup

_OLD = dt.timedelta(days=2)
_SHORTEST_TOKEN = 20


@register(Tags.compatibility, deploy=True)
def site_url(**_options: Any) -> list[CheckMessage]:
    said = "SITE_URL is not set: identifiers in feeds and links in citations depend on the host that is asked."
    hint = "Set it to the address that readers know, such as https://panels.example.org."
    return [] if settings.SITE_URL else [Warning(said, hint=hint, id="panels.W001")]


@register(Tags.compatibility, deploy=True)
def backups(**_options: Any) -> list[CheckMessage]:
    newest = newest_backup()
    if newest and timezone.now() - newest.made_at <= _OLD:
        return []
    if newest:
        said = f"The newest backup is of {newest.made_at:%Y-%m-%d %H:%M} UTC, more than two days ago."
        hint = "Look why the last runs of manage.py backup failed: systemctl status panels-backup"
    elif settings.BACKUP_DIR:
        said = f"There is no backup in {settings.BACKUP_DIR} (BACKUP_DIR)."
        hint = "Run manage.py backup, and let a timer run it every night: see docs/install.md."
    else:
        said = "BACKUP_DIR is not set: nobody can tell whether the database is backed up."
        hint = "Set it to a folder on another disk, and let a timer run manage.py backup every night."
    return [Warning(said, hint=hint, id="panels.W002")]


@register(Tags.compatibility, deploy=True)
def mail(**_options: Any) -> list[CheckMessage]:
    said = "EMAIL_URL is not set: no mail is sent, so nobody can reset a forgotten password by mail."
    hint = "Set it to the mail server, such as smtp+tls://user:password@mail.example.org:587."
    return [] if settings.SENDS_MAIL else [Warning(said, hint=hint, id="panels.W005")]


@register(Tags.security, deploy=True)
def second_factors(**_options: Any) -> list[CheckMessage]:
    said = "TWO_FACTOR_REQUIRED_FOR is not set: a stolen password is enough to publish and to delete."
    hint = "Set it to the groups whose members need a second factor, such as Publisher: see docs/sign-in.md."
    return [] if settings.TWO_FACTOR_REQUIRED_FOR else [Warning(said, hint=hint, id="panels.W006")]


@register(Tags.security, deploy=True)
def metrics(**_options: Any) -> list[CheckMessage]:
    if not settings.METRICS_TOKEN:
        return []
    found: list[CheckMessage] = []
    if len(settings.METRICS_TOKEN) < _SHORTEST_TOKEN:
        hint = f"Use at least {_SHORTEST_TOKEN} random characters."
        found.append(Warning("METRICS_TOKEN is short enough to be guessed.", hint=hint, id="panels.W003"))
    if not settings.METRICS_DIR:
        said = "METRICS_DIR is not set: /metrics shows the counts of one process of the server, not of all."
        hint = "Set it to a folder that the server may write, such as /run/panels/metrics."
        found.append(Warning(said, hint=hint, id="panels.W004"))
    return found
