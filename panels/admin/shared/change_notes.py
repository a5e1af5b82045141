"""The form for the correction note that a change of a published passage needs."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from panels.editorial.saving.corrections import ChangeNote


class ChangeNoteForm(forms.Form):
    """A correction note, or that the meaning is unchanged. It is required only if the event is `public`."""

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
        """The note of a valid form."""
        return ChangeNote(self.cleaned_data.get("correction_note", ""), self.cleaned_data.get("same_meaning", False))


def change_note_from(request: HttpRequest) -> ChangeNote:
    """The submitted fields, wherever they are on the page."""
    form = ChangeNoteForm(request.POST, public=True)
    form.full_clean()
    return form.change_note
