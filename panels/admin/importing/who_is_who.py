"""*Who is who?* on an import page: one row for each person whom the text lists or who speaks in it.

A label that does not identify anybody has a field for the name. A name that matches no stored speaker, or several, asks
which one it is. For a new session, each row also has the role and office, and whether the person asks the questions.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from panels.admin.importing.forms import PlanForm, key_of
from panels.admin.importing.pages import MOST_LISTED
from panels.admin.shared.base import text_sent
from panels.editorial.importing import Plan
from panels.editorial.importing.matching.label_candidates import candidates_of, proposed_names
from panels.editorial.proposals import UnresolvedLabel, unresolved_labels
from panels.editorial.transcript_edits import StepError
from panels.formats.speakers.family_names import family_name_of
from panels.models import Panelist
from panels.transcript import PanelMember, Role, Transcript

ROW_FIELDS = ("voice", "family_name", "title", "organisation")
"""The fields of a row into which something is typed; their names end with the key of the row."""
_DETAILS = ("family_name", "role", "title", "organisation")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person by the name or label in the source, with what is known or was typed.

    `speaker` is the typed or proposed name for a label, `field` asks which stored speaker it is, and `seat` has the
    details; each is None if not asked for.
    """

    key: str
    name: str
    passages: int
    is_label: bool = False
    speaker: str = ""
    candidates: tuple[str, ...] = ()
    field: BoundField | None = None
    is_stored: bool = False
    seat: PanelMember | None = None
    asks: bool = False

    @property
    def details(self) -> str:
        """The role, unless it is panelist, and the office, on one line."""
        if self.seat is None:
            return ""
        role = "" if self.seat.role is Role.PANELIST else str(Panelist.Role(self.seat.role.value).label)
        return ", ".join(filter(None, (role, self.seat.title, self.seat.organisation)))


