"""The form of one passage in the session editor."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.utils import edit_string_for_tags, parse_tags

from panels.admin.shared.change_notes import ChangeNoteForm
from panels.editorial.session_editor.steps import FIELDS, WHOSE
from panels.models import Answer, Speaker, Tag
from panels.models.speaker import NOTED
from panels.transcript import Transcript
from panels.transcript.text import normalize_newlines

ANOTHER = "+"
"""Chosen instead of a name: somebody who is named beside."""

_OFFERED = re.compile(r"(?=.+\)\Z)(.+) \((.+)\)")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d{1,6})?)|(\d{1,6}(?:\.\d{1,6})?)")


class ClockField(forms.CharField):
    """A time in a recording, as hours, minutes and seconds or as seconds; cleaned to seconds."""

    def to_python(self, value: Any) -> Any:
        written = super().to_python(value)
        if not written:
            return None
        found = _CLOCK.fullmatch(written)
        if found is None:
            raise ValidationError(_("Enter the time as 1:02:03 or in seconds."))
        hours, minutes, seconds, alone = found.groups()
        return float(alone) if alone else int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, float | int):
            return value
        minutes, seconds = divmod(value, 60)
        hours, minutes = divmod(int(minutes), 60)
        shown = f"{seconds:09.6f}".rstrip("0").rstrip(".")
        return f"{hours}:{minutes:02}:{shown}" if hours else f"{minutes}:{shown}"


class TagsField(forms.CharField):
    """Tag names separated by commas; a name with a comma is in quotation marks. Cleaned to a tuple of names."""

    def to_python(self, value: Any) -> Any:
        names = tuple(parse_tags(super().to_python(value)))
        longest = Tag._meta.get_field("name").max_length or 0
        for name in names:
            if len(name) > longest:
                raise ValidationError(_("Tags can have at most %(count)s characters."), params={"count": longest})
        return names

    def prepare_value(self, value: Any) -> Any:
        return edit_string_for_tags([Tag(name=name) for name in value]) if isinstance(value, tuple) else value


class PassageForm(ChangeNoteForm):
    """A question or an answer, with the fields of `panels.editorial.session_editor.steps`."""

    text = forms.CharField(label=_("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 4}))
    speaker = forms.ChoiceField(label=_("Who speaks"), required=False)
    other = forms.CharField(
        label=_("Name of another speaker"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "speakers", "autocomplete": "off"}),
    )
    attribution = forms.ChoiceField(
        label=_("Attribution"),
        required=False,
        choices=[
            (Answer.Attribution.STATED.value, _("stated in the source")),
            (Answer.Attribution.INFERRED.value, _("inferred from evidence")),
        ],
    )
    evidence = forms.CharField(
        label=_("Evidence (shown to readers)"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    tags = TagsField(
        label=_("Tags, separated by commas"),
        required=False,
        widget=forms.TextInput(attrs={"list": "tags", "autocomplete": "off"}),
    )
    time = ClockField(label=_("Time in recording"), required=False)
    follow_up = forms.BooleanField(label=_("Follow-up to the previous question"), required=False)

    def __init__(
        self,
        names: Iterable[str],
        data: Any = None,
        *,
        question: bool,
        public: bool,
        anchor: str = "new",
        initial: Any = None,
    ) -> None:
        super().__init__(data, public=public, initial=initial, label_suffix="", auto_id=f"{anchor}-%s")
        self.question = question
        nobody = _("unattributed") if question else _("not named in the source")
        choices: list[Any] = [("", nobody), *((name, name) for name in names), (ANOTHER, _("another speaker:"))]
        speaker = self.fields["speaker"]
        assert isinstance(speaker, forms.ChoiceField)  # noqa: S101 — as declared above
        speaker.choices = choices
        for name in ("attribution", "evidence") if question else ("follow_up",):
            del self.fields[name]
        if question:
            speaker.label = _("Asked by")

    def ask_whose(self, speakers: Iterable[str], chosen: str = "") -> None:
        """Ask which of two speakers the merged answer belongs to."""
        names = [name or gettext("unattributed") for name in speakers]
        self.fields["whose"] = forms.ChoiceField(
            label=_("Who is the speaker?"),
            choices=list(zip(WHOSE, names, strict=True)),
            widget=forms.RadioSelect,
            initial=chosen,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, value in given.items():
            if isinstance(value, str):
                given[name] = normalize_newlines(value)
        other = _meant(" ".join(given.get("other", "").split()))
        if given.get("speaker") == ANOTHER and not other:
            self.add_error("other", gettext("Enter a name or choose another option."))
        given["speaker"] = other if given.get("speaker") == ANOTHER else given.get("speaker", "")
        return given

    def changed_from(self, base: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that differ from the passage, as a step takes them."""
        given = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        if not self.question and not given["speaker"]:
            given["attribution"] = Answer.Attribution.UNKNOWN.value
        return {name: value for name, value in given.items() if _plain(value) != _plain(base.get(name))}


def names_in(transcript: Transcript) -> list[str]:
    """Names to choose from: the panel in order, then other speakers of the session."""
    panel = [panelist.name for panelist in transcript.panelists]
    return list(dict.fromkeys([*panel, *(turn.speaker for turn in transcript.turns if turn.speaker)]))


def initial_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The initial values of a passage's form. A newly chosen speaker counts as stated, unless changed."""
    shown = {**fields, "speaker": fields.get("speaker") or ""}
    if fields.get("attribution") == Answer.Attribution.UNKNOWN:
        shown["attribution"] = Answer.Attribution.STATED.value
    return shown


def _meant(written: str) -> str:
    """The name of a stored speaker chosen from the list, where it includes the name in the original script.

    A distinguishing note is kept only if other speakers have the same name.
    """
    _name, _noted, note = written.rpartition(NOTED)
    if note and (chosen := next((one for one in Speaker.objects.filter(note=note) if str(one) == written), None)):
        is_shared = Speaker.objects.identified().filter(name=chosen.name).count() > 1
        return f"{chosen.name}{NOTED}{note}" if is_shared else chosen.name
    offered = _OFFERED.fullmatch(written)
    if offered is None:
        return written
    name, original = offered.groups()
    namesakes = Speaker.objects.identified().filter(name=name).values_list("original_name", flat=True)
    if original not in namesakes:
        return written
    return name if len(namesakes) == 1 else original


def _plain(value: Any) -> Any:
    """Values to compare: empty values are equal, and tags have no order."""
    return frozenset(value) if isinstance(value, tuple) else value if value or value == 0.0 else None
