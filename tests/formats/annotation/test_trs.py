import pytest

from panels.formats.annotation import trs
from panels.transcript import PanelMember
from tests.formats.plain_values import exchanges_of, unread_of

RADIO = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans audio_filename="talk" xml:lang="fr">
<Topics><Topic id="to1" desc="Opening"/></Topics>
<Speakers><Speaker id="spk1" name="Anna  Example"/><Speaker id="spk2" name="Ben Example"/></Speakers>
<Episode program="Radio" air_date="2004-05-24"><Section type="report" topic="to1">
<Turn speaker="spk1" startTime="0" endTime="2.5"><Sync time="0.5"/>
Hello <Event desc="rire" type="noise"/> there
<Sync time="1.2"/>
friends<Comment desc="unsure"/>
</Turn>
<Turn startTime="2.5" endTime="3"><Sync time="2.5"/>

</Turn>
<Turn speaker="spk1 spk2" startTime="3" endTime="5"><Sync time="3"/><Who nb="1"/>yes<Who nb="2"/>no</Turn>
<Turn startTime="5" endTime="6"><Sync time="5"/>who am I</Turn>
</Section></Episode></Trans>
"""


def test_read_parts_voices_that_speak_at_once_and_drops_silence() -> None:
    transcript = trs.read(RADIO)

    assert (transcript.title, transcript.programme, transcript.language) == ("talk", "Radio", "fr")
    assert transcript.panelists == (PanelMember(name="Anna Example"), PanelMember(name="Ben Example"))
    assert exchanges_of(transcript) == [
        (
            (None, None, "Opening", None),
            [
                ("Anna Example", "Anna Example", "Hello there friends", 0.5),
                ("Anna Example", "Anna Example", "yes", 3.0),
                ("Ben Example", "Ben Example", "no", 3.0),
                (None, None, "who am I", 5.0),
            ],
        )
    ]
    assert unread_of(transcript) == [(10, "unsure", "a transcriber's comment")]


@pytest.mark.parametrize("number", ["x", "", "0", "-7", "1.5", "9" * 5000])
def test_read_takes_a_voice_without_a_right_number_for_the_first(number: str) -> None:
    transcript = trs.read(RADIO.replace('nb="1"', f'nb="{number}"'))

    assert [answer.speaker for answer in transcript.exchanges[0].answers][1] == "Anna Example"
