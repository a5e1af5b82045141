"""XML of archives and parliaments that have their own formats, and the faults that once made words of their markup."""

from __future__ import annotations

import datetime as dt

import pytest

from panels.transcript import Transcript
from tests.formats.reading import reads

Spoken = tuple[str | None, float | None, str]


def spoken(transcript: Transcript) -> list[Spoken]:
    """Headings and turns, in order."""
    return [
        (turn.speaker, turn.time, turn.text)
        for exchange in transcript.exchanges
        for turn in (exchange.question, *exchange.answers)
        if turn
    ]


_SPEECH = '<speech id="o/2031-05-04.{}" speakername="{}" time="09:0{}:00"><p>{}</p></speech>'
_IDA, _BEN = (
    _SPEECH.format("1", "Ida Krane", 1, "Nine lamps."),
    _SPEECH.format("2", "Ben Marsh", 3, "What do they cost?"),
)
_HEAD = '<minor-heading id="o/2031-05-04.3">North Electorate: Old Ferry</minor-heading>'


@pytest.mark.parametrize(
    "text",
    [
        f"<debates><major-heading>LAMPS BILL</major-heading>{_HEAD}{_IDA}{_BEN}</debates>",
        f'<?xml version="1.0"?>\n<publicwhip><major-heading>LAMPS BILL</major-heading>{_HEAD}{_IDA}{_BEN}</publicwhip>',
        f"<debates><part><major-heading>LAMPS BILL</major-heading><part>{_HEAD}{_IDA}{_BEN}</part></part></debates>",
    ],
)
def test_debates_under_other_roots(text: str) -> None:
    name, transcript = reads(text)

    assert (name, transcript.title, [person.name for person in transcript.panelists]) == (
        "publicwhip",
        "LAMPS BILL",
        ["Ida Krane", "Ben Marsh"],
    )
    assert spoken(transcript) == [
        (None, None, "North Electorate: Old Ferry"),
        ("Ida Krane", 0.0, "Nine lamps."),
        ("Ben Marsh", 120.0, "What do they cost?"),
    ]


_AKN = (
    '<akomaNtoso><debate><meta><identification source="{made}"><FRBRExpression><FRBRauthor href="{made}" '
    'as="#editor"/>'
    '</FRBRExpression></identification><references source="{made}"><TLCPerson eId="edgar" showAs="Ed Gar"/>'
    '<TLCPerson eId="ida" showAs="Ida Krane"/><TLCPerson eId="ben" showAs="Ben Marsh"/></references></met'
    "a><debateBody>"
    '<debateSection><speech by="#ida"><from>Ida Krane:</from><p>The lamp is out.</p></speech></debateSect'
    "ion></debateBody>"
    "</debate></akomaNtoso>"
)


@pytest.mark.parametrize(
    ("made", "people"),
    [
        ("#edgar", ["Ida Krane", "Ben Marsh"]),
        ("#nobody", ["Ed Gar", "Ida Krane", "Ben Marsh"]),
        ("#ida", ["Ed Gar", "Ida Krane", "Ben Marsh"]),
    ],
)
def test_who_only_made_the_document_takes_no_part(made: str, people: list[str]) -> None:
    transcript = reads(_AKN.format(made=made))[1]

    assert [person.name for person in transcript.panelists] == people


@pytest.mark.parametrize("event", ["kinesic", "vocal", "incident"])
def test_every_event_in_an_utterance_is_set_apart(event: str) -> None:
    one, two, three = (f"<{event}><desc>{word}</desc></{event}>" for word in ("applause", "laughter", "a map"))
    segments = f"<seg>The river {one} is {two} ours.</seg>{three}<seg>Thanks.</seg>"
    text = f'<TEI><text><body><u who="#Ida">{segments}</u></body></text></TEI>'

    words = " ".join(spoken(reads(text)[1])[0][2].split())

    assert words == "The river *(applause)* is *(laughter)* ours. *(a map)* Thanks."


