import datetime as dt

import pytest

from panels.formats.base import FormatError
from panels.formats.markup import akn
from panels.transcript import PanelMember
from tests.formats.plain_values import exchanges_of, unread_of

HEAD = """<akomaNtoso><debate><meta>
<identification><FRBRWork><FRBRdate date="3000-01-01" name="x"/></FRBRWork></identification>
<references>
<TLCPerson id="甲" href="/p/1" showAs="Anna Example"/><TLCPerson eId="ben" href="/p/2" showAs="Ben Example"/>
<TLCRole id="chair" href="/r/1" showAs="Chair"/>
</references></meta>"""


def debate(body: str) -> str:
    return f"{HEAD}<debateBody>{body}</debateBody></debate></akomaNtoso>"


def test_read_takes_sections_as_exchanges_and_leaves_narratives() -> None:
    transcript = akn.read(
        debate(
            "<debateSection><heading>2019-10-24 A talk</heading>"
            '<speech by="#甲"><p>One <i>two</i>\n three.</p><p/><p>Four.</p></speech>\n'
            "<narrative><p><i>(applause)</i></p></narrative>"
            "<debateSection><heading>Money</heading>"
            '<speech by="#ben"><p>Yes.</p></speech><speech><p>Who?</p></speech></debateSection>'
            "</debateSection>"
        )
    )

    assert (transcript.title, transcript.date) == ("2019-10-24 A talk", dt.date(2019, 10, 24))
    assert transcript.panelists == (PanelMember(name="Anna Example"), PanelMember(name="Ben Example"))
    assert exchanges_of(transcript) == [
        (None, [("Anna Example", "Anna Example", "One *two* three.\n\nFour.", None)]),
        (
            (None, None, "Money", None),
            [("Ben Example", "Ben Example", "Yes.", None), (None, None, "Who?", None)],
        ),
    ]
    assert unread_of(transcript) == [(8, "(applause)", "aside, not spoken")]


def test_read_takes_question_elements_dates_in_print_and_names_only_printed() -> None:
    transcript = akn.read(
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate name="x"><meta/>'
        '<preface><p><docTitle>Questions</docTitle> <docDate date="2013-06-21">21 June'
        "</docDate> held here</p>"
        '</preface><debateBody><questions><heading>Roads</heading><question by="#">'
        "<from>Mr Sample:</from><p>Why?</p></question>"
        '<answer by="/ontology/person/minister"><p>Because.</p></answer></questions>'
        "<adjournment><p>The House rose.</p></adjournment></debateBody></debate></akomaNtoso>"
    )

    assert (transcript.title, transcript.date) == ("Questions", dt.date(2013, 6, 21))
    assert transcript.introduction == "held here"
    assert exchanges_of(transcript) == [
        ((None, None, "Roads", None), []),
        (("Mr Sample:", "Mr Sample", "Why?", None), [("minister", "minister", "Because.", None)]),
    ]
    assert unread_of(transcript) == [(1, "The House rose.", "outside any speech")]


def test_read_keeps_printed_labels_beside_declared_names() -> None:
    transcript = akn.read(
        debate(
            '<debateSection><speech by="#甲" startTime="2013-06-21T09:30:00"><from>The Chair'
            "</from><p>Order.</p>"
            '</speech><speech by="#ben" startTime="2013-06-21T09:31:30"><p>Yes.</p></speech></debateSection>'
        )
    )

    assert exchanges_of(transcript) == [
        (
            None,
            [("Anna Example", "Anna Example", "Order.", 0.0), ("Ben Example", "Ben Example", "Yes.", 90.0)],
        )
    ]
    assert transcript.panelists[0].labels == ("The Chair",)
    assert unread_of(transcript) == [(1, "The Chair", "printed labels; the file identifies its speakers")]


def test_read_makes_one_turn_of_nobody_of_a_debate_without_speeches() -> None:
    transcript = akn.read(debate("<debateSection><narrative><p>They met.</p></narrative></debateSection>"))

    assert exchanges_of(transcript) == [(None, [(None, None, "They met.", None)])]
    assert transcript.unread == ()


def test_read_refuses_broken_xml_with_its_line() -> None:
    with pytest.raises(FormatError) as refusal:
        akn.read("<akomaNtoso>\n<debate>\n</akomaNtoso>")

    assert refusal.value.line == 3
