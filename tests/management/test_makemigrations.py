import re
from io import StringIO

import pytest
from django.core.management import call_command

from panels.models import Event

pytestmark = pytest.mark.django_db


def operations_written(**options: object) -> list[str]:
    output = StringIO()
    call_command("makemigrations", "panels", dry_run=True, verbosity=3, no_color=True, stdout=output, **options)
    return re.findall(r"^        (?:\w+\.)*(\w+)\(", output.getvalue(), re.MULTILINE)


def test_a_new_migration_removes_and_installs_the_triggers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Event._meta.get_field("licence"), "max_length", 301)

    assert operations_written() == ["RemoveTriggers", "AlterField", "InstallTriggers"]


def test_an_empty_migration_leaves_the_triggers() -> None:
    assert operations_written(empty=True) == []
