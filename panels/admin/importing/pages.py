"""Pages of a long text in the preview: some of its exchanges, with the lines of the source beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings

from panels.editorial.importing import Change, ChangeKind, Plan
from panels.editorial.importing.drafts import source_of
from panels.formats.base import FormatError, Source
from panels.formats.head_dates import proposes_date
from panels.formats.registry import format_named
from panels.formats.structure.doubtful_labels import DOUBT
from panels.formats.structure.openings import DOUBT as OPENING_DOUBT
from panels.models import ImportDraft
from panels.transcript import Exchange, PanelMember, Transcript, Turn, Unread

MOST_LISTED = 200  # doubts, labels, changes on one page
_EXCHANGES = 50
_CHARACTERS = 20_000  # of one passage
_LINES, _LINE = 3_000, 2_000  # lines of the source, and characters of one
_LONGEST_PAGE = 20_000  # characters of a page of a document
_DOCUMENTS = (b"PK", b"%PDF-", b"{\\rtf")  # what a file begins with that is no text to be shown
_AROUND = 20  # lines before and after those of the exchanges shown


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """The exchanges of one page, as a transcript. Very long passages are cut."""

    number: int
    count: int
    before: int
    """How many exchanges stand on the pages before."""
    transcript: Transcript
    is_cut: bool

    @property
    def first_line(self) -> int:
        return min((turn.line for turn in self.transcript.turns if turn.line), default=1)

    @property
    def last_line(self) -> int:
        return max((turn.line for turn in self.transcript.turns if turn.line), default=1)


@dataclass(frozen=True, slots=True)
class SourceLines:
    """Lines of the source, and the number of the first; `count` is the number of all lines."""

    first: int
    lines: tuple[str, ...]
    count: int

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1

    @property
    def are_all(self) -> bool:
        return len(self.lines) == self.count


@dataclass(frozen=True, slots=True)
class ShownChanges:
    """The changes that are shown, and the number of further ones."""

    passages: tuple[Change, ...]
    more: int


def part_of(transcript: Transcript, page: str, *, at: str = "") -> PreviewPart:
    """The page with a number, the one that has the place `at`, or the first."""
    count = max(1, -(-len(transcript.exchanges) // _EXCHANGES))
    place = at.partition(".")[0]
    wanted = (int(place) - 1) // _EXCHANGES + 1 if _is_number(place) else int(page) if _is_number(page) else 1
    number = min(max(wanted, 1), count)
    before = (number - 1) * _EXCHANGES
    exchanges = transcript.exchanges[before : before + _EXCHANGES]
    shown = replace(
        transcript,
        title=_cut(transcript.title),
        introduction=_cut(transcript.introduction) if number == 1 else "",
        panelists=tuple(map(_cut_fields, transcript.panelists[:MOST_LISTED])) if number == 1 else (),
        exchanges=tuple(map(_cut_exchange, exchanges)),
        unread=tuple(replace(one, text=_cut(one.text)) for one in transcript.unread[:MOST_LISTED]),
    )
    cut = shown.exchanges != exchanges or len(transcript.unread) > MOST_LISTED
    return PreviewPart(number, count, before, shown, is_cut=cut)


def unread_of(part: PreviewPart) -> list[tuple[Unread, bool]]:
    """What was not understood, each with whether it is only remarked on: then it still stands in the transcript."""
    remarks = {DOUBT, OPENING_DOUBT}
    return [(one, one.reason in remarks or proposes_date(one.reason)) for one in part.transcript.unread]


def lines_of(import_draft: ImportDraft, part: PreviewPart | None = None) -> SourceLines:
    """The lines of the source beside a part, or the first lines; for a document, its paragraphs."""
    lines = _every_line(import_draft)
    first, last = 0, _LINES
    if part is not None and part.count > 1:
        first = max(0, part.first_line - _AROUND)
        last = min(first + _LINES, part.last_line + _AROUND)
    most = _LONGEST_PAGE if bytes(import_draft.source).startswith(_DOCUMENTS) else _LINE
    shown = tuple(line if len(line) <= most else f"{line[:most]}…" for line in lines[first:last])
    return SourceLines(first + 1, shown, len(lines))


def _every_line(import_draft: ImportDraft) -> Sequence[str]:
    raw = bytes(import_draft.source)
    source = source_of(import_draft, settings.PANELS_IMPORT_LIMITS)
    if raw.startswith(_DOCUMENTS):
        return _paragraphs(source, import_draft.format)
    try:
        return source.text.split("\n")
    except FormatError:
        return raw.decode(errors="replace").replace("\0", "\ufffd").splitlines()


@lru_cache(maxsize=2)
def _paragraphs(source: Source, name: str) -> tuple[str, ...]:
    """The paragraphs of a document by number, or the lines of each page; none if it cannot be read."""
    found: dict[int, str] = {}
    try:
        read = format_named(name).paragraphs
        for number, text in read(source) if read else ():
            found[number] = f"{found[number]}\n{text}" if number in found else text
    except (FormatError, LookupError):
        return ()
    return tuple(found.get(number, "") for number in range(1, max(found, default=0) + 1))


def changes_of(planned: Plan | None) -> ShownChanges | None:
    """The first changes to a stored event."""
    if planned is None or planned.comparison is None:
        return None
    passages = [change for change in planned.comparison.passages if change.kind is not ChangeKind.KEPT]
    return ShownChanges(tuple(passages[:MOST_LISTED]), max(0, len(passages) - MOST_LISTED))


def _cut(text: str) -> str:
    return text if len(text) <= _CHARACTERS else f"{text[:_CHARACTERS]}…"


def _cut_exchange(exchange: Exchange) -> Exchange:
    answers = tuple(map(_cut_turn, exchange.answers))
    return replace(exchange, question=exchange.question and _cut_turn(exchange.question), answers=answers)


def _cut_turn(turn: Turn) -> Turn:
    texts = (turn.text, turn.speaker or "", turn.label or "", turn.evidence)
    if all(len(text) <= _CHARACTERS for text in texts):
        return turn
    text, speaker, label, evidence = map(_cut, texts)
    return replace(turn, text=text, speaker=speaker or None, label=label or None, evidence=evidence)


def _cut_fields(listed: PanelMember) -> PanelMember:
    return replace(listed, name=_cut(listed.name), title=_cut(listed.title), organisation=_cut(listed.organisation))


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 8  # noqa: PLR2004 — no list is as long
