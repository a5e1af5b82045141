"""Panelists on the desk: who sat on which panel."""

from django.utils.translation import gettext_lazy as _

from panels.admin.recorded import RecordedAdmin


class PanelistAdmin(RecordedAdmin):
    changes_words = False
    list_display = ("speaker", "event", "role", "title", "organisation")
    list_filter = ("role", "event__status")
    list_select_related = ("speaker", "event")
    search_fields = ("speaker__name", "speaker__original_name", "title", "organisation", "event__title")
    search_help_text = _("Speaker, job title, organisation or event")
    autocomplete_fields = ("event", "speaker")
    ordering = ("-event__sort_date", "event__slug", "position")
