"""*Who is who?* on the page of an import: a row for each label that does not say who speaks."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from panels.admin.base import text_sent
from panels.admin.importing.forms import key_of
from panels.admin.importing.pages import MOST_LISTED
from panels.editorial.importing import Plan
from panels.editorial.importing.label_candidates import candidates_of
from panels.editorial.proposals import UnresolvedLabel, unresolved_labels
from panels.editorial.transcript_edits import StepError
from panels.transcript import Transcript


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label with the name that was typed for it or is proposed, and names to choose from."""

    key: str
    label: str
    passages: int
    speaker: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelRows:
    """The labels that are shown, and how many more there are."""

    rows: tuple[LabelRow, ...] = ()
    more: int = 0

    def __iter__(self) -> Iterator[LabelRow]:
        return iter(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)


def label_rows(request: HttpRequest, transcript: Transcript, planned: Plan | None) -> LabelRows:
    """List the labels that need a speaker. A label that the stored session has already is not asked about again."""
    people = planned.people if planned else ()
    known = {person.name for person in people if person.known or person.is_settled}
    labels = [one for one in unresolved_labels(transcript) if one.label not in known]
    listed = labels[:MOST_LISTED]
    candidates = candidates_of(listed, transcript, people)
    rows = (
        LabelRow(
            key_of(one.label),
            one.written or one.label,
            one.passages,
            request.POST.get(_field(one), one.candidate),
            candidates[one.label],
        )
        for one in listed
    )
    return LabelRows(tuple(rows), len(labels) - len(listed))


def step_typed(request: HttpRequest, transcript: Transcript, key: str) -> dict[str, object]:
    """The step that resolves the label of one row, or of all rows with a name. Raises StepError if there is no name."""
    labels = unresolved_labels(transcript)
    if key:
        label = next((one.label for one in labels if key_of(one.label) == key), "")
        return {"do": "voice", "label": label, "speaker": text_sent(request, f"voice-{key}")}
    typed = {one.label: text_sent(request, _field(one)) for one in labels}
    speakers = {label: speaker for label, speaker in typed.items() if speaker not in ("", label)}
    if not speakers:
        raise StepError(_("enter at least one name under “Who is who?”"))
    return {"do": "voices", "speakers": speakers}


def has_new_names(request: HttpRequest, transcript: Transcript) -> bool:
    """Whether a name was typed that is not the proposed one."""
    sent = {name for name in request.POST if name.startswith("voice-")}
    labels = unresolved_labels(transcript) if sent else ()
    return any(text_sent(request, _field(one)) not in ("", one.label, one.candidate) for one in labels)


def _field(label: UnresolvedLabel) -> str:
    return f"voice-{key_of(label.label)}"
