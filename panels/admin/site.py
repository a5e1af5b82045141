"""The admin site: its navigation, the desk (its first page), and the page that lists all other models."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from panels.admin import unsaved_forms
from panels.admin.signed_out import FIELD, continue_page, is_form_of_a_browser, sent_form
from panels.operation.single_sign_on import PROVIDER

_LONGEST_SEARCH, _MOST_WORDS = 500, 20
_LOGIN = "admin/panels/site/login.html"
_SIGNED_OUT = "admin/panels/site/login_again.html"
_IN_NAVIGATION = ("Event", "Speaker", "Tag")
_WITHOUT_PAGES = {"account", "mfa", "socialaccount", "usersessions"}
"""Apps whose tables hold secrets. Panels has pages of its own for them: see `panels.admin.accounts`."""
_OWN_ACCOUNT = ("mfa_", "account_", "usersessions_", "admin_continue")
"""The beginnings of the URL names of the pages about one's own account."""
_CONTENT = ("Question", "Answer", "Panelist", "Correction", "Comment", "ImportDraft", "Merge", "Split")
_ORDER = _IN_NAVIGATION + _CONTENT


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    label: Any
    admin_url: str
    is_current: bool


# Name of the page, label, the permission that shows it, and how the names of the pages below it begin.
_NAVIGATION = (
    ("index", _("Desk"), "", "index"),
    ("panels_event_changelist", _("Sessions"), "panels.view_event", "panels_event_"),
    ("panels_speaker_changelist", _("Speakers"), "panels.view_speaker", "panels_speaker_"),
    ("panels_tag_changelist", _("Tags"), "panels.view_tag", "panels_tag_"),
    ("panels_event_import", _("Import"), "panels.add_event", "panels_event_import"),
)


class BoundedSearchMixin:
    """Searches for the first words only: each is a condition, and databases limit their number."""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        words = search_term.replace("\0", "")[:_LONGEST_SEARCH].split()[:_MOST_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))  # type: ignore[misc]


