"""Speakers in the admin."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from panels.admin.shared.base import PanelsTabularInline, link
from panels.admin.speakers_and_tags.identify import unidentified_view
from panels.admin.speakers_and_tags.labels import labels_view
from panels.admin.speakers_and_tags.merge import MergeableAdmin
from panels.admin.speakers_and_tags.split import doubtful_view, split_view
from panels.models import Panelist, Speaker
from panels.models.base import count_of


class OfficeInline(PanelsTabularInline):
    """Where the speaker sat, and as what; edited with the event."""

    model = Panelist
    fields = ("event", "role", "title", "organisation")
    readonly_fields = fields
    can_delete = False
    verbose_name_plural = _("Took part in")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Panelist]":
        panelists = super().get_queryset(request).select_related("event", "speaker")
        return panelists.order_by("-event__sort_date", "event__slug")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SpeakerAdmin(MergeableAdmin):
    """The identified speakers; the labels of sessions have a page of their own."""

    change_list_template = "admin/panels/identify/speaker_change_list.html"
    list_display = ("name", "note", "original_name", "family_name", "kind", "events", "answers")
    list_filter = ("kind",)
    search_fields = ("name", "original_name", "family_name", "note", "slug")
    search_help_text = _("Name in any script")
    fields = ("name", "note", "family_name", "original_name", "kind", "slug", "biography")
    ordering = ("sort_key", "slug")
    inlines = (OfficeInline,)

    def get_urls(self) -> list[Any]:
        unidentified = self.admin_site.admin_view(partial(unidentified_view, self))
        doubtful = self.admin_site.admin_view(partial(doubtful_view, self))
        splitting = self.admin_site.admin_view(partial(split_view, self))
        labels = self.admin_site.admin_view(partial(labels_view, self))
        return [
            path("unidentified/", unidentified, name="panels_speaker_unidentified"),
            path("doubtful/", doubtful, name="panels_speaker_doubtful"),
            path("<path:object_id>/split/", splitting, name="panels_speaker_split"),
            path("<path:object_id>/labels/", labels, name="panels_speaker_labels"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        speakers: Any = super().get_queryset(request)
        return speakers.identified().annotate(
            panel_count=count_of(Speaker, "panelists"), said_count=count_of(Speaker, "answers")
        )

    @admin.display(description=_("sessions"), ordering="panel_count")
    def events(self, speaker: Any) -> SafeString:
        return link(f"{reverse('admin:panels_event_changelist')}?speaker={speaker.slug}", str(speaker.panel_count))

    @admin.display(description=_("answers"), ordering="said_count")
    def answers(self, speaker: Any) -> SafeString:
        return link(f"{reverse('admin:panels_answer_changelist')}?speaker={speaker.slug}", str(speaker.said_count))

    def view_on_site(self, speaker: Speaker) -> str | None:
        visible = Speaker.objects.published().filter(pk=speaker.pk).exists()
        return speaker.get_absolute_url() if visible else None
