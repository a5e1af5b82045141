"""What the pages of an account have in common with the other pages of the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest


class AdminPage:
    """Adds the context that every page of the admin needs."""

    request: HttpRequest
    title: ClassVar[Any] = None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = super().get_context_data(**context)  # type: ignore[misc]
        titled = {"title": self.title} if self.title else {}
        return {**admin.site.each_context(self.request), **titled, **found}
