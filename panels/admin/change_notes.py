"""What is said to readers of a change to what they have seen."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from panels.editorial.corrections import ChangeNote


class ChangeNoteForm(forms.Form):
    """A note for readers, or that the meaning is the same; asked for only where an event is `public`."""

    correction_note = forms.CharField(
        label=_("Correction note for readers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    same_meaning = forms.BooleanField(label=_("Meaning unchanged (typo or style)"), required=False)

    def __init__(self, *args: Any, public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in {"correction_note", "same_meaning"}])
        if not public:
            del self.fields["correction_note"], self.fields["same_meaning"]

    @property
    def change_note(self) -> ChangeNote:
        """To be asked for when the form was found valid."""
        return ChangeNote(self.cleaned_data.get("correction_note", ""), self.cleaned_data.get("same_meaning", False))


def change_note_from(request: HttpRequest) -> ChangeNote:
    """What was sent of the fields, wherever they stand."""
    form = ChangeNoteForm(request.POST, public=True)
    form.full_clean()
    return form.change_note
