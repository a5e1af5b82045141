"""Template filters of the admin."""

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from panels.editorial.wording import translated, translated_evidence
from panels.models import Answer, Event

register = template.Library()
register.filter(translated)
register.filter(translated_evidence)

_OF_TRANSCRIPTS = {
    "panelists": _("Panelists"),
    "corrections": _("Corrections"),
}


@register.filter
def field_label(name: str) -> str:
    """The label of a field of a transcript or a passage in the forms; its name if no form has it."""
    if name in _OF_TRANSCRIPTS:
        return str(_OF_TRANSCRIPTS[name])
    name = {"time": "media_time"}.get(name, name)
    for model in (Event, Answer):
        try:
            return str(capfirst(str(getattr(model._meta.get_field(name), "verbose_name", name))))
        except FieldDoesNotExist:
            continue
    return name
