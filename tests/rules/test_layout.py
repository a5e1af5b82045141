"""A stranger finds things: folders are small, say what they are for, and every class can be found by its name."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("panels", "templates", "static", "tests", "docs")
MOST = 16  # files in a folder
GROWS = {"panels/migrations", "tests/samples"}
OF_ONE_NAME = {"Command"}  # Django finds a command by the name of its module


def folders() -> Iterator[tuple[str, list[Path]]]:
    for room in ROOMS:
        for folder in (ROOT / room, *sorted(path for path in (ROOT / room).rglob("*") if path.is_dir())):
            files = [path for path in folder.iterdir() if path.is_file()]
            if files and folder.name != "__pycache__":
                yield folder.relative_to(ROOT).as_posix(), files


def test_no_folder_has_too_many_files() -> None:
    crowded = {
        name: len(files)
        for name, files in folders()
        if len(files) > MOST and not any(name == grown or name.startswith(f"{grown}/") for grown in GROWS)
    }

    assert crowded == {}


def test_every_package_says_what_it_is_for() -> None:
    packages = [path for path in (ROOT / "panels").rglob("__init__.py") if "migrations" not in path.parts]
    packages = [path for path in packages if "locale" not in path.parts]

    silent = [path for path in packages if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]

    assert packages
    assert silent == []


def test_no_two_classes_have_one_name() -> None:
    modules = [path for path in (ROOT / "panels").rglob("*.py") if "migrations" not in path.parts]
    names = Counter(
        node.name
        for path in modules
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    )

    repeated = {name for name, count in names.items() if count > 1}

    assert repeated - OF_ONE_NAME == set()
