"""The admin site: what editors need most stands first.

Outside the package `admin`, because importing that package needs the site to exist.
"""

from http import HTTPStatus
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

_LONGEST_SEARCH, _MOST_WORDS = 500, 20
_ORDER = ("Event", "Question", "Answer", "Speaker", "Panelist", "Tag", "Correction", "Comment", "ImportDraft", "Merge")


class BoundedSearchMixin:
    """Searches for the first words of what was typed: each is a condition, of which a database takes so many."""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        words = search_term.replace("\0", "")[:_LONGEST_SEARCH].split()[:_MOST_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))  # type: ignore[misc]


class PanelsAdminSite(AdminSite):
    site_header = _("Panels admin")
    site_title = _("Panels")
    index_title = _("Your desk")

    index_template = "admin/panels/index.html"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Every list of the site is searched within bounds, also those of other packages."""
        searched = admin_class or ModelAdmin
        if not issubclass(searched, BoundedSearchMixin):
            searched = type(searched.__name__, (BoundedSearchMixin, searched), {"__module__": searched.__module__})
        super().register(model_or_iterable, searched, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's page; where the attempt was refused, with the status that programs know."""
        response = super().login(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if wait := getattr(context.get("form"), "wait", 0):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(wait)
        return response

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The front page: what waits, for whoever may see events, and below it all there is."""
        if not request.user.has_perm("panels.view_event"):
            return super().index(request, extra_context)
        from panels.editorial.dashboard import overview  # noqa: PLC0415 - models are not there yet when Django makes the site

        assert isinstance(request.user, AbstractBaseUser)  # noqa: S101 - the admin lets nobody else in
        return super().index(request, {"overview": overview(request.user), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Panels first, its models in the order of an editor's work; what keeps itself stands last, by itself."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            if app["app_label"] == "panels":
                app["models"].sort(key=lambda model: _place(model["object_name"]))
        apps.sort(key=lambda app: app["app_label"] != "panels")
        if app_label is None and apps and apps[0]["app_label"] == "panels":
            everything = apps[0]["models"]
            apps[0]["models"] = [model for model in everything if model["object_name"] in _ORDER]
            rest = [model for model in everything if model["object_name"] not in _ORDER]
            apps.append({**apps[0], "name": _("System records"), "app_label": "panels-records", "models": rest})
        return [app for app in apps if app["models"]]


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)