@dataclass(frozen=True, slots=True)
class PersonRows:
    """The rows that are shown, and the number of further ones."""

    rows: tuple[PersonRow, ...] = ()
    more: int = 0

    @property
    def roles(self) -> list[tuple[str, str]]:
        return [(role.value, str(role.label)) for role in Panelist.Role]

    def __iter__(self) -> Iterator[PersonRow]:
        return iter(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def can_be_applied(self) -> bool:
        """Whether a row has input that can be applied, beyond what is saved together with the import."""
        return any(row.is_label or row.seat is not None for row in self.rows)


def person_rows(request: HttpRequest, transcript: Transcript, planned: Plan | None, form: PlanForm) -> PersonRows:
    """The labels that need a speaker, then the people who are asked about and, for a new session, everybody else.

    Labels that the stored session already has are not asked about again.
    """
    known = {person.name for person in planned.people if person.known or person.is_settled} if planned else set()
    known |= _left_open(transcript, planned)
    labels = [one for one in unresolved_labels(transcript) if one.label not in known]
    rows = [
        *_label_rows(request, transcript, planned, labels[:MOST_LISTED]),
        *_name_rows(request, transcript, planned, form, {one.label for one in labels}),
    ]
    more = max(0, len(labels) - MOST_LISTED) + max(0, len(rows) - MOST_LISTED)
    return PersonRows(tuple(rows[:MOST_LISTED]), more)


def _left_open(transcript: Transcript, planned: Plan | None) -> set[str]:
    """The labels of passages that are unattributed in the stored session, such as questions from the audience."""
    if planned is None or planned.old is None:
        return set()
    stored = {turn.text for turn in planned.old.turns if not turn.speaker}
    return {turn.label for turn in transcript.turns if turn.label and not turn.speaker and turn.text in stored}


def _label_rows(
    request: HttpRequest, transcript: Transcript, planned: Plan | None, labels: Sequence[UnresolvedLabel]
) -> Iterator[PersonRow]:
    candidates = candidates_of(labels, transcript, planned.people if planned else ())
    proposed = proposed_names(labels, transcript)
    for one in labels:
        key, name = key_of(one.label), proposed.get(one.label, "")
        speaker = request.POST.get(f"voice-{key}", name)
        row = PersonRow(key, one.written or one.label, one.passages, True, speaker, candidates[one.label])  # noqa: FBT003
        yield _with_seat(request, row, _seat_shown(transcript, one.label, name)) if _is_new(planned) else row


def _name_rows(
    request: HttpRequest, transcript: Transcript, planned: Plan | None, form: PlanForm, labels: set[str]
) -> Iterator[PersonRow]:
    passages = Counter(turn.speaker for turn in transcript.turns)
    fields = {person.name: form[field] for field, person in form.people.items()}
    for person in planned.people if planned else ():
        row = PersonRow(key_of(person.name), person.name, passages[person.name], field=fields.get(person.name))
        if _is_new(planned) and person.name not in labels:
            row = replace(row, is_stored=person.known is not None)
            yield _with_seat(request, row, _seat_shown(transcript, person.name))
        elif row.field is not None:
            yield row


def _is_new(planned: Plan | None) -> bool:
    """Whether the text becomes a new session. For a stored one, editors have settled roles and offices."""
    return planned is not None and planned.stored is None


def _with_seat(request: HttpRequest, row: PersonRow, seat: PanelMember) -> PersonRow:
    """A row with the typed details, or else the known ones."""
    typed = {name: request.POST.get(f"{name}-{row.key}", getattr(seat, name)) for name in _DETAILS}
    role = typed.pop("role")
    seat = replace(seat, **typed, role=Role(role) if role in set(Role) else seat.role)
    return replace(row, seat=seat, asks=bool(request.POST.get(f"asks-{row.key}")))


def _seat_shown(transcript: Transcript, name: str, proposed: str = "") -> PanelMember:
    """The details that a row shows at first: those of the person proposed for a label, or its own."""
    seats = {seat.name: seat for seat in reversed(transcript.panelists)}
    seat = seats.get(proposed) or seats.get(name) or PanelMember(name=name)
    return seat if seat.family_name else replace(seat, family_name=family_name_of(proposed or name))


def step_typed(request: HttpRequest, transcript: Transcript) -> dict[str, object]:
    """The step for everything typed into the rows. Raises StepError if nothing was."""
    labels = unresolved_labels(transcript)
    names = _names_typed(request, labels)
    panel, asking = _details_typed(request, transcript, labels)
    if not (names or panel or asking):
        raise StepError(_("enter at least one name under “Who is who?”"))
    step: dict[str, object] = {"do": "voices", "speakers": names}
    for name, details in panel.items():
        if details.get("family_name", "") not in names.get(name, name):
            raise StepError(_("“%(value)s” is not part of the name") % {"value": details["family_name"]})
    if panel:
        step["panel"] = {names.get(name, name): details for name, details in panel.items()}
    if asking:
        step["asks"] = [names.get(name, name) for name in asking]
    return step


def is_anything_typed(request: HttpRequest, transcript: Transcript, *, with_proposed: bool = False) -> bool:
    """Whether a name or different details were typed. A proposed name counts only `with_proposed`."""
    if not any(name.startswith(("voice-", "role-")) for name in request.POST):
        return False
    labels = unresolved_labels(transcript)
    proposed = {} if with_proposed else proposed_names(labels, transcript)
    names = _names_typed(request, labels)
    is_named = any(name != proposed.get(label) for label, name in names.items())
    return is_named or any(_details_typed(request, transcript, labels))


def inputs_typed(request: HttpRequest, transcript: Transcript) -> dict[str, str]:
    """The input that differs from what the rows showed at first, by field name."""
    labels = unresolved_labels(transcript)
    proposed = proposed_names(labels, transcript)
    sent = {f"voice-{key_of(one.label)}": proposed.get(one.label, "") for one in labels}
    typed = {name: text_sent(request, name) for name, shown in sent.items() if text_sent(request, name) != shown}
    for name, details in _details_changed(request, transcript, labels).items():
        typed |= {f"{field}-{key_of(name)}": value for field, value in details.items()}
    asking = (f"asks-{key_of(name)}" for name in names_in(transcript))
    return typed | {name: "on" for name in asking if request.POST.get(name)}


def names_in(transcript: Transcript) -> list[str]:
    """The labels and names that have a row, or may have one."""
    labels = (one.label for one in unresolved_labels(transcript))
    voices = (turn.speaker for turn in transcript.turns if turn.speaker)
    return list(dict.fromkeys([*labels, *(one.name for one in transcript.panelists), *voices]))


def _names_typed(request: HttpRequest, labels: Sequence[UnresolvedLabel]) -> dict[str, str]:
    typed = {one.label: text_sent(request, f"voice-{key_of(one.label)}") for one in labels}
    return {label: name for label, name in typed.items() if name not in ("", label)}


def _details_typed(
    request: HttpRequest, transcript: Transcript, labels: Sequence[UnresolvedLabel]
) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The typed details of each name or label, and the people marked as asking the questions. Raises StepError."""
    panel = {name: _checked(details) for name, details in _details_changed(request, transcript, labels).items()}
    return panel, [name for name in names_in(transcript) if request.POST.get(f"asks-{key_of(name)}")]


def _details_changed(
    request: HttpRequest, transcript: Transcript, labels: Sequence[UnresolvedLabel]
) -> dict[str, dict[str, str]]:
    proposed = proposed_names(labels, transcript)
    changed = {}
    for name in names_in(transcript):
        key = key_of(name)
        shown = _seat_shown(transcript, name, proposed.get(name, ""))
        sent = {field: text_sent(request, f"{field}-{key}") for field in _DETAILS if f"{field}-{key}" in request.POST}
        changed[name] = {field: value for field, value in sent.items() if value != str(getattr(shown, field))}
    return {name: details for name, details in changed.items() if details}


def _checked(details: dict[str, str]) -> dict[str, str]:
    if details.get("role", Role.PANELIST) not in set(Role):
        raise StepError(_("choose a role"))
    return details
