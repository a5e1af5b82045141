"""List stored sessions whose language contradicts the script of their words."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from panels.editorial.importing.language_guess import language_of
from panels.models import Answer, Event
from panels.transcript.scripts import contradicts_script

_READ = 50  # answers of each session


class Command(BaseCommand):
    help = (
        "Lists sessions whose text is not written in the script of their language, such as Chinese labelled as "
        "English, with the language that the text is probably in. Changes nothing. Exits with 1 if it finds any."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = 0
        for event, text in _sessions():
            if contradicts_script(event.language, text):
                found += 1
                likely = language_of(text)
                self.stdout.write(f"{event.slug}: {event.language}{likely and f', probably {likely}'}")
        if found:
            raise CommandError(f"{found} in another script than their language says")
        self.stdout.write(self.style.SUCCESS("every session is in the script of its language"))


def _sessions() -> Iterator[tuple[Event, str]]:
    """All but those in the trash, with their first words."""
    for event in Event.objects.not_trashed().only("slug", "language").order_by("slug").iterator():
        answers = Answer.objects.filter(event=event).order_by("question__number", "position")
        yield event, "\n".join(answers.values_list("text", flat=True)[:_READ])
