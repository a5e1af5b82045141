"""A form sent after its editor was logged out: what was typed is kept through the login and can be saved.

It is carried in hidden fields of the pages: no JavaScript is needed, and nothing is stored for unknown users.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "unsaved_form"
_NOT_CARRIED = {"csrfmiddlewaretoken", FIELD}


def is_form_of_a_browser(request: HttpRequest) -> bool:
    """Whether a page can be shown as the answer. Scripts accept anything, and notice the redirect themselves."""
    is_logout = request.path == reverse("admin:logout")
    return request.method == "POST" and not is_logout and "text/html" in request.headers.get("Accept", "")


def sent_form(request: HttpRequest) -> str:
    """The form and its URL as one value for the hidden field. Of files, only the names are kept."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_CARRIED]
    files = [file.name for _name, several in request.FILES.lists() for file in several]
    return json.dumps({"url": request.get_full_path(), "fields": fields, "files": files})


def continue_page(request: HttpRequest, carried: str, context: dict[str, Any]) -> HttpResponse | None:
    """The page that offers to save the form after logging in; None if `carried` was not made by `sent_form`."""
    form = unsaved(carried)
    if form is None:
        return None
    return TemplateResponse(request, "admin/panels/signed_out/continue.html", context | form)


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
