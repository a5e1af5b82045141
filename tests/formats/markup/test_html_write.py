import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from panels.formats.markup import html_write
from panels.transcript import Attribution, Exchange, Transcript, Turn
from tests.formats.markup.test_akn_write import FULL


def test_write_escapes_all_that_was_said() -> None:
    name = '<b onclick="x">'
    turn = Turn(
        text="<script>alert(1)</script> [x](javascript:alert)",
        label=name,
        speaker=name,
        attribution=Attribution.STATED,
        anchor='q1-a1"><script>',
    )

    page = html_write.write(Transcript(title="</title><script>", exchanges=(Exchange(question=None, answers=(turn,)),)))

    assert "<script" not in page
    assert "<b" not in page.replace("<body>", "")
    assert 'href="javascript' not in page


def test_write_gives_each_turn_its_anchor_speaker_and_time() -> None:
    turn = Turn(text="*Yes*.", label="Anna", speaker="Anna", attribution=Attribution.STATED, anchor="q1-a1", time=62.0)

    page = html_write.write(Transcript(exchanges=(Exchange(question=Turn(text="Is it?"), answers=(turn,)),)))

    assert (
        '<div class="question" role="heading" aria-level="2">\n<p>Is it?</p>\n</div>\n'
        '<div class="turn" id="q1-a1">\n'
        '<p class="speaker"><cite>Anna</cite> <time datetime="PT62S">0:01:02</time></p>\n'
        "<p><em>Yes</em>.</p>\n</div>\n"
    ) in page


def test_pages_are_valid_html(tmp_path: Path, missing: Callable[[str], None]) -> None:
    checker, java = os.environ.get("VNU_JAR"), shutil.which("java")
    if checker is None or java is None:
        missing("the Nu HTML checker (VNU_JAR names its jar, java runs it)")
        return
    for name, session in {"full": FULL, "empty": Transcript()}.items():
        (tmp_path / f"{name}.html").write_text(html_write.write(session), encoding="utf-8")

    command = [java, "-jar", checker, "--errors-only", "--format", "json", "--stdout", *map(str, tmp_path.iterdir())]
    done = subprocess.run(command, capture_output=True, check=False)

    assert [found["message"] for found in json.loads(done.stdout)["messages"]] == []
