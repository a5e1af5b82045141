"""List speakers who are probably several people, and turn those who certainly are into labels."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from panels.editorial.speakers_and_tags.doubtful_speakers import DoubtfulSpeaker, doubtful_speakers
from panels.editorial.speakers_and_tags.labels import make_labels
from panels.editorial.speakers_and_tags.split import SplitError
from panels.management.progress import Progress
from panels.models import Event, Split

_NAMED = 3  # sessions of each speaker


class Command(BaseCommand):
    help = (
        "Lists speakers who are probably several people: their name does not identify anybody (initials, a single "
        "name, a role, “Speaker 1”), and they take part in more than one session. Without --make-labels, it changes "
        "nothing: split each, or turn it into labels, on the admin page that is printed with it. With --make-labels, "
        "those whose sessions are of different series, and whom no editor has edited, become labels of their sessions. "
        "Each is done whole or not at all, so that an interrupted run can be repeated, and can be undone on the admin "
        "page that is printed with it. Never asks. Exits with 1 if one of them could not be turned into labels."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--make-labels",
            action="store_true",
            help="turn speakers into labels if their sessions are of different series and no editor has edited them",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="with --make-labels, show what would be done, without saving"
        )

    def handle(self, *_args: Any, make_labels: bool, dry_run: bool, **_options: Any) -> None:
        if dry_run and not make_labels:
            raise CommandError("--dry-run needs --make-labels. Without it, nothing is changed.")
        found = doubtful_speakers()
        if make_labels:
            self._make_labels(found, dry_run=dry_run)
            return
        for one in found:
            self._list(one)
        self.stderr.write(_counted(len(found), "doubtful speaker"))

    def _list(self, one: DoubtfulSpeaker) -> None:
        split = reverse("admin:panels_speaker_split", args=[one.speaker.pk])
        labels = reverse("admin:panels_speaker_labels", args=[one.speaker.pk])
        self.stdout.write(f"{_described(one)}\n    split: {split}\n    make labels: {labels}")

    def _make_labels(self, found: list[DoubtfulSpeaker], *, dry_run: bool) -> None:
        certain = [one for one in found if one.is_certain]
        progress = Progress(sys.stderr, total=len(certain))
        made = labels = 0
        for one in certain:
            done = None if dry_run else self._done(one, progress)
            if done or dry_run:
                made, labels = made + 1, labels + len(done.moved["labels"] if done else one.sessions)
                progress.clear()
                self.stdout.write(_described(one))
            if done:
                self.stdout.write(f"    undo: {reverse('admin:panels_split_change', args=[done.pk])}")
            progress.step(one.speaker.name)
        progress.clear()
        would = "would become" if dry_run else "became"
        left = _counted(len(found) - len(certain), "doubtful speaker")
        self.stderr.write(f"{_counted(made, 'speaker')} {would} {_counted(labels, 'label')}; {left} left to editors")
        if made < len(certain):
            raise CommandError(f"{_counted(len(certain) - made, 'speaker')} could not be turned into labels.")

    def _done(self, one: DoubtfulSpeaker, progress: Progress) -> Split | None:
        """None if it cannot be done, as when an editor changes it meanwhile."""
        try:
            return make_labels(one.speaker, by=None)
        except SplitError as error:
            progress.clear()
            self.stderr.write(f"{one.speaker} ({one.speaker.slug}): {error}")
            return None


def _described(one: DoubtfulSpeaker) -> str:
    some = Event.objects.filter(pk__in=one.sessions).order_by("sort_date", "slug")
    slugs = ", ".join(some.values_list("slug", flat=True)[:_NAMED])
    more = ", …" if len(one.sessions) > _NAMED else ""
    return f"{one.speaker} ({one.speaker.slug}): {len(one.sessions)} sessions: {slugs}{more}"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
