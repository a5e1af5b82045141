"""Store transcripts from files, folders and archives as events."""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from panels.editorial.importing import ChangeKind, ImportOptions, ImportRefusedError, Plan, plan
from panels.editorial.importing.bulk import (
    MISSING,
    LoadResult,
    LoadStatus,
    counted,
    load,
    passed_over,
    relation,
    unidentified,
)
from panels.editorial.importing.drafts import ready, run_import
from panels.editorial.importing.errors import DoubtError
from panels.editorial.importing.sources import FoundSource, SourceError, found_in, read_found
from panels.editorial.saving.corrections import ChangeNote, ChangeNoteRequiredError
from panels.editorial.transcript_edits import edited, sole_speaker
from panels.formats.base import Format
from panels.formats.registry import FORMATS, format_named
from panels.management.progress import Progress
from panels.management.proposing import add_apply_proposals, proposed
from panels.models import Speaker
from panels.transcript import Transcript


class Command(BaseCommand):
    help = (
        "Stores transcripts as sessions: drafts, unless --publish is given. Takes files in every format that is read, "
        "folders and archives (zip, tar, tar.gz) of them, and JSON Lines (.jsonl) with one JSON archive a line. Each "
        "session is stored whole or not at all; what is stored already is kept as it is, so that an interrupted import "
        "can be run again. Exits with 1 if a session is missing afterwards: one that was refused, or passed over "
        "because its slug or source URL is that of a stored session with other words."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        readers = [known.name for known in FORMATS if known.read]
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="file, folder or archive; - for standard input"
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would be imported, without saving")
        parser.add_argument("--publish", action="store_true", help="publish new sessions at once")
        parser.add_argument("--update", action="store_true", help="update existing sessions with corrected texts")
        message = parser.add_mutually_exclusive_group()
        message.add_argument(
            "--note", default="", help="with --update, the correction note for changes to published text"
        )
        message.add_argument(
            "--same-meaning",
            action="store_true",
            help="with --update, confirm that the meaning of published text is unchanged",
        )
        parser.add_argument(
            "--same-speaker",
            action="append",
            default=[],
            metavar="NAME=SLUG",
            help="with --update, the name stands for the stored speaker with that slug; may be given several times",
        )
        parser.add_argument(
            "--new-speaker",
            action="append",
            default=[],
            metavar="NAME",
            help="with --update, the name is a new speaker's, although a stored one is called nearly so",
        )
        parser.add_argument(
            "--sole-speaker",
            action="store_true",
            help="attribute the answers of a text that labels nobody to the one speaker whom it lists, as an inference",
        )
        add_apply_proposals(parser)
        parser.add_argument("--format", choices=readers, help="the format (default: detected)")
        parser.add_argument(
            "--encoding", default="", help="the files' encoding, such as windows-1251, if it is guessed wrongly"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        self.progress = Progress(sys.stderr)
        self.outcomes: Counter[str] = Counter()
        self.reasons: Counter[tuple[str, str]] = Counter()
        self.guesses: Counter[str] = Counter()
        self.unidentified: Counter[str] = Counter()
        self.sole_speakers = 0
        self.attributes: bool = options["sole_speaker"]
        self.applies: bool = options["apply_proposals"]
        self.tells = options["dry_run"] or self.applies
        self.proposed: dict[str, list[str]] = {}
        self.verbosity = options["verbosity"]
        chosen = format_named(options["format"]) if options["format"] else None
        found = found_in(options["paths"], settings.PANELS_IMPORT_LIMITS)
        read = self._transcripts((one.in_encoding(options["encoding"]) for one in found), chosen)
        read = self._attributed(self._headed(read))
        if options["dry_run"] or options["update"]:
            self.change_note = ChangeNote(options["note"], options["same_meaning"])
            settled = _settled(options["same_speaker"], options["new_speaker"])
            self.choices = ImportOptions(settled=settled, unattended=True)
            for name, kind, transcript in read:
                self._report(self._one_by_one(name, kind, transcript, options))
        else:
            for outcome in load(((name, one) for name, _kind, one in read), publish=options["publish"]):
                self._report(outcome)
        self.progress.clear()
        self._sum_up()

    def _transcripts(
        self, found: Iterator[FoundSource], chosen: Format | None
    ) -> Iterator[tuple[str, Format, Transcript]]:
        """The transcripts that can be read; the others are reported at once."""
        for one in found:
            try:
                yield one.name, *read_found(one, chosen)
            except SourceError as error:
                self._report(LoadResult(one.name, LoadStatus.REFUSED, str(error)))

    def _headed(self, read: Iterator[tuple[str, Format, Transcript]]) -> Iterator[tuple[str, Format, Transcript]]:
        """As they are; with what is proposed for their pages, if that is wanted."""
        for name, kind, transcript in read:
            if self.tells:
                transcript, self.proposed[name] = proposed(transcript, applied=self.applies)  # noqa: PLW2901
            yield name, kind, transcript

    def _attributed(self, read: Iterator[tuple[str, Format, Transcript]]) -> Iterator[tuple[str, Format, Transcript]]:
        """As they are; with their sole speaker for all answers, if that is wanted."""
        for name, kind, transcript in read:
            has_one = bool(sole_speaker(transcript))
            self.sole_speakers += has_one
            yield (
                name,
                kind,
                edited(transcript, [{"do": "sole_speaker"}]) if has_one and self.attributes else transcript,
            )

    def _report(self, outcome: LoadResult) -> None:
        self.outcomes[outcome.became] += 1
        proposals = self.proposed.pop(outcome.name, [])
        if outcome.language_guess:
            self.guesses[outcome.language_guess] += 1
        self.unidentified.update(outcome.left_unidentified)
        if outcome.reason:
            self.reasons[outcome.became, outcome.reason] += 1
        if outcome.became in MISSING:
            self.progress.clear()
            self.stderr.write(f"{outcome.became:8} {outcome.name}: {outcome.message}")
        elif self.verbosity > 1 or (self.verbosity == 1 and not self.progress.shown):
            self.stdout.write(f"{outcome.became:8} {outcome.name}: {outcome.message}")
            self.stdout.writelines(f"         {line}\n" for line in proposals)
        self.progress.step(", ".join(f"{count:,} {became}" for became, count in sorted(self.outcomes.items())))

    def _one_by_one(self, name: str, kind: Format, transcript: Transcript, options: dict[str, Any]) -> LoadResult:
        """Store or update one session, or say what would be done."""
        try:
            planned = plan(transcript, self.choices, whole=kind.is_record)
            if planned.changes_nothing:
                reason = planned.match.reason if planned.match else ""
                slug = planned.stored.slug if planned.stored else ""
                return LoadResult(name, LoadStatus.KEPT, f"{slug}: nothing changes", slug, reason)
            if planned.match and not options["update"]:
                return passed_over(name, planned.match)
            if options["dry_run"]:
                left = planned.left_unidentified
                return LoadResult(name, LoadStatus.PLANNED, _described(planned), left_unidentified=left)
            stored = _carried_out(planned, name, self.change_note, publish=options["publish"])
            return replace(stored, language_guess=planned.language_guess, left_unidentified=planned.left_unidentified)
        except ImportRefusedError as error:
            advice = " (--same-speaker or --new-speaker)" if isinstance(error, DoubtError) else ""
            return LoadResult(name, LoadStatus.REFUSED, f"{error}{advice}")
        except ChangeNoteRequiredError as error:
            return LoadResult(name, LoadStatus.REFUSED, f"{error} (--note or --same-meaning)")

    def _sum_up(self) -> None:
        if not self.outcomes:
            raise CommandError("no file to import")
        if self.verbosity > 0:
            self._explain()
        summary = ", ".join(f"{count} {became}" for became, count in sorted(self.outcomes.items()))
        if missing := sum(self.outcomes[became] for became in MISSING):
            raise CommandError(f"{summary}; {missing} missing from the record")
        if self.verbosity > 0:
            self.stdout.write(self.style.SUCCESS(summary))

    def _explain(self) -> None:
        """Report matches, guesses and unidentified names."""
        for (became, reason), count in sorted(self.reasons.items()):
            self.stdout.write(f"{count} {became}: {reason}")
        for language, count in sorted(self.guesses.items()):
            self.stdout.write(f"{count} with a guessed language: {language}")
        for name, count in sorted(self.unidentified.items()):
            self.stdout.write(f"{count} with “{name}” left unidentified: several speakers have this name")
        if self.sole_speakers:
            done = "answers attributed to that speaker" if self.attributes else "left unattributed (see --sole-speaker)"
            self.stdout.write(f"{self.sole_speakers} with one listed speaker and no labels: {done}")


def _settled(same: list[str], new: list[str]) -> dict[str, Speaker | None]:
    """The decisions about names given as options. Raises CommandError."""
    settled: dict[str, Speaker | None] = dict.fromkeys(new)
    for given in same:
        name, _equals, slug = given.rpartition("=")
        settled[name] = Speaker.objects.filter(slug=slug).first()
        if not name or settled[name] is None:
            raise CommandError(f"--same-speaker {given}: no speaker has the slug “{slug}”")
    return settled


def _carried_out(planned: Plan, name: str, change_note: ChangeNote, *, publish: bool) -> LoadResult:
    event = run_import(ready(planned), by=None, why=PurePosixPath(name).name, change_note=change_note, publish=publish)
    became = LoadStatus.STORED if planned.stored is None else LoadStatus.UPDATED
    return LoadResult(name, became, f"{event.slug}: {_described(planned)}")


def _described(planned: Plan) -> str:
    if planned.comparison is None:
        parts = [f"{counted(planned.transcript)}{relation(planned)}"]
        parts += [f"language guessed: {planned.language_guess}"] if planned.language_guess else []
    else:
        counts = {kind: len(planned.comparison.of(kind)) for kind in ChangeKind if kind is not ChangeKind.KEPT}
        parts = [f"{count} {kind}" for kind, count in counts.items() if count]
        parts += [change.field for change in planned.comparison.event]
    if planned.speaker_mismatches:
        parts.append(
            f"{len(planned.speaker_mismatches)} passages keep the stored speaker although the text names another"
        )
    if new := [person.name for person in planned.new_speakers]:
        parts.append(f"new speakers {', '.join(new)}")
    if labels := [person.name for person in planned.new_labels if not person.is_shared]:
        parts.append(f"unidentified {', '.join(labels)}")
    return ", ".join(parts) + unidentified(planned.left_unidentified)
