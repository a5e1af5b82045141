"""What is said to readers of a change to what they have seen."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from panels.correcting import Remark


class RemarkFields(forms.Form):
    """A note for readers, or that the meaning is the same; asked for only where an event is `public`."""

    correction_note = forms.CharField(
        label=_("Correction, for readers: what is changed, and why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    same_meaning = forms.BooleanField(label=_("No change of meaning"), required=False)

    def __init__(self, *args: Any, public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in {"correction_note", "same_meaning"}])
        if not public:
            del self.fields["correction_note"], self.fields["same_meaning"]

    @property
    def remark(self) -> Remark:
        """To be asked for when the form was found valid."""
        return Remark(self.cleaned_data.get("correction_note", ""), self.cleaned_data.get("same_meaning", False))


def remark_in(request: HttpRequest) -> Remark:
    """What was sent of the fields, wherever they stand."""
    said = RemarkFields(request.POST, public=True)
    said.full_clean()
    return said.remark
