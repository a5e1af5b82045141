"""Corrections on the desk."""

from django.utils.translation import gettext_lazy as _

from panels.admin.recorded import RecordedAdmin


class CorrectionAdmin(RecordedAdmin):
    changes_words = False
    list_display = ("date", "event", "anchor", "note")
    list_select_related = ("event",)
    search_fields = ("note", "event__title")
    search_help_text = _("Words of the note, or event")
    date_hierarchy = "date"
    autocomplete_fields = ("event",)
    fields = ("event", "date", "anchor", "note")
    ordering = ("-date", "-pk")
