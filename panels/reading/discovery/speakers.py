"""A speaker across sessions: the offices held, and the speakers they appeared with."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from panels.models import Event, Panelist, Speaker

# Somebody may moderate a programme for decades.
_SESSIONS_READ = 100
_SESSIONS_SHOWN = 4  # of each office
_COMPANIONS = 12


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
    """A speaker's offices, newest first. Only the newest `read` of `total` sessions were read."""

    offices: tuple[OfficeHistory, ...]
    read: tuple[Panelist, ...]
    total: int

    @property
    def is_whole(self) -> bool:
        return len(self.read) == self.total


@dataclass(frozen=True, slots=True)
class Companions:
    """The speakers who appeared with somebody, most often first; `more` if there are others."""

    speakers: tuple[Speaker, ...]
    """Each with `together`: the number of shared sessions."""
    more: bool


def offices_of(speaker: Speaker) -> OfficeHistories:
    """A speaker's seats on public panels, in two queries."""
    public = Event.objects.published().each_session_once()
    seats = Panelist.objects.filter(speaker=speaker, event__in=public)
    newest_first = seats.select_related("event").order_by("-event__sort_date", "event__slug")
    read = tuple(newest_first[:_SESSIONS_READ])
    return OfficeHistories(tuple(_in_runs(read)), read, seats.count())


def companions_of(speaker: Speaker) -> Companions:
    """The speakers who were on a panel together with a speaker."""
    sat = Event.objects.published().each_session_once().filter(panelists__speaker=speaker)
    others = Speaker.objects.identified().filter(panelists__event__in=sat).exclude(pk=speaker.pk)
    most = others.annotate(together=Count("panelists")).order_by("-together", "sort_key", "slug")
    found = tuple(most[: _COMPANIONS + 1])
    return Companions(found[:_COMPANIONS], len(found) > _COMPANIONS)


def _in_runs(seats: tuple[Panelist, ...]) -> list[OfficeHistory]:
    runs = (tuple(run) for _, run in groupby(seats, lambda seat: (seat.role, seat.title, seat.organisation)))
    return [OfficeHistory(run[:_SESSIONS_SHOWN], len(run), run[-1].event) for run in runs]
