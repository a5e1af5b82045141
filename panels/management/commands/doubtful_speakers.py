"""List speakers who are probably several people."""

from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from panels.editorial.doubtful_speakers import doubtful_speakers
from panels.models import Event

_NAMED = 3  # sessions of each speaker


class Command(BaseCommand):
    help = (
        "Lists speakers who are probably several people: their name does not identify anybody (initials, a single "
        "name, a role, “Speaker 1”), and they take part in more than one session. Changes nothing: split each on the "
        "admin page that is printed with it."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = doubtful_speakers()
        for one in found:
            some = Event.objects.filter(pk__in=one.sessions).order_by("sort_date", "slug")
            slugs = ", ".join(some.values_list("slug", flat=True)[:_NAMED])
            more = ", …" if len(one.sessions) > _NAMED else ""
            page = reverse("admin:panels_speaker_split", args=[one.speaker.pk])
            self.stdout.write(
                f"{one.speaker} ({one.speaker.slug}): {len(one.sessions)} sessions: {slugs}{more}\n    split: {page}"
            )
        self.stderr.write(f"{len(found)} doubtful speaker{'' if len(found) == 1 else 's'}")
