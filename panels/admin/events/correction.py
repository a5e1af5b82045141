"""The list of corrections. Edited in the details of each event."""

from django.utils.translation import gettext_lazy as _

from panels.admin.shared.list_only import ListOnlyAdmin


class CorrectionAdmin(ListOnlyAdmin):
    list_display = ("date", "event", "anchor", "note")
    list_select_related = ("event",)
    search_fields = ("note", "event__title")
    search_help_text = _("Note or session")
    date_hierarchy = "date"
    ordering = ("-date", "-pk")