class PanelsAdminSite(AdminSite):
    site_header = _("Panels admin")
    site_title = _("Panels")
    index_title = _("Your desk")

    index_template = "admin/panels/dashboard/index.html"
    # Set by `panels.admin.register`: they import models.
    login_form: Any
    login_view: Any
    ask_for_factor: Callable[[HttpRequest], HttpResponse | None]
    enable_nav_sidebar = False  # the header has the navigation

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Every list of the site is searched within bounds, also those of other packages."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else [*model_or_iterable]
        models = [model for model in models if model._meta.app_label not in _WITHOUT_PAGES]
        searched = admin_class or ModelAdmin
        if not issubclass(searched, BoundedSearchMixin):
            searched = type(searched.__name__, (BoundedSearchMixin, searched), {"__module__": searched.__module__})
        super().register(models, searched, **options)

    def admin_view(self, view: Any, cacheable: bool = False, needs_factor: bool = True) -> Any:  # noqa: FBT001, FBT002 - as Django has it
        """A form submitted after its editor was logged out is carried through the login instead of being lost.

        With `needs_factor`, users who must add a second factor first are led there instead.
        """
        checked = super().admin_view(view, cacheable)

        @wraps(checked)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated and is_form_of_a_browser(request):
                return csrf_protect(self._carry_through_login)(request)
            is_asked = needs_factor and bool(settings.TWO_FACTOR_REQUIRED_FOR) and self.has_permission(request)
            if is_asked and (way := self.ask_for_factor(request)):
                return way
            unsaved_forms.forget_if_sent(request)
            return checked(request, *args, **kwargs)  # type: ignore[no-any-return]

        return answer

    def _carry_through_login(self, request: HttpRequest) -> HttpResponse:
        return self._login_again(request, sent_form(request), request.get_full_path())

    def _login_again(self, request: HttpRequest, carried: str | None, then: str) -> HttpResponse:
        """The page to log in, with what had been sent before; `then` is the page after it."""
        context = {
            **self.each_context(request),
            **self._login_context(request),
            "form": self.login_form(request),
            "app_path": reverse("admin:login"),
            "next": then,
            FIELD: carried,
        }
        return TemplateResponse(request, _LOGIN if carried is None else _SIGNED_OUT, context)

    def stale_form(self, request: HttpRequest) -> HttpResponse:
        """The answer to a form of an own page that is out of date, because its sender logged in in another window.

        What was typed is offered to be saved, after a log-in if nobody is logged in now. Nothing is saved.
        """
        is_login = request.path == reverse("admin:login")
        carried = request.POST.get(FIELD) if is_login else sent_form(request)
        if not self.has_permission(request):
            page = self._login_again(request, carried, request.POST.get("next", "") if is_login else request.path)
        elif carried is None:
            wanted = request.POST.get("next", "")
            is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
            return HttpResponseRedirect(wanted if is_ours else reverse("admin:index"))
        else:
            page = continue_page(request, carried) or HttpResponseRedirect(reverse("admin:index"))
        if page.status_code == HTTPStatus.OK:
            page.status_code = HTTPStatus.FORBIDDEN
        return page

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Offer to save a form that was submitted before the login.

        A refused attempt has the status that programs expect.
        """
        carried = request.POST.get(FIELD)
        response = self._login_page(request, {**(extra_context or {}), FIELD: carried})
        if isinstance(response, TemplateResponse):
            _slow_down(response)
            if carried is not None:
                response.template_name = _SIGNED_OUT
            return response
        if carried is None or not request.user.is_authenticated:  # the second factor comes next
            return response
        return continue_page(request, carried) or response

    def _login_page(self, request: HttpRequest, extra_context: dict[str, Any]) -> HttpResponse:
        """As Django has it, with a view that asks for the second factor."""
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        context = {**self.each_context(request), **self._login_context(request), **extra_context}
        if REDIRECT_FIELD_NAME not in context and REDIRECT_FIELD_NAME not in request.GET | request.POST:
            context[REDIRECT_FIELD_NAME] = reverse("admin:index")
        options = {"extra_context": context, "authentication_form": self.login_form, "template_name": _LOGIN}
        request.current_app = self.name
        page: Any = never_cache(login_not_required(self.login_view.as_view(**options)))
        return page(request)  # type: ignore[no-any-return]

    def _login_context(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "title": _("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            "single_sign_on": settings.SINGLE_SIGN_ON,
            "provider": PROVIDER,
        }

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("administration/", self.admin_view(self.administration), name="administration"),
            path("search/", self.admin_view(self.search), name="search"),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        return {**context, "navigation": self.navigation(request, context["available_apps"])}

    def navigation(self, request: HttpRequest, apps: list[Any], here: str = "") -> list[NavigationEntry]:
        """The pages that the user may open. The last entry leads to everything that has no entry of its own.

        `apps` is what `get_app_list` says; `here` is the name of the page that is shown, where the URL does not tell.
        """
        if not self.has_permission(request):
            return []
        here = here or (request.resolver_match and request.resolver_match.url_name) or ""
        shown = [entry for entry in _NAVIGATION if not entry[2] or request.user.has_perm(entry[2])]
        below = [name for name, _label, _right, start in _NAVIGATION if here.startswith(start)]
        is_elsewhere = here == "search" or here.startswith(_OWN_ACCOUNT)
        current = below[-1] if below else "" if is_elsewhere else "administration"
        entries = [(name, label) for name, label, _right, _start in shown]
        if _administered(apps):
            entries.append(("administration", _("Administration")))
        return [NavigationEntry(label, reverse(f"{self.name}:{name}"), name == current) for name, label in entries]

    def administration(self, request: HttpRequest) -> TemplateResponse:
        """Models that are usually reached through a session, accounts, and system records."""
        context = self.each_context(request)
        context |= {"title": _("Administration"), "app_list": _administered(context["available_apps"])}
        return TemplateResponse(request, "admin/panels/site/administration.html", context)

    def search(self, request: HttpRequest) -> TemplateResponse:
        """Sessions, speakers, tags and passages that contain the words and that the user may open."""
        from panels.editorial import site_search  # noqa: PLC0415 - models are not there yet when Django makes the site

        typed, may = request.GET.get("q", "").strip(), request.user.has_perm
        context = {
            **self.each_context(request),
            "title": _("Search"),
            "searched_for": typed,
            "sessions": may("panels.view_event") and site_search.sessions_with(typed),
            "speakers": may("panels.view_speaker") and site_search.speakers_with(typed),
            "tags": may("panels.view_tag") and site_search.tags_with(typed),
            "passages": may("panels.view_event") and site_search.passages_with(typed),
        }
        return TemplateResponse(request, "admin/panels/site/search.html", context)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The desk, for users who may view events; the list of models that they may view, for others."""
        if not request.user.has_perm("panels.view_event"):
            return super().index(request, extra_context)
        from panels.editorial.dashboard import overview  # noqa: PLC0415 - models are not there yet when Django makes the site

        assert isinstance(request.user, AbstractBaseUser)  # noqa: S101 - the admin lets nobody else in
        return super().index(request, {"overview": overview(request.user), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Panels first, with its models in the order of an editor's work, and system records in a group at the end."""
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


def _administered(apps: list[Any]) -> list[Any]:
    """All models but those of the navigation, in groups."""
    groups = []
    for app in apps:
        if models := [model for model in app["models"] if model["object_name"] not in _IN_NAVIGATION]:
            name = _("Content of sessions") if app["app_label"] == "panels" else app["name"]
            groups.append({**app, "name": name, "models": models})
    return groups


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _slow_down(response: TemplateResponse) -> None:
    """Tell programs, too, how long to wait after too many wrong passwords."""
    if wait := getattr((response.context_data or {}).get("form"), "wait", 0):
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response.headers["Retry-After"] = str(wait)
