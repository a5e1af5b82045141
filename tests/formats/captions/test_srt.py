from panels.formats.captions import srt
from tests.formats.plain_values import exchanges_of, unread_of

PODCAST = """1
00:00:00,179 --> 00:00:02,399
Anna (host): When you first
start, it is hard.

2
00:00:02,400 --> 00:00:04,799
to begin with a question: why?

3
00:00:05,000 --> 00:00:06,000
{\\an8}<i>Ben:</i> Because.
"""


def test_read_takes_labels_from_the_first_cue_of_a_turn() -> None:
    transcript = srt.read(PODCAST)

    assert exchanges_of(transcript) == [
        (
            None,
            [
                (
                    "Anna (host)",
                    "Anna (host)",
                    "When you first start, it is hard. to begin with a question: why?",
                    0.179,
                ),
                ("Ben", "Ben", "Because.", 5.0),
            ],
        )
    ]
    assert unread_of(transcript) == [(1, "1 2 3", "cue identifiers, not spoken")]


def test_read_needs_no_numbers_no_commas_and_no_blank_lines() -> None:
    transcript = srt.read("00:00:01.000 --> 00:00:02.000\nHello\n00:00:02.000 --> 00:00:03.000\nthere.")

    assert srt.matches("00:00:01.000 --> 00:00:02.000\nHello")
    assert exchanges_of(transcript) == [(None, [(None, None, "Hello there.", 1.0)])]


def test_matches_leaves_prose_alone() -> None:
    assert not srt.matches("Anna: Hello.\n\nBen: 00:01 --> that is an arrow.")
