"""What Panels needs is listed with its licences, and the bill of materials names all of it."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

from tests.served import ROOT

LOCKED = dict(
    re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"), re.MULTILINE)
)
LISTED = dict(
    re.findall(
        r"^\| ([\w.-]+) \| ([^|]+) \|",
        (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").partition("|---|\n")[2],
        re.MULTILINE,
    )
)


def test_every_package_is_listed_and_no_other() -> None:
    assert sorted(LISTED) == sorted(LOCKED)


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_package_has_the_licence_that_it_declares(name: str) -> None:
    try:
        declared = metadata(name)
    except PackageNotFoundError:
        return  # of another platform or another version of Python
    said = [one for field in ("License-Expression", "License", "Classifier") for one in declared.get_all(field, [])]
    family = re.match(r"[A-Za-z]+", LISTED[name])

    assert family
    assert any(family[0].casefold() in one.casefold() for one in said), said


@pytest.mark.slow
@pytest.mark.long
def test_the_bill_of_materials_names_every_package_with_its_version_and_licence(
    tmp_path: Path, missing: Callable[[str], None]
) -> None:
    if not shutil.which("make"):
        missing("make")

    done = subprocess.run(
        ["make", "sbom", f"VENV={tmp_path / 'venv'}", f"SBOM={tmp_path / 'sbom.json'}"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    bill = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
    components = {re.sub(r"[-_.]+", "-", one["name"]).casefold(): one for one in bill["components"]}
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "panels")
    assert {"django", "granian", "psycopg", "prometheus-client"} <= components.keys() <= LOCKED.keys()
    assert str(tmp_path) not in json.dumps(bill)
    assert [name for name, one in components.items() if not one.get("licenses")] == []
    assert [name for name, one in components.items() if one["version"] not in locked_versions(name)] == []


def locked_versions(name: str) -> list[str]:
    """One, or several where they depend on the version of Python."""
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    return re.findall(rf"^{re.escape(name)}==([\w.]+)", text, re.MULTILINE)
