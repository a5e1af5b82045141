import pytest

from tests.formats.reading import exchanges, reads

TEXT = """---
title: {title}
---

Hello.

### Who are you?

I am Ada.

### What do you use?

A pencil.

> A pencil!

### And what would you like

An engine.

[pen]: https://example.org
"""


@pytest.mark.parametrize(
    ("title", "guest"),
    [
        ('Ada "Countess" Byron', "Ada Byron"),
        ("An interview with ada byron", "ada byron"),
        ("What I learned of engines", None),
    ],
)
def test_the_guest_is_whom_the_title_names(title: str, guest: str | None) -> None:
    found, transcript = reads(TEXT.format(title=title))

    assert (found, transcript.introduction, exchanges(transcript)) == (
        "interview",
        "Hello.",
        [
            ((None, None, None, "Who are you?"), [(None, guest, None, "I am Ada.")]),
            ((None, None, None, "What do you use?"), [(None, guest, None, "A pencil.\n\n> A pencil!")]),
            ((None, None, None, "And what would you like"), [(None, guest, None, "An engine.")]),
        ],
    )
