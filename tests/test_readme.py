"""What the README says is so."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_table_of_configuration_names_what_the_settings_read() -> None:
    settings = (ROOT / "panels" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))

    assert set(re.findall(r"^\| `(\w+)`", section("Configuration"), re.MULTILINE)) == read


def test_the_example_environment_names_what_the_settings_read() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))

    assert named <= set(re.findall(r"^\| `(\w+)`", section("Configuration"), re.MULTILINE))


@pytest.mark.parametrize("address", re.findall(r"`(/[^`]*)`", section("URLs")))
def test_every_address_leads_somewhere(address: str) -> None:
    try:
        resolve(address.replace("<slug>", "night-opening").replace("<anchor>", "q3-a2"))
    except Resolver404:
        pytest.fail(f"{address} leads nowhere")


@pytest.mark.parametrize("command", re.findall(r"manage\.py (\w+)", README))
def test_every_command_exists(command: str) -> None:
    assert command in get_commands()


@pytest.mark.parametrize("target", re.findall(r"(?:`|^)make (\w+)", README, re.MULTILINE))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)]+)\)", README))
def test_every_link_leads_to_a_file(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_fixture_is_listed() -> None:
    fixtures = {path.stem for path in (ROOT / "panels" / "fixtures").glob("*.json")}

    assert set(re.findall(r"^\| `(\w+)`", section("Load sessions"), re.MULTILINE)) == fixtures


def test_every_module_of_the_layout_exists() -> None:
    layout = section("How the code is laid out").partition("```text")[2].partition("```")[0]

    for name in re.findall(r"[\w]+(?:\.py|/)", layout):
        assert (ROOT / "panels" / name).exists() or (ROOT / name).exists(), name


def test_the_repository_names_no_registry_and_no_machine() -> None:
    for path in [*ROOT.glob("requirements/*"), ROOT / "pyproject.toml", ROOT / "Makefile"]:
        text = path.read_text(encoding="utf-8")

        assert not re.search(r"https?://(?!127\.0\.0\.1)|--index-url|--find-links|/home/|/opt/", text), path
