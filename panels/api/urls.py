"""Every endpoint, below `/api/v1/`."""

from panels.api import endpoints
from panels.api.registry import api

__all__ = ["endpoints", "urlpatterns"]

urlpatterns = api.urls
