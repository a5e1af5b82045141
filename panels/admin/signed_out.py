"""Keep a form that was submitted after its editor was logged out, and offer to save it after the login.

The data is carried in hidden fields of the pages: no JavaScript is needed, and nothing is stored for unknown users.

A login also changes the CSRF token, so forms in windows that were opened before are out of date. Django refuses them,
and `csrf_failure` offers to save what was typed.
"""

import json
from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure as plain_csrf_failure

FIELD = "unsaved_form"
_OUT_OF_DATE = "CSRF token "  # how Django's reasons begin if the token is missing or another one
_NOT_CARRIED = {"csrfmiddlewaretoken", FIELD}


def is_form_of_a_browser(request: HttpRequest) -> bool:
    """Whether a page can be shown as the answer. Scripts accept anything, and notice the redirect themselves."""
    is_logout = request.path == reverse("admin:logout")
    return request.method == "POST" and not is_logout and "text/html" in request.headers.get("Accept", "")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a form that Django refused: offer to save one of our own pages, whose token is out of date.

    The browser says whether it is from our own page. A form of another site, which could store its own words with the
    editor's next click, gets Django's answer; so does a login without cookies, which would be asked for without end.
    """
    is_login = request.path == reverse("admin:login")
    is_stale = reason.startswith(_OUT_OF_DATE) or (reason == REASON_NO_CSRF_COOKIE and not is_login)
    is_in_admin = request.path.startswith(reverse("admin:index"))
    if is_stale and is_in_admin and is_form_of_a_browser(request) and _is_from_our_page(request):
        return site.stale_form(request)  # type: ignore[attr-defined,no-any-return]
    return plain_csrf_failure(request, reason=reason)


def _is_from_our_page(request: HttpRequest) -> bool:
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == own or request.headers.get("Sec-Fetch-Site") == "same-origin"


def sent_form(request: HttpRequest) -> str:
    """The form and its URL as one value for the hidden field. Of files, only the names are kept."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_CARRIED]
    files = [file.name for _name, several in request.FILES.lists() for file in several]
    return json.dumps({"url": request.get_full_path(), "fields": fields, "files": files})


def continue_page(request: HttpRequest, carried: str) -> HttpResponse | None:
    """The page that offers to save the form after logging in; None if `carried` was not made by `sent_form`."""
    form = unsaved(carried)
    if form is None:
        return None
    context = {**site.each_context(request), "title": _("Unsaved changes"), **form}
    return TemplateResponse(request, "admin/panels/site/continue.html", context)


def unsaved(carried: str) -> dict[str, Any] | None:
    """The URL, the fields and the names of files of a form; None if `carried` was not made by `sent_form`."""
    try:
        form = json.loads(carried)
        url, files = form["url"], form["files"]
        fields = [(str(name), str(value)) for name, value in form["fields"]]
    except (ValueError, TypeError, KeyError):
        return None
    is_ours = isinstance(url, str) and url.startswith(reverse("admin:index")) and isinstance(files, list)
    if not is_ours or not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return None
    return {"admin_url": url, "fields": fields, "files": files}
