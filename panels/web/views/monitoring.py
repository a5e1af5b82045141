"""What a monitoring system asks for."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The metrics, for clients that send `METRICS_TOKEN`: 401 without it, 404 if none is set."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        refused = HttpResponse("Send the token: Authorization: Bearer …", content_type="text/plain", status=401)
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    from panels.web.monitoring.metrics import CONTENT_TYPE, exposition  # noqa: PLC0415 - begins to count when it is imported

    return HttpResponse(exposition(), content_type=CONTENT_TYPE)
