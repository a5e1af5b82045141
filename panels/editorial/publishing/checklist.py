"""The checklist before publication: things that an editor may want to fix. None of them blocks publication."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from panels.models import Answer, Event
from panels.reading.pull_quotes import passages_with
from panels.reading.sessions import Session, load_session
from panels.transcript.scripts import contradicts_script

_RECORDED_SINCE = 1860
"""The oldest recording of a voice; what is said to be older is more likely mistyped."""


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """Something to fix, with the anchors of the passages; none if it concerns the whole session."""

    text: str
    anchors: tuple[str, ...] = ()


def checklist(event: Event) -> tuple[Shortcoming, ...]:
    """Everything that may need fixing, in the order in which an editor would fix it."""
    session = load_session(event)
    return tuple(found for check in _CHECKS for found in check(session))


def _dates(session: Session) -> Iterator[Shortcoming]:
    date = session.event.date
    if date is None:
        yield Shortcoming(_("No session date."))
    elif date > timezone.localdate():
        yield Shortcoming(_("The session date is in the future."))
    elif date < dt.date(_RECORDED_SINCE, 1, 1):
        yield Shortcoming(_("The session date is unusually early."))


def _language(session: Session) -> Iterator[Shortcoming]:
    text = "\n".join(view.answer.text for view in session.answers)
    if contradicts_script(session.event.language, text):
        yield Shortcoming(
            _("The text is not written in the script of its language (%(tag)s).") % {"tag": session.event.language}
        )


def _origins(session: Session) -> Iterator[Shortcoming]:
    event = session.event
    if not (event.source_url or event.source_title or event.source_note or event.recording_url):
        yield Shortcoming(_("No source given."))
    if not event.licence:
        yield Shortcoming(_("No licence given."))


def _pull_quote(session: Session) -> Iterator[Shortcoming]:
    event = session.event
    if event.pull_quote and next(passages_with(event, event.pull_quote), None) is None:
        yield Shortcoming(_("The pull quote is not in the transcript."))


def _panel(session: Session) -> Iterator[Shortcoming]:
    if not session.panelists:
        yield Shortcoming(_("No panelists."))
    untitled = [one.speaker.name for one in session.panelists if not (one.title or one.organisation)]
    if untitled:
        yield Shortcoming(_("No job title or organisation: %(names)s.") % {"names": _listed(untitled)})
    speaking = {answer_view.answer.speaker_id for answer_view in session.answers}
    speaking |= {question_view.question.asked_by_id for question_view in session.questions}
    silent = [one.speaker.name for one in session.panelists if one.speaker_id not in speaking]
    if silent:
        yield Shortcoming(_("Panelists who do not speak: %(names)s.") % {"names": _listed(silent)})
    unlinked = [
        answer_view for answer_view in session.answers if answer_view.answer.speaker and not answer_view.panelist
    ]
    if unlinked:
        names = dict.fromkeys(answer_view.answer.speaker.name for answer_view in unlinked if answer_view.answer.speaker)
        anchors = tuple(answer_view.answer.anchor for answer_view in unlinked)
        yield Shortcoming(_("Speakers not listed as panelists: %(names)s.") % {"names": _listed(names)}, anchors)


def _passages(session: Session) -> Iterator[Shortcoming]:
    if not session.questions:
        yield Shortcoming(_("No content yet."))
    if session.is_conversation and session.answers:
        yield Shortcoming(_("No questions: the whole text comes before the first question."))
    unasked = tuple(one.question.anchor for one in session.questions[1:] if not one.question.text.strip())
    if unasked:
        yield Shortcoming(_("Questions without text"), unasked)
    unanswered = tuple(one.question.anchor for one in session.questions if not one.answers)
    if unanswered:
        yield Shortcoming(_("Questions without answers"), unanswered)
    empty = tuple(answer_view.answer.anchor for answer_view in session.answers if not answer_view.answer.text.strip())
    if empty:
        yield Shortcoming(_("Answers without text"), empty)


def _attributions(session: Session) -> Iterator[Shortcoming]:
    unnamed = tuple(answer_view.answer.anchor for answer_view in session.unattributed)
    if unnamed:
        yield Shortcoming(_("Unattributed answers"), unnamed)
    unsaid = (
        answer_view.answer.anchor
        for answer_view in session.answers
        if answer_view.answer.attribution == Answer.Attribution.UNKNOWN and not answer_view.answer.evidence
    )
    if bare := tuple(unsaid):
        yield Shortcoming(_("Unattributed answers without an explanation"), bare)


_CHECKS: tuple[Callable[[Session], Iterator[Shortcoming]], ...] = (
    _dates,
    _language,
    _origins,
    _pull_quote,
    _panel,
    _passages,
    _attributions,
)


def _listed(names: Iterable[str]) -> str:
    return pgettext("between names", ", ").join(names)
