"""The admin site: what editors need most stands first.

Outside the package `admin`, because importing that package needs the site to exist.
"""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_ORDER = ("Event", "Question", "Answer", "Speaker", "Panelist", "Tag", "Correction")


class PanelsAdminSite(AdminSite):
    site_header = _("The editors' desk")
    site_title = _("Panels")
    index_title = _("What is on the desk")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Panels first, its models in the order of an editor's work; what is only kept stands last."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            if app["app_label"] == "panels":
                app["models"].sort(key=lambda model: _place(model["object_name"]))
        return sorted(apps, key=lambda app: app["app_label"] != "panels")


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)
