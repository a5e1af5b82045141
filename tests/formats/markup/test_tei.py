import datetime as dt

from panels.formats.markup import tei
from panels.transcript import PanelMember
from tests.formats.plain_values import exchanges_of, unread_of


def document(body: str, back: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="de"><teiHeader><fileDesc><titleStmt>'
        '<title type="main" xml:lang="en">Corpus</title><title type="main" xml:lang="de">Korpus</title>'
        '<title type="sub" xml:lang="de">2. Sitzung</title></titleStmt></fileDesc><profileDesc><settingDesc>'
        '<setting><date when="1996-06-14">14.6.</date></setting></settingDesc></profileDesc></teiHeader>\n'
        f"<text><body><div>\n{body}\n</div></body>{back}</text></TEI>"
    )


PERSONS = """<back><listPerson><person xml:id="P1"><persName>
<surname>Example</surname><forename>Anna</forename>
<roleName>Dr.</roleName></persName><birth><placeName>Town</placeName></birth></person></listPerson></back>"""


def test_read_takes_names_from_declared_persons_and_sets_interruptions_apart() -> None:
    transcript = tei.read(
        document(
            '<note type="time">Beginn: <time when="1996-06-14T01:31:00">1:31</time>Uhr</note>\n'
            '<note type="speaker">Präsidentin Dr. Anna Example</note>\n'
            '<u who="#P1"><seg>Ich eröffne.<note type="interruption">Abg. Muster: Oh!</note>Danke.</seg>\n'
            "<kinesic><desc>Beifall</desc></kinesic><seg>Weiter.</seg></u>\n"
            "<u><seg>Wer?</seg></u>",
            PERSONS,
        )
    )

    assert (transcript.title, transcript.introduction) == ("Korpus", "2\\. Sitzung")
    assert (transcript.date, transcript.language) == (dt.date(1996, 6, 14), "de")
    assert transcript.panelists == (PanelMember(name="Anna Example", labels=("Präsidentin Dr. Anna Example",)),)
    assert exchanges_of(transcript) == [
        (
            None,
            [
                (
                    "Anna Example",
                    "Anna Example",
                    "Ich eröffne. *(Abg. Muster: Oh!)* Danke.\n\n*(Beifall)*\n\nWeiter.",
                    None,
                ),
                (None, None, "Wer?", None),
            ],
        )
    ]
    assert unread_of(transcript) == [
        (4, "Beginn: 1:31 Uhr", "aside, not spoken"),
        (6, "Präsidentin Dr. Anna Example", "printed labels; the file identifies its speakers"),
        (9, "Example Anna Dr. Town", "details of people, not spoken"),
    ]


def test_read_takes_an_identifier_for_a_name_but_a_number_for_none() -> None:
    transcript = tei.read(
        document(
            '<head>1. točka</head><note type="speaker">DR. ANA PRIMER:</note>'
            '<u who="#PrimerAna"><seg>Hvala.</seg></u>'
            '<note type="speaker">Abgeordneter Muster:</note><u who="korpus.xml#PAD_1"><seg>Ja.</seg></u>'
        )
    )

    assert exchanges_of(transcript) == [
        (
            (None, None, "1\\. točka", None),
            [
                ("DR. ANA PRIMER:", "PrimerAna", "Hvala.", None),
                ("Abgeordneter Muster:", "Abgeordneter Muster", "Ja.", None),
            ],
        )
    ]


def test_read_takes_the_speeches_of_a_play() -> None:
    transcript = tei.read(document('<sp who="#anna"><speaker>Anna.</speaker><p>Oh <hi>no</hi>!</p></sp>'))

    assert exchanges_of(transcript) == [(None, [("Anna.", "anna", "Oh no!", None)])]


def test_read_makes_one_turn_of_nobody_where_nobody_speaks() -> None:
    transcript = tei.read(document("<p>They met.</p><p>They left.</p>"))

    assert exchanges_of(transcript) == [(None, [(None, None, "They met.\n\nThey left.", None)])]
    assert transcript.unread == ()
