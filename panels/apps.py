"""The one app of the project, and the admin as it is set up here."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class PanelsConfig(AppConfig):
    name = "panels"
    verbose_name = _("Panels")
    default = True

    def ready(self) -> None:
        from panels.models import lookups  # noqa: F401, PLC0415 - registers them
        from panels.operation import checks  # noqa: F401, PLC0415 - likewise


class PanelsAdminConfig(admin_apps.AdminConfig):
    default_site = "panels.admin.site.PanelsAdminSite"
    default = False

    def ready(self) -> None:
        super().ready()
        from panels.admin import register  # noqa: F401, PLC0415 - the package itself has the site, and is imported first
