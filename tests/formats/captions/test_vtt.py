from panels.formats.captions import vtt
from tests.formats.plain_values import exchanges_of, unread_of


def test_read_takes_voices_from_tags_closed_or_not() -> None:
    transcript = vtt.read(
        "WEBVTT\r\n\r\n"
        "00:01.000 --> 00:02.000\r\n<v Anna>Q&amp;A is <i>fun</i>\r\n\r\n"
        "00:02.000 --> 00:03.000\r\n<v Anna>and long.</v>\r\n\r\n"
        "00:03.000 --> 00:04.000\r\n<v.loud Ben Example>Yes.</v> <v Anna>No.\r\n"
    )

    assert exchanges_of(transcript) == [
        (
            None,
            [
                ("Anna", "Anna", "Q&A is *fun* and long.", 1.0),
                ("Ben Example", "Ben Example", "Yes.", 3.0),
                ("Anna", "Anna", "No.", 3.0),
            ],
        )
    ]
    assert unread_of(transcript) == [
        (1, "WEBVTT", "cue identifiers, not spoken"),
        (7, "Anna", "label repeated within a turn"),
    ]


def test_read_takes_labels_that_stand_on_every_cue_whatever_they_look_like() -> None:
    transcript = vtt.read(
        "WEBVTT\n\n"
        "1\n00:00:01.000 --> 00:00:02.000\nanna | Example: Hello.\n\n"
        "2\n00:00:02.000 --> 00:00:03.000\nanna | Example: One thing: this.\n\n"
        "3\n00:00:03.000 --> 00:00:04.000\nB. Example (M): Yes.\n"
    )

    assert exchanges_of(transcript) == [
        (
            None,
            [
                ("anna | Example", "anna | Example", "Hello. One thing: this.", 1.0),
                ("B. Example (M)", "B. Example (M)", "Yes.", 3.0),
            ],
        )
    ]


def test_read_takes_labels_that_stand_on_the_first_cue_of_a_turn() -> None:
    transcript = vtt.read(
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:02.000\nAnna: Let us\n\n"
        "00:00:02.000 --> 00:00:03.000\nstart with a question: why?\n\n"
        "00:00:03.000 --> 00:00:04.000\nBen: Because.\n"
    )

    assert exchanges_of(transcript) == [
        (
            None,
            [("Anna", "Anna", "Let us start with a question: why?", 1.0), ("Ben", "Ben", "Because.", 3.0)],
        )
    ]


def test_read_makes_one_unattributed_turn_of_cues_without_voices() -> None:
    lines = ["Hello.", "Welcome: all.", "One", "two", "three", "four."]
    cues = [f"00:0{number}.810 --> 00:0{number}.850\n{line}" for number, line in enumerate(lines)]

    transcript = vtt.read("\n\n".join(["WEBVTT", *cues]))

    assert exchanges_of(transcript) == [(None, [(None, None, "Hello. Welcome: all. One two three four.", 0.81)])]


def test_read_keeps_notes_and_the_header() -> None:
    transcript = vtt.read(
        "WEBVTT - A talk\nKind: captions\nLanguage: de\n\nNOTE made by hand\n\n"
        "intro\n00:01.000 --> 00:02.000\n2 < 3 & *so*\n\nNOTE\na longer\nnote\n"
    )

    assert (transcript.title, transcript.language) == ("A talk", "de")
    assert exchanges_of(transcript) == [(None, [(None, None, "2 < 3 & \\*so\\*", 1.0)])]
    assert unread_of(transcript) == [
        (1, "Kind: captions", "before the first cue"),
        (1, "WEBVTT intro", "cue identifiers, not spoken"),
        (5, "NOTE made by hand", "note in the file, not spoken"),
        (11, "NOTE\na longer\nnote", "note in the file, not spoken"),
    ]


def test_read_leaves_a_cue_without_voice_to_nobody_where_each_cue_repeats_its_voice() -> None:
    transcript = vtt.read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>One\n\n00:02.000 --> 00:03.000\n<v Anna>two.\n\n"
        "00:03.000 --> 00:04.000\nWho?\n"
    )

    assert exchanges_of(transcript) == [(None, [("Anna", "Anna", "One two.", 1.0), (None, None, "Who?", 3.0)])]