_OHMS = (
    '<?xml version="1.0"?>\n<ROOT xmlns="https://www.weareavp.com/nunncenter/ohms">\n<record id="1" dt="2'
    '031-05-05">\n'
    "<version>5.4</version>\n{date}<title>Interview with Ben Marsh</title>\n<interviewee>Ben Marsh</interviewee>"
    "<interviewer>Ida Krane</interviewer>\n<sync>{sync}</sync>\n<sync_alt></sync_alt>\n{index}<transcript"
    ">{words}</transcript>\n</record></ROOT>"
)
_WORDS = "\nIDA KRANE: Good evening.\n\nBEN MARSH: The lamp is out.\n\nIDA KRANE: Who pays?\n\nBEN MARSH: The town.\n"
_POINT = (
    "<point><time>{}</time><title>{}</title><partial_transcript>{}</partial_transcript><synopsis>On "
    "lamps.</synopsis></point>"
)
_SAID: list[Spoken] = [
    ("Ida Krane", None, "Good evening."),
    ("Ben Marsh", None, "The lamp is out."),
    ("Ida Krane", None, "Who pays?"),
    ("Ben Marsh", None, "The town."),
]


@pytest.mark.parametrize("date", ["", '<date value="2031-05-05" format="yyyy-mm-dd"/>\n', "<date>May 5, 2031</date>\n"])
def test_ohms(date: str) -> None:
    name, transcript = reads(_OHMS.format(date=date, sync="", index="", words=_WORDS))

    assert (name, transcript.title, transcript.date) == ("ohms", "Interview with Ben Marsh", dt.date(2031, 5, 5))
    assert spoken(transcript) == _SAID
    assert [(person.name, person.role) for person in transcript.panelists] == [
        ("Ida Krane", "moderator"),
        ("Ben Marsh", "panelist"),
    ]


def test_the_index_of_ohms_stands_where_the_minutes_say() -> None:
    index = f"<index>{_POINT.format(0, 'Lamps', 'good evening')}{_POINT.format(65, 'Money', 'who pays')}</index>\n"

    transcript = reads(_OHMS.format(date="", sync="1:|6(1)|9(1)", index=index, words=_WORDS))[1]

    assert spoken(transcript) == [(None, None, "Lamps"), *_SAID[:2], (None, None, "Money"), *_SAID[2:]]
    assert sum(1 for item in transcript.unread if item.reason == "a segment of the index") == 2


def test_ohms_without_a_transcript_is_its_index() -> None:
    index = f"<index>{_POINT.format(0, 'Lamps', 'good evening')}{_POINT.format(65, 'Money', 'who pays')}</index>\n"

    transcript = reads(_OHMS.format(date="", sync="", index=index, words=""))[1]

    assert spoken(transcript) == [
        (None, 0.0, "Lamps"),
        (None, 0.0, "good evening"),
        (None, 65.0, "Money"),
        (None, 65.0, "who pays"),
    ]


def test_canadian_hansard() -> None:
    text = (
        '<Hansard xml:lang="EN"><ExtractedInformation><ExtractedItem Name="Date">Monday, May 5, 2031</ExtractedItem>'
        "</ExtractedInformation><HansardBody><Intro><ParaText>The House met.</ParaText></Intro><OrderOfBusiness>"
        "<OrderOfBusinessTitle>Government Orders</OrderOfBusinessTitle><SubjectOfBusiness><SubjectOfBusin"
        "essTitle>Lamps"
        '</SubjectOfBusinessTitle><SubjectOfBusinessContent><Timestamp Hr="11" Mn="05">(1105)</Timestamp>'
        "<FloorLanguage>[English]</FloorLanguage><Intervention><PersonSpeaking><Affiliation>Ms. Ida Krane"
        " (North, Ind.)"
        "</Affiliation>:</PersonSpeaking><Content><ParaText>It is out.</ParaText><ParaText>Who <B>pays</B"
        ">?</ParaText>"
        "</Content></Intervention><Intervention><PersonSpeaking><Affiliation>The Deputy Speaker</Affiliat"
        "ion></PersonSpeaking>"
        '<Content><Timestamp Hr="11" Mn="10"/><ParaText>The town.</ParaText></Content></Intervention>'
        "</SubjectOfBusinessContent></SubjectOfBusiness></OrderOfBusiness></HansardBody></Hansard>"
    )

    name, transcript = reads(text)

    assert (name, transcript.date) == ("hansard-xml", dt.date(2031, 5, 5))
    assert spoken(transcript) == [
        (None, None, "Government Orders"),
        (None, None, "Lamps"),
        ("Ms. Ida Krane", 0.0, "It is out.\n\nWho pays?"),
        ("The Deputy Speaker", 300.0, "The town."),
    ]
    assert transcript.panelists[0].organisation == "North, Ind."


