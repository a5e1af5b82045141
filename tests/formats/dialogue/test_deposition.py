"""What a deposition says beside the words; who says what is in `samples/who_says_it.txt`."""

from panels.formats import registry
from panels.formats.base import Source

HEAD = """                 IN THE COURT OF EXAMPLE COUNTY
                    DEPOSITION OF BEN MARSH
                          May 5, 2031

"""
ROWS = ["BY MS. KRANE:", "  Q.   Your name?", "  A.   Ben Marsh.", "  Q.   Since when?", "  A.   Since Monday."]
TEXT = HEAD + "\n".join(f"{number:3}  {row}" for number, row in enumerate(ROWS, 1)) + "\n"


def test_the_head_gives_title_and_date() -> None:
    transcript = registry.read(Source.of(TEXT))

    assert (transcript.title, str(transcript.date)) == ("DEPOSITION OF BEN MARSH", "2031-05-05")
    assert transcript.introduction == "IN THE COURT OF EXAMPLE COUNTY\nMay 5, 2031"


def test_everything_beside_the_words_is_listed() -> None:
    aside = "\n  6       (Recess.)\n  7             CERTIFICATE\n  8  I, Jane Doe, certify this.\n"

    transcript = registry.read(Source.of(TEXT.rstrip() + aside))

    assert [(item.line, item.text, item.reason) for item in transcript.unread] == [
        (5, "BY MS. KRANE:", "says who asks the questions that follow"),
        (10, "(Recess.)", "aside, not spoken"),
        (11, "CERTIFICATE", "part of the page, not spoken"),
        (12, "I, Jane Doe, certify this.", "part of the page, not spoken"),
    ]


def test_words_in_brackets_within_a_line_are_spoken() -> None:
    text = TEXT.replace("Since Monday.", "(By phone) Since Monday.").replace("Since when?", "[sic] Since when?")

    assert [turn.text for turn in registry.read(Source.of(text)).turns][2:] == [
        "[sic] Since when?",
        "(By phone) Since Monday.",
    ]
