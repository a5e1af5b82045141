"""Redirects from former URLs to current ones."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, re_path
from django.utils.encoding import escape_uri_path

_MODELS = {"edition": "version", "intake": "importdraft", "merger": "merge", "sitting": "editingsession"}
_EVENT_PAGES = {
    "bin": "change",
    "session": "editor",
    "session/sitting": "editor/autosave",
    "text/account": "text/preview",
}


def _redirect(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    # Patterns match the path decoded and without its leading slash.
    address = get_script_prefix() + escape_uri_path(path)
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def _admin_model(request: HttpRequest, before: str, model: str, rest: str) -> HttpResponse:
    return _redirect(request, f"{before}{_MODELS[model]}/{rest}")


def _admin_event(request: HttpRequest, before: str, page: str) -> HttpResponse:
    return _redirect(request, f"{before}{_EVENT_PAGES[page]}/")


def _side_by_side(request: HttpRequest, before: str, rest: str) -> HttpResponse:
    return _redirect(request, f"{before}side-by-side/{rest}")


urlpatterns = [
    re_path(rf"^(?P<before>admin/panels/)(?P<model>{'|'.join(_MODELS)})/(?P<rest>.*)$", _admin_model),
    re_path(rf"^(?P<before>admin/panels/event/\d+/)(?P<page>{'|'.join(_EVENT_PAGES)})/$", _admin_event),
    re_path(r"^(?P<before>events/[^/]+/)beside/(?P<rest>[^/]+/)$", _side_by_side),
]
