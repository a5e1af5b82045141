"""The list of panelists: who sat on which panel. Edited in the details of each event."""

from django.utils.translation import gettext_lazy as _

from panels.admin.shared.list_only import ListOnlyAdmin


class PanelistAdmin(ListOnlyAdmin):
    list_display = ("speaker", "event", "role", "title", "organisation")
    list_filter = ("role", "event__status")
    list_select_related = ("speaker", "event")
    search_fields = ("speaker__name", "speaker__original_name", "title", "organisation", "event__title")
    search_help_text = _("Speaker, job title, organisation or session")
    ordering = ("-event__sort_date", "event__slug", "position")