_TALKER = (
    '<talk.start><talker><time.stamp>{}</time.stamp><name role="metadata">{}</name><name role="disp'
    'lay">{}</name></talker>'
)


@pytest.mark.parametrize(
    "words",
    [
        "<para>It is out.</para></talk.start>",
        '</talk.start><talk.text><body><p class="HPS-Normal"><span class="HPS-MemberSpeech">Senator KRANE</span> '
        '(<span class="HPS-Electorate">North</span>) (<span class="HPS-Time">12:01</span>): It is out.</p'
        "></body></talk.text>",
    ],
)
def test_australian_hansard(words: str) -> None:
    ida, ben = (
        _TALKER.format("12:01:00", "Krane, Ida", "Senator KRANE"),
        _TALKER.format("", "Marsh, Ben", "Senator Marsh"),
    )
    text = (
        "<hansard><session.header><date>2031-05-05</date></session.header><chamber.xscript><debate><debateinfo>"
        f"<title>Lamps</title><page.no>5</page.no></debateinfo><speech>{ida}{words}<interjection>{ben}<para>Shame!</para>"
        "</talk.start></interjection></speech></debate></chamber.xscript></hansard>"
    )

    name, transcript = reads(text)

    assert (name, transcript.date) == ("hansard-xml", dt.date(2031, 5, 5))
    assert spoken(transcript) == [
        (None, None, "Lamps"),
        ("Ida Krane", 0.0, "It is out."),
        ("Ben Marsh", None, "Shame!"),
    ]


def test_exmaralda() -> None:
    text = (
        '<basic-transcription><head><speakertable><speaker id="S0"><abbreviation>IDA</abbreviation></spea'
        'ker><speaker id="S1">'
        "<abbreviation>BEN</abbreviation></speaker></speakertable></head><basic-body><common-timeline><tl"
        'i id="T0" time="0.0"/>'
        '<tli id="T1" time="2.5"/><tli id="T2"/><tli id="T3" time="7"/></common-timeline><tier speaker="S'
        '0" type="t"><event start="T0" end="T1">Good '
        '</event><event start="T1" end="T2">evening.</event></tier><tier speaker="S1" type="t"><event sta'
        'rt="T2" end="T3">It is out.</event></tier>'
        '<tier speaker="S1" type="a" category="en"><event start="T2" end="T3">glossed</event></tier></bas'
        "ic-body></basic-transcription>"
    )

    name, transcript = reads(text)

    assert (name, spoken(transcript)) == ("exmaralda", [("IDA", 0.0, "Good evening."), ("BEN", None, "It is out.")])
    assert [item.text for item in transcript.unread] == ["glossed"]


def test_elan() -> None:
    rows = "".join(
        f'<TIER TIER_ID="{tier}" {who}><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="{at}">'
        f"<ANNOTATION_VALUE>{words}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
        for tier, who, at, words in (
            ("B", 'PARTICIPANT="Ben Marsh"', "t2", "It is out."),
            ("Ida", "", "t1", "Good evening."),
            ("gloss", 'PARENT_REF="Ida"', "t1", "glossed"),
        )
    )
    slots = '<TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="2500"/>'
    day = "2031-05-05T10:00:00+01:00"
    text = f'<ANNOTATION_DOCUMENT DATE="{day}"><TIME_ORDER>{slots}</TIME_ORDER>{rows}</ANNOTATION_DOCUMENT>'

    name, transcript = reads(text)

    assert (name, transcript.date) == ("elan", dt.date(2031, 5, 5))
    assert spoken(transcript) == [("Ida", 0.0, "Good evening."), ("Ben Marsh", 2.5, "It is out.")]
    assert [item.text for item in transcript.unread] == ["glossed"]
