"""Stored addresses to which pages link begin with http:// or https://, whatever way they are written."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.template.loader import render_to_string
from django.test import Client

from panels.models import Event, Question
from panels.web.templatetags.panels_text import safe_url
from tests.builders import make_answer, make_event, make_published, make_question
from tests.scratch import manage, scratch_database

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
BAD = [
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
    "vbscript:x", "ftp://example.org/x", "//example.org/x", "example.org", "https:example.org", "file:///etc/hostname",
    "\x01javascript:alert(1)", "blob:https://example.org/x", "-", "http:/example.org",
]  # fmt: skip
GOOD = ["", "http://example.org/x", "https://example.org/x?y=1#z", "HTTPS://EXAMPLE.ORG/"]
FIELDS = ["source_url", "recording_url"]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("url", BAD)
@pytest.mark.django_db
def test_the_database_refuses_an_address_that_is_not_of_the_web(field: str, url: str) -> None:
    event = make_event()

    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**{field: url})
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(**{field: url})
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE panels_event SET {field} = %s WHERE id = %s", [url, event.pk])

    event.refresh_from_db()
    assert getattr(event, field) == ""


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("url", GOOD)
@pytest.mark.django_db
def test_the_database_takes_addresses_of_the_web(field: str, url: str) -> None:
    event = make_event(**{field: url})

    event.refresh_from_db()
    assert getattr(event, field) == url


@pytest.mark.django_db
def test_a_form_says_what_to_enter_instead() -> None:
    event = make_event()
    event.source_url = "ftp://example.org/x"

    with pytest.raises(ValidationError) as refused:
        event.full_clean()

    assert "Enter an address that starts with http:// or https://." in refused.value.message_dict["source_url"]


@pytest.mark.django_db
def test_a_fixture_with_another_address_loads_nothing(tmp_path: Path) -> None:
    fixture = tmp_path / "session.json"
    fixture.write_text(
        '[{"model": "panels.event", "fields": {"title": "T", "slug": "t", "source_url": "javascript:alert(1)"}}]'
    )

    with pytest.raises(CommandError, match="source_url"):
        call_command("loaddata", str(fixture))

    assert not Event.objects.exists()


def test_every_field_of_an_address_is_constrained() -> None:
    fields = [
        (model, field.name)
        for model in apps.get_app_config("panels").get_models()
        for field in model._meta.fields
        if isinstance(field, models.URLField) or field.name.endswith(("_url", "_uri", "_href"))
    ]

    assert {(model.__name__, name) for model, name in fields} == {("Event", name) for name in FIELDS}
    for model, name in fields:
        assert f"event_{name}_is_web" in {constraint.name for constraint in model._meta.constraints}


@pytest.mark.parametrize("url", BAD)
def test_a_page_does_not_link_to_what_a_database_without_the_rule_gave_it(url: str) -> None:
    event = Event(title="T", slug="t", source_url=url, recording_url=url)
    question = Question(event=event, anchor="q1", media_time=75)

    html = render_to_string("panels/passages/_anchor.html", {"event": event, "passage": question, "said": {}})
    html += render_to_string("panels/shared/_stored_url.html", {"url": url})

    assert re.findall(r'href="([^"]*)"', html) == ["/events/t/q1/"]
    assert "1:15" in html


@pytest.mark.django_db
def test_a_page_links_to_addresses_of_the_web(client: Client) -> None:
    event = make_published(
        slug="t", source_url="https://example.org/source", recording_url="https://example.org/talk.mp3"
    )
    make_answer(make_question(event, media_time=75))

    html = client.get("/events/t/").content.decode()

    for url in ("https://example.org/source", "https://example.org/talk.mp3", "https://example.org/talk.mp3#t=75"):
        assert f'href="{url}"' in html


# Addresses that Panels makes itself: of its own pages, from slugs, anchors and numbers.
MADE = {
    "SITE_ROOT",
    "absolute_url", "action_url", "address", "cancel_url", "url", "admin_url", "after",
    "alternate", "before", "canonical", "editor_url", "events_url", "feed", "field_url", "get_absolute_url",
    "oembed",
    "openapi", "passage_url", "publication_url",
    "root", "search_url", "show_all_url", "speakers_url", "tags_url", "part_query",
    "number", "anchor", "slug", "urlencode", "picture",
}  # fmt: skip
_LINKED = re.compile(r'\b(?:href|src|srcset|action|formaction|poster|cite|background|data)="([^"]*)"')


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.*")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_link_is_made_by_panels_or_checked(path: Path) -> None:
    for link in _LINKED.findall(path.read_text(encoding="utf-8")):
        first = re.match(r"(?:{%[^%]*%})*{{\s*(.*?)\s*}}", link)  # what a link begins with decides whether it runs
        if first:
            value, *filters = first[1].split("|")
            last = filters[-1].partition(":")[0] if filters else value.rpartition(".")[2]

            assert (filters and filters[0] == "safe_url") or last in MADE, f"{path.name}: {{{{ {first[1]} }}}}"


@pytest.mark.parametrize(("url", "expected"), [(url, "") for url in BAD] + [(url, url) for url in GOOD])
def test_safe_url_lets_only_addresses_of_the_web_through(url: str, expected: str) -> None:
    assert safe_url(url) == expected


_ADD = """
from panels.models import Event
from django.db import connection
with connection.cursor() as cursor:
    for slug, source, recording, note in (
        ("bad", "javascript:alert(1)", "example.org/talk", "Cut."), ("half", "https://example.org", "data:x", ""),
        ("good", "http://example.org", "", "Kept."),
    ):
        fields = ["title", "slug", "status", "language", "programme", "introduction", "publisher", "source_title",
                  "licence", "translation", "translated_from", "source_url", "recording_url", "source_note"]
        values = [slug, slug, "draft", "en", "", "", "", "", "", "", "", source, recording, note]
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO panels_event ({', '.join(fields)}) VALUES ({marks})", values)
"""
_SHOW = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT slug, source_url, recording_url, source_note FROM panels_event ORDER BY slug")
    print([tuple(row) for row in cursor.fetchall()])
    if connection.vendor == "sqlite":
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
    else:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")
    print(cursor.fetchone()[0])
"""
_MOVED = [
    ("bad", "", "", "Cut.\n\nSource: javascript:alert(1)\n\nRecording: example.org/talk"),
    ("good", "http://example.org", "", "Kept."),
    ("half", "https://example.org", "", "Recording: data:x"),
]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_migration_moves_other_addresses_into_the_note_and_runs_backwards(tmp_path: Path) -> None:
    with scratch_database(tmp_path) as url:

        def run(*arguments: str) -> str:
            done = manage(*arguments, SECRET_KEY="only-for-tests", DATABASE_URL=url)
            assert done.returncode == 0, done.stderr
            return done.stdout

        run("migrate", "panels", "0014", "-v0")
        run("shell", "-v0", "-c", _ADD)
        triggers_before = run("shell", "-v0", "-c", _SHOW).splitlines()[-1]

        run("migrate", "panels", "0016", "-v0")
        assert run("shell", "-v0", "-c", _SHOW).splitlines() == [str(_MOVED), triggers_before]

        run("migrate", "panels", "0014", "-v0")
        assert run("shell", "-v0", "-c", _SHOW).splitlines() == [str(_MOVED), triggers_before]
        run("migrate", "panels", "0019", "-v0")
        assert run("shell", "-v0", "-c", _SHOW).splitlines() == [str(_MOVED), triggers_before]
        run("migrate", "-v0")
        moved, triggers = run("shell", "-v0", "-c", _SHOW).splitlines()
        assert moved == str(_MOVED)
        assert int(triggers) > int(triggers_before)  # those that keep labels in their sessions
