"""Absolute URLs of objects.

They are built here rather than reversed, because one response may hold thousands of them; a test compares the two.
"""

from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse

from panels.models import Answer, Event, Question, Speaker, Tag
from panels.operation.site_url import absolute_url


class PageAndApiUrls(TypedDict):
    url: str
    api_url: str


@dataclass(frozen=True, slots=True)
class SiteUrls:
    """`pages` and `api` are the root URLs of the site and the API, each with a trailing slash."""

    pages: str
    api: str

    def event(self, event: Event) -> PageAndApiUrls:
        return self._page_and_api("events", event.slug)

    def question(self, question: Question, event: Event) -> PageAndApiUrls:
        return self._passage("questions", event.slug, question.anchor)

    def answer(self, answer: Answer, event: Event) -> PageAndApiUrls:
        return self._passage("answers", event.slug, answer.anchor)

    def speaker(self, speaker: Speaker) -> PageAndApiUrls:
        return self._page_and_api("speakers", speaker.slug)

    def tag(self, slug: str) -> PageAndApiUrls:
        return self._page_and_api("tags", slug)

    def feed(self, thing: Speaker | Tag) -> str:
        kind = "speakers" if isinstance(thing, Speaker) else "tags"
        return f"{self.pages}feeds/{kind}/{quote(thing.slug)}.atom"

    def earlier(self, event: Event, anchor: str) -> str:
        return f"{self.pages}events/{quote(event.slug)}/{anchor}/earlier/"

    def transcript(self, event: Event) -> str:
        return f"{self.api}events/{quote(event.slug)}/transcript/"

    def _page_and_api(self, kind: str, slug: str) -> PageAndApiUrls:
        path = f"{kind}/{quote(slug)}/"
        return {"url": f"{self.pages}{path}", "api_url": f"{self.api}{path}"}

    def _passage(self, kind: str, slug: str, anchor: str) -> PageAndApiUrls:
        rest = f"{quote(slug)}/{anchor}/"
        return {"url": f"{self.pages}events/{rest}", "api_url": f"{self.api}{kind}/{rest}"}


def site_urls(request: HttpRequest) -> SiteUrls:
    """The URLs of the site that received the request."""
    return SiteUrls(absolute_url(request, reverse("home")), absolute_url(request, reverse("api:api_root")))
