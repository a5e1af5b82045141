"""The quote checker's page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from panels.models import Event
from panels.reading.quote_checker import check, read_quotation
from panels.web.lookups import find_present, find_present_speaker

# Some servers on the way refuse longer URLs.
LONGEST_ADDRESS = 1500


# Nothing is stored here, and a CSRF token would cost the page a cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def quote(request: HttpRequest) -> HttpResponse:
    """The form and, for `q`, the result. A posted quotation is redirected to a URL of its own if it fits into one."""
    asked = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and (url := _check_url(asked)):
        return HttpResponseRedirect(url, status=303)
    speaker_slug, event_slug = asked.get("speaker", ""), asked.get("event", "")
    speaker = find_present_speaker(speaker_slug) if speaker_slug else None
    event = find_present(Event.objects.published(), event_slug) if event_slug else None
    pasted = asked.get("q", "")
    quotation = read_quotation(pasted)
    checked = check(quotation, speaker=speaker, event=event) if pasted.strip() else None
    context = {"pasted": pasted, "quotation": quotation, "checked": checked, "speaker": speaker, "event": event}
    return render(request, "panels/quotes/quote.html", context)


def _check_url(asked: QueryDict) -> str:
    """The URL of the check; empty if the quotation is too long for one."""
    wanted = {name: asked[name] for name in ("q", "speaker", "event") if asked.get(name)}
    query = urlencode(wanted)
    return f"{reverse('quote')}?{query}" if len(query) <= LONGEST_ADDRESS else ""
