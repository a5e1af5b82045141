"""Django's `dumpdata`, which says at once what cannot be loaded again."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import dumpdata

from panels.models import FormerEventSlug, FormerSpeakerSlug, FormerTagSlug, FormerWording, Revision, RowRevision

_KEPT_BY_TRIGGERS = (FormerEventSlug, FormerSpeakerSlug, FormerTagSlug, FormerWording, Revision, RowRevision)


class Command(dumpdata.Command):
    help = (
        "Writes objects as fixtures. Not for edited databases: loaddata cannot load histories and former URLs. "
        "Use backup for a whole database, write_fixture or export_sessions for sessions."
    )

    def handle(self, *app_labels: str, **options: Any) -> None:
        whole = not app_labels or "panels" in app_labels
        kept = [model for model in _KEPT_BY_TRIGGERS if model._meta.label_lower not in _lowered(options["exclude"])]
        if whole and any(model._default_manager.exists() for model in kept):
            raise CommandError(
                "This database has histories or former URLs, which loaddata cannot load again. Use “manage.py backup” "
                "for the whole database, or “manage.py write_fixture” for single sessions."
            )
        super().handle(*app_labels, **options)


def _lowered(labels: list[str]) -> set[str]:
    return {label.lower() for label in labels}
