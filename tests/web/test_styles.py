"""What style sheets have to have, and what not."""

from pathlib import Path

import pytest

from panels.models import Answer

ROOT = Path(__file__).resolve().parents[2]
MATRIX = ROOT / "static" / "panels" / "css" / "sessions" / "matrix.css"


@pytest.mark.parametrize("attribution", sorted(set(Answer.Attribution.values) - {"stated"}))
def test_the_matrix_distinguishes_attributions(attribution: str) -> None:
    template = (ROOT / "templates" / "panels" / "sessions" / "_matrix_mark.html").read_text("utf-8")

    assert 'class="badge badge-{{ answer.attribution }}"' in template
    assert f".badge-{attribution}::before" in MATRIX.read_text("utf-8")


def test_no_style_sheet_depends_on_how_a_device_is_held() -> None:
    sheets = list((ROOT / "static" / "panels" / "css").rglob("*.css"))

    assert len(sheets) > 20
    assert [path.name for path in sheets if "orientation" in path.read_text("utf-8")] == []
