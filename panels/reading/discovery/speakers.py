"""A speaker across sessions: the offices held, the speakers they appeared with, and those split off."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q

from panels.models import Event, FormerSpeakerSlug, Panelist, SharedSpeakerSlug, Speaker
from panels.reading.discovery.index_window import IndexWindow

# Somebody may moderate a programme for decades.
_SESSIONS_READ = 100
_SESSIONS_SHOWN = 4  # of each office
_COMPANIONS = 12
_SESSIONS_NAMED = 10  # of each of several speakers
_LABELLED = 200  # sessions of labels that were one speaker


@dataclass(frozen=True, slots=True)
class OfficeHistory:
    """An office of a speaker, attested in consecutive sessions, newest first.

    `count` is the number of sessions; `sessions` may hold only some of them.
    """

    sessions: tuple[Panelist, ...]
    count: int
    since: Event
    """The earliest session that attests it, among all that were read."""

    @property
    def newest(self) -> Panelist:
        return self.sessions[0]

    @property
    def left_out(self) -> int:
        return self.count - len(self.sessions)


@dataclass(frozen=True, slots=True)
class OfficeHistories:
    """A speaker's offices, newest first. `read` are the sessions that attest them, all if `is_whole`."""

    offices: tuple[OfficeHistory, ...]
    read: tuple[Panelist, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Companions:
    """The speakers who appeared with somebody, most often first; `more` if there are others."""

    speakers: tuple[Speaker, ...]
    """Each with `together`: the number of shared sessions."""
    more: bool


@dataclass(frozen=True, slots=True)
class SpeakerSessions:
    """A speaker with their newest sessions; `more` are not among them."""

    speaker: Speaker
    sessions: tuple[Event, ...]
    more: int


@dataclass(frozen=True, slots=True)
class LabelledSessions:
    """Sessions that were shown at a slug, and whose labels have the name that the speaker had: newest first."""

    name: str
    sessions: tuple[Event, ...]
    more: int

    @property
    def count(self) -> int:
        return len(self.sessions) + self.more


def is_shared(slug: str) -> bool:
    """Whether sessions of several speakers were shown at a slug."""
    return SharedSpeakerSlug.objects.filter(slug=slug).exists()


def split_off(slug: str) -> list[Speaker]:
    """The speakers, other than who has the slug, whose sessions were shown at it before they were split off."""
    shared = SharedSpeakerSlug.objects.filter(slug=slug).values("target")
    return list(Speaker.objects.published().filter(pk__in=shared).exclude(slug=slug).by_name())


def speakers_once_at(slug: str) -> list[Speaker]:
    """Who may be meant by a slug that nobody has now: who had it, and whoever was split off."""
    had = FormerSpeakerSlug.objects.filter(slug=slug).values("target")
    shared = SharedSpeakerSlug.objects.filter(slug=slug).values("target")
    return list(Speaker.objects.published().filter(Q(pk__in=had) | Q(pk__in=shared)).by_name())


def labelled_at(slug: str) -> LabelledSessions | None:
    """The public sessions that were shown at a slug before their speaker was turned into labels, if there are any."""
    shared = SharedSpeakerSlug.objects.filter(slug=slug, target__session__isnull=False)
    found = Event.objects.published().each_session_once().filter(pk__in=shared.values("target__session"))
    newest = tuple(found.newest_first()[:_LABELLED])
    if not newest:
        return None
    name = shared.order_by("pk").values_list("target__name", flat=True)[0]
    return LabelledSessions(name, newest, found.count() - len(newest))


def sessions_by_speaker(speakers: Iterable[Speaker]) -> list[SpeakerSessions]:
    """The speakers, each with the sessions that readers see them in."""
    return [_with_sessions(speaker) for speaker in speakers]


def _with_sessions(speaker: Speaker) -> SpeakerSessions:
    found = Event.objects.published().each_session_once().with_speaker(speaker)
    newest = tuple(found.newest_first()[:_SESSIONS_NAMED])
    return SpeakerSessions(speaker, newest, found.count() - len(newest))


def offices_of(speaker: Speaker, window: IndexWindow) -> OfficeHistories:
    """A speaker's seats on the public panels of a window of theirs, newest first, in one query."""
    panels, is_whole = _newest_panels(window)
    once = Exists(Event.objects.published().each_session_once().filter(pk=OuterRef("event")))
    seats = Panelist.objects.filter(once, speaker=speaker, event__in=panels).select_related("event")
    read = tuple(seats.order_by("-event__sort_date", "event__slug"))
    return OfficeHistories(tuple(_in_runs(read)), read, is_whole)


def companions_of(speaker: Speaker, window: IndexWindow) -> Companions:
    """The speakers who were on a panel together with a speaker, in the sessions of a window of theirs."""
    panels, _is_whole = _newest_panels(window)
    sat = Event.objects.published().filter(pk__in=panels).each_session_once()
    others = Speaker.objects.identified().filter(panelists__event__in=sat).exclude(pk=speaker.pk)
    most = others.annotate(together=Count("panelists")).order_by("-together", "sort_key", "slug")
    found = tuple(most[: _COMPANIONS + 1])
    return Companions(found[:_COMPANIONS], len(found) > _COMPANIONS)


def _newest_panels(window: IndexWindow) -> tuple[list[int], bool]:
    """The keys of the newest sessions with the speaker on the panel, and whether these are all."""
    panels = window.passages("event")
    return panels[:_SESSIONS_READ], window.is_whole and len(panels) <= _SESSIONS_READ


def _in_runs(seats: tuple[Panelist, ...]) -> list[OfficeHistory]:
    runs = (tuple(run) for _, run in groupby(seats, lambda seat: (seat.role, seat.title, seat.organisation)))
    return [OfficeHistory(run[:_SESSIONS_SHOWN], len(run), run[-1].event) for run in runs]
