from pathlib import Path

import pytest

from panels.transcript import Exchange, Transcript, Turn
from tests.roundtrips import differences, main

SAMPLES = Path(__file__).parent.parent / "samples"
TABLES = ["--exclude", "ways_of_naming.txt", "--exclude", "who_says_it.txt"]  # many small samples in one file


def test_the_samples_survive(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SAMPLES), *TABLES]) == 0

    assert " 0 with a difference" in capsys.readouterr().out


def test_what_cannot_be_read_is_named_and_what_is_excluded_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.json").write_text('{"exchanges": [', encoding="utf-8")
    (tmp_path / "talk.txt").write_text("Anna: Is it?\n\nBen: Yes.\n\nAnna: Good.\n", encoding="utf-8")

    assert main([str(tmp_path)]) == 0
    assert f"{tmp_path / 'broken.json'}: not read:" in capsys.readouterr().out
    assert main([str(tmp_path), "--exclude", "*.txt", "--exclude", "*.json"]) == 1


def test_differences_names_the_fields() -> None:
    one = Transcript(title="A", exchanges=(Exchange(question=Turn(text="Why?")),))
    other = Transcript(title="B", exchanges=(Exchange(question=Turn(text="How?")),), tags=("x",))

    assert list(differences(one, one)) == []
    assert list(differences(one, other)) == [
        "title: 'A' became 'B'",
        "tags: 0 of them became 1 of them",
        "exchanges[0].question.text: 'Why?' became 'How?'",
    ]
