"""Whatever is sent as a parameter, every list page, in the admin and for readers, answers it without a 500."""

import re
from itertools import product
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from panels.search import FIELDS
from tests.builders import make_correction, make_session
from tests.sampling import sampled

pytestmark = pytest.mark.django_db

ODD = {
    "a megabyte": "x" * 1_000_000,
    "many words": quote("a b " * 2_000),
    "long": "x" * 15_000,
    "wildcards": quote("%_" * 4_000),
    "NUL": "a%00b",
    "half a character": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "digits": "9" * 5_000,
    "other digits": quote("٣" * 30),
    "quotes": quote("'\"--\\"),
    "list": quote("1,2,x"),
    "nothing": "",
}
SEVEREST = ("many words", "wildcards", "NUL", "half a character", "digits")
PUBLIC = {
    "/": ("page",),
    "/events/": ("year", "tag", "speaker", "page"),
    "/speakers/": ("page", "q", "name"),
    "/tags/": ("page", "q"),
    "/search/": ("q", "page", *FIELDS),
    "/quote/": ("q", "quote", "text"),
    "/api/v1/events/": ("cursor", "limit", "year", "tag", "speaker", "q"),
    "/api/v1/answers/": ("cursor", "limit", "speaker", "event", "tag"),
    "/api/v1/questions/": ("cursor", "limit", "speaker", "event", "tag"),
    "/api/v1/speakers/": ("cursor", "limit", "q"),
    "/api/v1/search/": ("q", "speaker", "event", "tag", "year", "cursor"),
    "/api/v1/quotes/": ("text", "q"),
    "/oembed/": ("url", "format", "maxwidth", "maxheight"),
    "/feeds/search/": ("q", "page"),
}
PARAMETERS = ("speaker", "part", "at", "tag", "year", "event", "name")
ANSWERED = {200, 301, 302, 400, 404, 406, 410, 414, 422, 501}


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_answer_to_anything(path: str, client: Client, subtests: pytest.Subtests) -> None:
    make_session()

    for name, (kind, odd) in product(PUBLIC[path], ODD.items()):
        with subtests.test(name=name, odd=kind):
            assert client.get(f"{path}?{name}={odd}").status_code in ANSWERED


def test_the_pages_of_a_session_answer_to_anything(client: Client, subtests: pytest.Subtests) -> None:
    event = make_session(questions=2, answers=2)
    paths = (event.get_absolute_url(), f"/speakers/{event.panelists.all()[0].speaker.slug}/")

    for path, name, (kind, odd) in product(paths, PARAMETERS, ODD.items()):
        with subtests.test(path=path, name=name, odd=kind):
            assert client.get(f"{path}?{name}={odd}").status_code in ANSWERED


def parameters_of(model: type) -> set[str]:
    """All that the list of a model takes: its search, its filters, and what Django itself knows."""
    listed = admin.site._registry[model]
    names = {"q", "o", "p", "_to_field", "id__exact", "pk__in", "nothing"}
    for one in getattr(listed, "list_filter", ()):
        field = one[0] if isinstance(one, tuple) else one
        names |= {f"{field}__exact", f"{field}__isempty"} if isinstance(field, str) else {field.parameter_name}
    return names | {"date__year", "event__id__exact"}


@pytest.mark.parametrize(
    "model",
    sampled([[model] for model in admin.site._registry], every=5, on_each_database=True),
    ids=lambda model: model.__name__,
)
def test_lists_of_the_admin_answer_to_anything(model: type, client: Client, subtests: pytest.Subtests) -> None:
    make_correction(make_session())
    client.force_login(User.objects.create_superuser("root"))
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]

    for name, kind in product(sorted(parameters_of(model)), SEVEREST):
        with subtests.test(name=name, odd=kind):
            assert client.get(f"{path}?{name}={ODD[kind]}").status_code in ANSWERED


@pytest.mark.parametrize(
    ("model", "field"), [("answer", "speaker"), ("question", "asked_by"), ("panelist", "event"), ("taggedevent", "tag")]
)
def test_autocomplete_answers_to_anything(model: str, field: str, desk: Client, subtests: pytest.Subtests) -> None:
    make_session()
    path = f"/admin/autocomplete/?app_label=panels&model_name={model}&field_name={field}"

    for name, (kind, odd) in product(("term", "page"), ODD.items()):
        with subtests.test(name=name, odd=kind):
            assert desk.get(f"{path}&{name}={odd}").status_code in ANSWERED | {403}


def test_autocomplete_of_anything_is_refused(desk: Client, subtests: pytest.Subtests) -> None:
    for kind, odd in ODD.items():
        with subtests.test(odd=kind):
            path = f"/admin/autocomplete/?app_label={odd}&model_name={odd}&field_name={odd}"
            assert desk.get(path).status_code in {403, 404, 414}


def test_pages_of_an_event_in_the_admin_answer_to_anything(desk: Client, subtests: pytest.Subtests) -> None:
    event = make_session(questions=2, answers=2)
    paths = ("editor/?edit=", "editor/?add=", "editor/?show=", "editor/?comment=", "editor/?undo=",
             "editor/?version=", "history/?new=", "history/?old=", "history/?page=", "preview/?part=")  # fmt: skip

    for path, (kind, odd) in product(paths, ODD.items()):
        with subtests.test(path=path, odd=kind):
            assert desk.get(f"/admin/panels/event/{event.pk}/{path}{odd}").status_code in ANSWERED
    for path, (kind, odd) in product(
        ("event/import/?event=", "speaker/merge/?keep=", "speaker/merge/?ids="), ODD.items()
    ):
        with subtests.test(path=path, odd=kind):
            assert desk.get(f"/admin/panels/{path}{odd}").status_code in ANSWERED | {403}


def test_a_query_that_is_too_long_is_refused_with_a_word(client: Client) -> None:
    response = client.get(f"/search/?q={'x' * 20_001}")

    assert response.status_code == 414
    assert re.search(r"\w", response.content.decode())
