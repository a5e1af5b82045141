"""What an editor may want to mend before readers see a session. It informs; nothing of it forbids publication."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from panels.models import Answer, Event
from panels.reading import Session, read_session

_RECORDED_SINCE = 1860
"""The oldest recording of a voice; what is said to be older is more likely mistyped."""


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """Something to mend: what, and the anchors of the passages, none where it is about the whole."""

    said: str
    anchors: tuple[str, ...] = ()


def checklist(event: Event) -> tuple[Shortcoming, ...]:
    """All that may be missing, in the order in which an editor would mend it."""
    session = read_session(event)
    return tuple(found for check in _CHECKS for found in check(session))


def _dates(session: Session) -> Iterator[Shortcoming]:
    date = session.event.date
    if date is None:
        yield Shortcoming(_("The day of the event is not known."))
    elif date > timezone.localdate():
        yield Shortcoming(_("The day of the event is still to come."))
    elif date < dt.date(_RECORDED_SINCE, 1, 1):
        yield Shortcoming(_("The day of the event is before there were recordings."))


def _origins(session: Session) -> Iterator[Shortcoming]:
    event = session.event
    if not (event.source_url or event.source_title or event.source_note or event.recording_url):
        yield Shortcoming(_("Nothing says where the words come from."))
    if not event.licence:
        yield Shortcoming(_("Nothing says under which terms the words may be used."))


def _panel(session: Session) -> Iterator[Shortcoming]:
    if not session.panelists:
        yield Shortcoming(_("Nobody is on the panel."))
    untitled = [one.speaker.name for one in session.panelists if not (one.title or one.organisation)]
    if untitled:
        yield Shortcoming(_("Without a title or an organisation: %(names)s.") % {"names": ", ".join(untitled)})
    speaking = {said.answer.speaker_id for said in session.answers}
    speaking |= {asked.question.asked_by_id for asked in session.asked}
    silent = [one.speaker.name for one in session.panelists if one.speaker_id not in speaking]
    if silent:
        yield Shortcoming(_("On the panel, but never speaking: %(names)s.") % {"names": ", ".join(silent)})
    unlinked = [said for said in session.answers if said.answer.speaker and not said.panelist]
    if unlinked:
        names = dict.fromkeys(said.answer.speaker.name for said in unlinked if said.answer.speaker)
        anchors = tuple(said.answer.anchor for said in unlinked)
        yield Shortcoming(_("Speaking, but not on the panel: %(names)s.") % {"names": ", ".join(names)}, anchors)


def _passages(session: Session) -> Iterator[Shortcoming]:
    if not session.asked:
        yield Shortcoming(_("Nothing has been entered yet."))
    unasked = tuple(one.question.anchor for one in session.asked[1:] if not one.question.text.strip())
    if unasked:
        yield Shortcoming(_("Questions without words"), unasked)
    unanswered = tuple(one.question.anchor for one in session.asked if not one.answers)
    if unanswered:
        yield Shortcoming(_("Questions that nobody answers"), unanswered)
    empty = tuple(said.answer.anchor for said in session.answers if not said.answer.text.strip())
    if empty:
        yield Shortcoming(_("Answers without words"), empty)


def _attributions(session: Session) -> Iterator[Shortcoming]:
    unnamed = tuple(said.answer.anchor for said in session.unattributed)
    if unnamed:
        yield Shortcoming(_("Answers that name nobody"), unnamed)
    unsaid = (
        said.answer.anchor
        for said in session.answers
        if said.answer.attribution == Answer.Attribution.UNKNOWN and not said.answer.evidence
    )
    if bare := tuple(unsaid):
        yield Shortcoming(_("Answers that name nobody, and nothing says why"), bare)


_CHECKS: tuple[Callable[[Session], Iterator[Shortcoming]], ...] = (_dates, _origins, _panel, _passages, _attributions)
