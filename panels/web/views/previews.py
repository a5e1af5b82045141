"""The page of a preview link."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from panels.models import PreviewLink
from panels.reading.sessions import load_session
from panels.reading.transcript_pages import show


@never_cache
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The current transcript only; once it is published, a redirect to its public page."""
    link = get_object_or_404(PreviewLink.objects.active().select_related("event"), token=token)
    if link.event.is_public:
        return HttpResponseRedirect(link.event.get_absolute_url())
    shown = show(load_session(link.event), part=request.GET.get("part", ""))
    context = {"shown": shown, "preview": True, "shared": link}
    response = render(request, "panels/sessions/event.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
