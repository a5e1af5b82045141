"""Readers and editors meet one word for each idea: “session” and 活动, where the code and the API say `event`."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management import get_commands, load_command_class
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "panels" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
DOCS = ("editing", "formats", "getting-started", "operate", "public-pages", "search", "session-document")
PAPERS = ["README.md", *(f"docs/{name}.md" for name in DOCS)]
FORBIDDEN = re.compile(r"\b(events?|editions?|sittings?|intakes?|mergers?|mend(s|ed|ing)?)\b", re.IGNORECASE)
FORBIDDEN_CHINESE = re.compile("场次|会话|事件")
OF_THE_CODE = re.compile(
    r"%\(\w+\)\w|<code>[^<]*</code>|```.*?```|`[^`]*`|/events?/\S*|tag:, event:|\]\([^)]*\)", re.DOTALL
)
"""Placeholders, code, URLs and the search filter keep `event`."""


def forbidden(text: str) -> list[str]:
    return [found[0] for found in FORBIDDEN.finditer(OF_THE_CODE.sub(" ", text))]


def helps() -> Iterator[tuple[str, str]]:
    """The help of each command and of its options."""
    for name, app in get_commands().items():
        if app == "panels":
            parser = load_command_class("panels", name).create_parser("manage.py", name)
            shown = [action.help for action in parser._actions if action.help is not argparse.SUPPRESS]
            yield name, " ".join(filter(None, (parser.description, *shown)))


def test_interface_says_session() -> None:
    assert {
        entry.msgid: words
        for entry in polib.pofile(str(CATALOGUE))
        if (words := forbidden(f"{entry.msgid} {entry.msgid_plural}"))
    } == {}


def test_chinese_interface_has_one_word_for_a_session() -> None:
    assert [
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        if FORBIDDEN_CHINESE.search("".join((entry.msgstr, *entry.msgstr_plural.values())))
    ] == []


def test_help_of_commands_says_session() -> None:
    found = dict(helps())

    assert "import_sessions" in found
    assert {name: words for name, text in found.items() if (words := forbidden(text))} == {}


@translation.override("en")
def test_names_in_the_admin_say_session() -> None:
    names = [
        str(name)
        for model in apps.get_app_config("panels").get_models()
        for name in (
            model._meta.verbose_name,
            model._meta.verbose_name_plural,
            *(name for _codename, name in model._meta.permissions),
            *(field.verbose_name for field in model._meta.fields),
            *(field.help_text for field in model._meta.fields),
        )
    ]

    assert "sessions" in names
    assert [name for name in names if forbidden(name)] == []


@pytest.mark.django_db
def test_stored_names_of_permissions_say_session() -> None:
    names = Permission.objects.filter(content_type__app_label="panels").values_list("name", flat=True)

    assert "Can delete sessions permanently" in names
    assert [name for name in names if forbidden(name)] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_for_readers_and_editors_say_session(paper: str) -> None:
    assert forbidden((ROOT / paper).read_text(encoding="utf-8")) == []
