from panels.formats import html_write
from panels.transcript import Attribution, Exchange, Transcript, Turn


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
        '<div class="question">\n<p>Is it?</p>\n</div>\n'
        '<div class="turn" id="q1-a1">\n<p class="speaker"><cite>Anna</cite> <time>0:01:02</time></p>\n'
        "<p><em>Yes</em>.</p>\n</div>\n"
    ) in page
