import datetime as dt

from panels.formats.markup import publicwhip
from panels.transcript import PanelMember
from tests.formats.plain_values import exchanges_of, unread_of

HEAD = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE publicwhip\n[\n<!ENTITY mdash "&#8212;">\n]>\n'


def test_read_takes_questions_and_replies() -> None:
    transcript = publicwhip.read(
        HEAD + '<publicwhip>\n<source url="https://example.org/wa"/>'
        '<major-heading id="uk.org.publicwhip/wa/2009-10-30.0.mh">Written Answers</major-heading>\n'
        '<minor-heading id="x">Bridges</minor-heading>\n'
        '<ques speakername="Anna Example (Town) (Party)"><p>To ask&mdash;why?</p></ques>\n'
        '<reply speakername="Ben Example" speakeroffice="Minister"><p>Because.</p><table><tr>'
        "<td>a</td><td>1</td></tr>"
        "<tr><td>b</td><td>2</td></tr></table></reply>\n</publicwhip>"
    )

    assert (transcript.title, transcript.date) == ("Written Answers", dt.date(2009, 10, 30))
    assert transcript.source_url == "https://example.org/wa"
    assert transcript.panelists == (
        PanelMember(name="Anna Example (Town) (Party)"),
        PanelMember(name="Ben Example", title="Minister"),
    )
    assert exchanges_of(transcript) == [
        (
            (None, None, "Bridges", None),
            [
                ("Anna Example (Town) (Party)", "Anna Example (Town) (Party)", "To ask—why?", None),
                ("Ben Example", "Ben Example", "Because.\n\na | 1\\\nb | 2", None),
            ],
        ),
    ]


def test_read_leaves_procedure_without_a_name_and_counts_time_from_the_first_speech() -> None:
    transcript = publicwhip.read(
        HEAD + "<publicwhip><minor-heading>Oil\n and Gas</minor-heading>"
        '<speech nospeaker="true" time="unknown"><p class="italic">[Papers]</p></speech>'
        '<speech speakername="Anna Example" time="014:30:00"><p>One <phrase class="d">30 June'
        "</phrase>.</p></speech>\n"
        '<speech speakername="" time="014:31:30"><p>Two.</p></speech>'
        "<division><mplist><mpname>Anna Example</mpname></mplist></division></publicwhip>"
    )

    assert transcript.title == "Oil and Gas"
    assert exchanges_of(transcript) == [
        (
            None,
            [
                (None, None, "[Papers]", None),
                ("Anna Example", "Anna Example", "One 30 June.", 0.0),
                (None, None, "Two.", 90.0),
            ],
        )
    ]
    assert unread_of(transcript) == [(8, "Anna Example", "vote, not spoken")]
