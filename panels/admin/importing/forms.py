"""The two forms of an import: for the source, and for the decisions about the whole text."""

from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.editorial.importing import Person, Plan
from panels.editorial.importing.drafts import NEW
from panels.editorial.wording import error_text
from panels.formats.base import FormatError, Source
from panels.models import Event
from panels.models.validators import validate_language
from panels.transcript.text import normalize_newlines

# By the names that people know them under.
_ENCODINGS = (
    ("", _("Detect automatically")),
    (_("Unicode"), [(name, name) for name in ("UTF-8", "UTF-16LE", "UTF-16BE")]),
    (_("Western European"), [(name, name) for name in ("windows-1252", "ISO-8859-15", "IBM850", "macintosh")]),
    (_("Central European"), [(name, name) for name in ("windows-1250", "ISO-8859-2", "IBM852", "mac-latin2")]),
    (_("Baltic"), [(name, name) for name in ("windows-1257", "ISO-8859-13", "ISO-8859-4")]),
    (
        _("Cyrillic"),
        [(name, name) for name in ("windows-1251", "KOI8-R", "KOI8-U", "IBM866", "ISO-8859-5", "mac-cyrillic")],
    ),
    (_("Greek"), [(name, name) for name in ("windows-1253", "ISO-8859-7", "cp737", "mac-greek")]),
    (_("Turkish"), [(name, name) for name in ("windows-1254", "ISO-8859-9", "IBM857", "mac-turkish")]),
    (_("Hebrew"), [(name, name) for name in ("windows-1255", "ISO-8859-8", "IBM862")]),
    (_("Arabic"), [(name, name) for name in ("windows-1256", "ISO-8859-6")]),
    (_("Thai and Vietnamese"), [(name, name) for name in ("TIS-620", "windows-1258")]),
    (_("Chinese"), [(name, name) for name in ("GB18030", "Big5", "Big5-HKSCS", "HZ")]),
    (_("Japanese"), [(name, name) for name in ("Shift_JIS", "EUC-JP", "ISO-2022-JP")]),
    (_("Korean"), [(name, name) for name in ("EUC-KR", "Johab", "ISO-2022-KR")]),
)


class SourceForm(forms.Form):
    """A pasted text or an uploaded file. `source` in its cleaned data is what readers take."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField", "autofocus": True}),
        help_text=_("Paste the whole article or transcript."),
    )
    file = forms.FileField(
        label=_("Or upload a file"),
        required=False,
        help_text=_(
            "Text, Markdown, Word, PDF, HTML, captions, Akoma Ntoso and more. The format is detected automatically."
        ),
    )
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        required=False,
        choices=_ENCODINGS,
        help_text=_("Only for uploaded text files. Choose one if the preview shows wrong characters."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text")
        if file and file.size > settings.UPLOAD_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("This file is too large to preview here. Use the command import_sessions instead.")
            )
        if not file and not (text or "").strip():
            raise forms.ValidationError(_("Paste text or choose a file."))
        limits = settings.PANELS_IMPORT_LIMITS
        try:
            cleaned["source"] = (
                Source.open(file, file.name, limits, encoding=cleaned.get("encoding", ""))
                if file
                else Source.of(text or "", limits=limits)
            )
        except FormatError as error:
            raise forms.ValidationError(error_text(error)) from error
        return cleaned


def key_of(text: str) -> str:
    """A short key for a name, a label or a passage, which does not change when its place does."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


