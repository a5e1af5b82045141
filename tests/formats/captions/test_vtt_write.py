import pytest

from panels.formats.base import FormatError
from panels.formats.captions import vtt, vtt_write
from panels.formats.lossiness import captions, without_lines
from panels.transcript import Attribution, Exchange, PanelMember, Role, Transcript, Turn


def spoken(text: str, name: str | None, time: float | None) -> Turn:
    known = Attribution.STATED if name else Attribution.UNKNOWN
    return Turn(text=text, label=name, speaker=name, attribution=known, time=time)


SESSION = Transcript(
    title="A talk --> later",
    introduction="Held here.\n\nLast year.",
    licence="CC0",
    address="https://panels.example/events/a-talk/",
    version=3,
    panelists=(PanelMember(name="Anna", role=Role.HOST, title="Editor"),),
    exchanges=(
        Exchange(
            question=Turn(text="What is *it*?", anchor="q1"), answers=(spoken("Some & **more** <all>.", "Anna", 1.5),)
        ),
        Exchange(
            question=spoken("Really?\n\nTruly?", "Anna", 3661.25),
            answers=(spoken("Yes.", "Ben", None), spoken("*Nobody* knows.", None, 3662.0)),
            follow_up=True,
        ),
    ),
)
WRITTEN = """WEBVTT - A talk → later

NOTE about
Host: Anna; Editor
Licence: CC0
Version: 3
Address: https://panels.example/events/a-talk/

NOTE panels session {"title": "A talk --\\u003e later", "introduction": "Held here.\\n\\nLast year."}

NOTE panels heading {"text": "What is *it*?", "anchor": "q1"}

00:00:01.500 --> 01:01:01.250
<v Anna>Some &amp; <b>more</b> &lt;all&gt;.

NOTE panels follow-up question

01:01:01.250 --> 01:01:02.000
<v Anna>Really?
Truly?

NOTE panels answer {"time": null}

01:01:01.250 --> 01:01:02.000
<v Ben>Yes.

01:01:02.000 --> 01:01:04.000
<v.unattributed><i>Nobody</i> knows.
"""


def test_write_gives_a_cue_a_turn_and_notes_for_what_cues_cannot_say() -> None:
    assert vtt_write.write(SESSION) == WRITTEN


def test_what_is_written_is_read() -> None:
    assert without_lines(vtt.read(WRITTEN)) == captions(SESSION) == SESSION


def test_read_believes_who_edits_what_is_shown() -> None:
    edited = WRITTEN.replace("<v Ben>Yes.", "<v Ben>Yes, {\\an8}2 > 1.").replace(
        "NOTE about", "NOTE by hand\n\nNOTE about"
    )

    again = vtt.read(edited)

    assert again.exchanges[1].answers[0].text == "Yes, {\\an8}2 > 1."
    assert [item.text for item in again.unread] == ["NOTE by hand"]


def test_read_refuses_a_note_of_its_own_that_is_broken_and_says_where() -> None:
    with pytest.raises(FormatError, match="no longer valid JSON") as caught:
        vtt.read(WRITTEN.replace('{"time": null}', '{"time":'))

    assert caught.value.line is not None
    assert WRITTEN.split("\n")[caught.value.line - 1] == "<v Ben>Yes."


def test_write_refuses_a_session_without_times() -> None:
    with pytest.raises(FormatError, match="This session has no times"):
        vtt_write.write(Transcript(exchanges=(Exchange(question=None, answers=(Turn(text="x"),)),)))
