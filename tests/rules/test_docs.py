"""What the README and the documents say is so."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS = {path.name: path for path in PAPERS}
TEXTS: dict[str, str] = {name: path.read_text(encoding="utf-8") for name, path in DOCUMENTS.items()}
ALL = "\n".join(TEXTS.values())
README, CONFIGURATION = TEXTS["README.md"], TEXTS["configuration.md"]


def test_the_table_of_configuration_names_what_the_settings_read() -> None:
    settings = (ROOT / "panels" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))

    assert set(re.findall(r"^\| `(\w+)`", CONFIGURATION, re.MULTILINE)) == read


def test_the_example_environment_names_what_the_settings_read() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))

    assert named <= set(re.findall(r"^\| `(\w+)`", CONFIGURATION, re.MULTILINE))


@pytest.mark.parametrize("address", re.findall(r"`(/[^`]*)`", TEXTS["public-pages.md"].partition("\n## URLs\n")[2]))
def test_every_address_leads_somewhere(address: str) -> None:
    try:
        resolve(address.replace("<slug>", "night-opening").replace("<anchor>", "q3-a2"))
    except Resolver404:
        pytest.fail(f"{address} leads nowhere")


@pytest.mark.parametrize("command", sorted(set(re.findall(r"manage\.py (\w+)", ALL))))
def test_every_command_exists(command: str) -> None:
    assert command in get_commands()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:`|^)make ([\w-]+)", ALL, re.MULTILINE))))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_leads_to_a_file(name: str) -> None:
    for path in re.findall(r"\]\((?!http|#)([^)#]+)", TEXTS[name]):
        assert (DOCUMENTS[name].parent / path).exists(), path


def test_every_document_is_linked_from_the_readme() -> None:
    assert {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} <= set(re.findall(r"\]\(([^)#]+)", README))
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_that_is_named_exists(name: str) -> None:
    for path in re.findall(r"`((?:panels|templates|tests|static|docs|\.ci)/[\w./-]+)`", TEXTS[name]):
        assert (ROOT / path).exists(), path


def test_every_fixture_is_listed() -> None:
    fixtures = {path.stem for path in (ROOT / "panels" / "fixtures").glob("*.json")}

    assert (
        set(re.findall(r"^\| `(\w+)`", TEXTS["getting-started.md"].partition("## Load")[0], re.MULTILINE)) == fixtures
    )


def test_every_package_of_the_architecture_exists() -> None:
    named = re.findall(r"^\| `(\w+)/` \|", TEXTS["architecture.md"], re.MULTILINE)

    assert named
    assert [name for name in named if not (ROOT / "panels" / name).is_dir()] == []


def test_the_repository_names_no_registry_and_no_machine() -> None:
    for path in [*ROOT.glob("requirements/*"), ROOT / "pyproject.toml", ROOT / "Makefile"]:
        text = path.read_text(encoding="utf-8")

        assert not re.search(r"https?://(?!127\.0\.0\.1)|--index-url|--find-links|/home/|/opt/", text), path