class PlanForm(forms.Form):
    """Decisions about the whole text: title, date, who new names are, and what happens to a stored event."""

    title = forms.CharField(
        label=_("Title"), required=False, max_length=300, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    date = forms.DateField(
        label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    publisher = forms.CharField(
        label=_("Publisher"), required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    source_note = forms.CharField(
        label=_("Source note"),
        required=False,
        widget=forms.Textarea(attrs={"class": "vTextField", "rows": 2}),
        help_text=_("For example the author, as in the byline."),
    )

    def __init__(self, people: Mapping[str, Person], planned: Plan | None, *args: Any, **kwargs: Any) -> None:
        """`people` maps field names to the people who are asked about."""
        super().__init__(*args, **kwargs)
        if planned is not None and planned.stored is None:
            self._add_language(planned)
        self.people = people
        for name, person in people.items():
            self.fields[name] = forms.ChoiceField(
                label=_("Who is %(name)s?") % {"name": person.name},
                label_suffix="",
                required=False,
                choices=_who(person),
                help_text=_why_asked(person),
            )
        if planned is not None and planned.original is not None and not planned.original.translation:
            self._add_translation(planned.original)
        if planned is not None and planned.stored is not None:
            self._add_choices(planned)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def _add_language(self, planned: Plan) -> None:
        guessed = _("Guessed from the text. Change it if it is wrong.") if planned.language_guess else ""
        self.fields["language"] = forms.CharField(
            label=_("Language"),
            required=False,
            max_length=35,
            validators=[validate_language],
            help_text=guessed or _("Language of the transcript, as a language tag (BCP 47): en, zh-Hans, ar …"),
        )

    def _add_translation(self, original: Event) -> None:
        self.fields["translation"] = forms.ChoiceField(
            label=_("Translation of “%(event)s”?") % {"event": original},
            label_suffix="",
            required=False,
            choices=Event.Translation.choices,
            help_text=_(
                "That session has the same title and date, or the same source URL, in another language: %(tag)s."
            )
            % {"tag": original.language},
        )

    def _add_choices(self, planned: Plan) -> None:
        self.fields["force_new"] = forms.BooleanField(label=_("Save as a new session instead"), required=False)
        self.fields["drop_missing"] = forms.BooleanField(
            label=_("Delete passages that are not in this text"), required=False
        )
        self.fields["taken"] = forms.MultipleChoiceField(
            label=_("Use the speaker from this text for"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[
                (one.anchor, _("%(anchor)s: %(source)s (saved: %(stored)s)") % asdict(one))
                for one in planned.speaker_mismatches
            ],
        )
        if not planned.speaker_mismatches:
            del self.fields["taken"]

    @property
    def session_fields(self) -> list[forms.BoundField]:
        """All fields except those that ask who somebody is."""
        return [field for field in self if field.name not in self.people]

    def clean_source_note(self) -> str:
        """Browsers send line ends that differ from those of the source."""
        return normalize_newlines(str(self.cleaned_data["source_note"]))

    @staticmethod
    def unanswered() -> dict[str, Any]:
        """The decisions of a form in which nothing was chosen."""
        nothing: dict[str, Any] = {"title": "", "date": "", "people": {}, "taken": []}
        return nothing | {"force_new": False, "drop_missing": False, "translation": "", "language": ""}

    def settled(self) -> dict[str, Any]:
        """The valid decisions, to be saved with the import draft."""
        given = self.cleaned_data
        date = given.get("date")
        return {
            "title": given.get("title", ""),
            "date": date.isoformat() if date else "",
            **{name: given[name] for name in ("publisher", "source_note") if name in self.data},
            "people": {person.name: given[name] for name, person in self.people.items() if given.get(name)},
            "force_new": given.get("force_new", False),
            "drop_missing": given.get("drop_missing", False),
            "taken": given.get("taken", []),
            "translation": given.get("translation", ""),
            "language": given.get("language", ""),
        }


def _why_asked(person: Person) -> Any:
    """Why an editor must say who somebody is; empty if they need not."""
    if not person.in_doubt:
        return ""
    if person.is_shared:
        return _("Several speakers have this name. Choose before you save.")
    return _("This may be a different spelling of one of these speakers. Choose before you save.")


def _who(person: Person) -> list[tuple[str, str]]:
    """The choices for who somebody is. If a decision is or was required, a new speaker is one of the choices."""
    offered = dict.fromkeys([*person.similar, *([person.known] if person.known else [])])
    speakers = [(str(one.pk), str(one)) for one in offered]
    new = gettext("new speaker")
    if person.in_doubt or person.is_settled:
        return [("", gettext("choose …")), (NEW, new), *speakers]
    return [("", new), *speakers]
