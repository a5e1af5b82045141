"""Classes that templates build from a value have their rules in the style sheets."""

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
