"""The public addresses. They are cited, so they never break."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from panels.admin.accounts import password_reset
from panels.admin.accounts import urls as accounts
from panels.api.documentation.reference import reference
from panels.api.urls import urlpatterns as api_urls
from panels.models.validators import ANSWER_ANCHOR, QUESTION_ANCHOR
from panels.web.monitoring import error_pages
from panels.web.sitemaps import SITEMAPS, index
from panels.web.views import (
    citations,
    discovery,
    downloads,
    embeds,
    feeds,
    monitoring,
    pages,
    previews,
    quotes,
    redirects,
    searches,
    social_cards,
)

_ANCHOR = rf"(?P<anchor>{ANSWER_ANCHOR}|{QUESTION_ANCHOR})"
_SUFFIX = r"(?P<suffix>[a-z.]+)"

urlpatterns = [
    path("", pages.home, name="home"),
    path("events/", pages.event_list, name="events"),
    path("events/<str:slug>/", pages.event, name="event"),
    re_path(r"^events/(?P<slug>[^/.]+)\.(?P<suffix>[a-z]+)$", downloads.download, name="download"),
    re_path(rf"^events/(?P<slug>[^/]+)/{_ANCHOR}/$", pages.passage, name="passage"),
    re_path(rf"^events/(?P<slug>[^/]+)/{_ANCHOR}/earlier/$", pages.earlier, name="earlier"),
    re_path(rf"^events/(?P<slug>[^/]+)/cite\.{_SUFFIX}$", citations.event, name="cite-event"),
    re_path(rf"^events/(?P<slug>[^/]+)/{_ANCHOR}/cite\.{_SUFFIX}$", citations.passage, name="cite-passage"),
    re_path(r"^events/(?P<slug>[^/]+)/card\.png$", social_cards.event, name="picture-event"),
    re_path(rf"^events/(?P<slug>[^/]+)/{_ANCHOR}/card\.png$", social_cards.passage, name="picture-passage"),
    path("events/<str:slug>/side-by-side/<str:other>/", discovery.parallel, name="side-by-side"),
    path("preview/<str:token>/", previews.preview, name="preview"),
    path("speakers/", pages.speaker_list, name="speakers"),
    path("speakers/<str:slug>/", discovery.speaker, name="speaker"),
    path("tags/", pages.tag_list, name="tags"),
    path("tags/<str:slug>/", discovery.tag, name="tag"),
    path("compare/", discovery.compare, name="compare"),
    path("feeds/events.atom", feeds.events, name="feed"),
    path("feeds/tags/<str:slug>.atom", feeds.tag, name="feed-tag"),
    path("feeds/speakers/<str:slug>.atom", feeds.speaker, name="feed-speaker"),
    path("feeds/search.atom", feeds.search, name="feed-search"),
    path("search/", searches.search_page, name="search"),
    path("quote/", quotes.quote, name="quote"),
    path("oembed/", embeds.oembed, name="oembed"),
    path("embed/events/<str:slug>/", embeds.event_card, name="embed-event"),
    re_path(rf"^embed/events/(?P<slug>[^/]+)/{_ANCHOR}/$", embeds.card, name="embed"),
    path("api/", reference, name="api-reference"),
    path("api/v1/", api_urls),
    path("healthz", pages.health, name="health"),
    path("readyz", pages.ready, name="ready"),
    path("metrics", monitoring.metrics, name="metrics"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", index, name="django.contrib.sitemaps.views.index"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="django.contrib.sitemaps.views.sitemap"),
    # Only a cookie is set, and only the reader's own choice of language is in it: a token that guards this
    # form would cost every page a cookie, and with it every cache between here and the reader.
    path("language/", csrf_exempt(set_language), name="set_language"),
    *redirects.urlpatterns,
    *([path("admin/", include(password_reset.urlpatterns))] if settings.SENDS_MAIL else []),
    path("admin/", include(accounts.urlpatterns)),
    path("admin/", admin.site.urls),
]

handler400 = error_pages.bad_request
handler500 = error_pages.server_error
