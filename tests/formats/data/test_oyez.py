import json

from panels.formats.data import oyez
from panels.transcript import PanelMember
from tests.formats.plain_values import exchanges_of, unread_of


def test_read_takes_turns_with_and_without_a_speaker() -> None:
    anna = {"name": "Anna Example", "roles": [{"role_title": "Chief Justice"}]}
    turns = [
        {"start": 0, "speaker": anna, "text_blocks": [{"text": "One."}, {"text": "Two."}]},
        {"start": 12.5, "speaker": None, "text_blocks": [{"text": "Laughter."}]},
        {"start": 13, "speaker": anna, "text_blocks": []},
    ]

    transcript = oyez.read(
        json.dumps({"transcript": {"title": "A v. B - June 1, 2001", "sections": [{"turns": turns}]}})
    )

    assert (transcript.title, str(transcript.date)) == ("A v. B - June 1, 2001", "2001-06-01")
    assert transcript.panelists == (PanelMember(name="Anna Example", title="Chief Justice"),)
    assert exchanges_of(transcript) == [
        (None, [("Anna Example", "Anna Example", "One.\n\nTwo.", 0.0), (None, None, "Laughter.", 12.5)])
    ]


def test_read_says_that_a_case_has_no_transcript() -> None:
    transcript = oyez.read(json.dumps({"name": "A v. B", "href": "https://api.oyez.org/x", "transcript": None}))

    assert (transcript.title, transcript.exchanges) == ("A v. B", ())
    assert unread_of(transcript) == [(1, "", "the case has no transcript")]
