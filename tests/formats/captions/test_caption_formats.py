"""TTML, SBV, ASS, LRC, captions of YouTube, and the transcript copied from a player's page."""

from __future__ import annotations

import pytest

from tests.formats.reading import exchanges, reads

Spoken = tuple[str | None, float | None, str]


def spoken(text: str) -> tuple[str, list[Spoken]]:
    """The format, and who says what when."""
    name, transcript = reads(text)
    turns = [turn for _, answers in exchanges(transcript) for turn in answers if turn]
    return name, [(speaker, time, words) for _, speaker, time, words in turns]


TWO: list[Spoken] = [("Ida Krane", 1.0, "Good evening, all."), ("Ben Marsh", 4.5, "The lamp is out.")]
NOBODY: list[Spoken] = [(None, 1.0, "Good evening, all. The lamp is out.")]
_TT = '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" {}>{}</tt>'
_AGENTS = (
    '<head><ttm:agent xml:id="a" type="person"><ttm:name type="full">Ida Krane</ttm:name></ttm:agent>'
    '<ttm:agent xml:id="b" type="person"><ttm:name>Ben Marsh</ttm:name></ttm:agent></head>'
)


@pytest.mark.parametrize(
    "text",
    [
        _TT.format("", _AGENTS + '<body><div><p begin="00:00:01.000" end="00:00:03" ttm:agent="a">Good ev'
                                 'ening,<br/>all.</p>'
                   '<p begin="00:00:04.500" dur="2s" ttm:agent="b">The lamp is out.</p></div></body>'),
        _TT.format("", _AGENTS + '<body><div ttm:agent="a"><p begin="1s" end="3s">Good <span>evening,</sp'
                                 'an> all.</p></div>'
                   '<div ttm:agent="b"><p begin="4500ms" end="6s">The lamp\n   is out.</p></div></body>'),
        _TT.format('xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:tickRate="10000000"', _AGENTS +
                   '<body><div><p begin="10000000t" end="30000000t"><span ttm:agent="a">Good evening, all.</span></p>'
                   '<p begin="45000000t" end="60000000t"><span ttm:agent="b">The lamp is out.</span></p><'
                   '/div></body>'),
        _TT.format('xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="24"', _AGENTS +
                   '<body begin="1s"><div><p begin="0f" end="2s" ttm:agent="a">Good evening, all.</p>'
                   '<p begin="00:00:03:12" end="6s" ttm:agent="b">The lamp is out.</p></div></body>'),
        _TT.format("", '<body><div><p begin="00:00:01.0" end="00:00:03.0">Ida Krane: Good evening, all.</p>'
                   '<p begin="00:00:04.5" end="00:00:06.0">Ben Marsh: The lamp is out.</p></div></body>'),
    ],
)  # fmt: skip
def test_ttml(text: str) -> None:
    assert spoken(text) == ("ttml", TWO)


def test_ttml_without_agents_names_nobody() -> None:
    text = _TT.format('xml:lang="en"', '<body><div><p begin="1s" end="3s">Good evening, all.</p>'
                      '<p begin="4s" end="6s">The lamp is out.</p></div></body>')  # fmt: skip

    assert spoken(text) == ("ttml", NOBODY)


@pytest.mark.parametrize(
    "text",
    [
        "0:00:01.000,0:00:03.000\nIda Krane: Good evening,\nall.\n\n0:00:04.500,0:00:06.000\nBen Marsh: T"
        "he lamp is out.\n",
        "00:00:01.00,00:00:03.00\nIda Krane: Good evening,[br]all.\n\n00:00:04.50,00:00:06.00\nBen Marsh:"
        " The lamp is out.\n",
        "[INFORMATION]\n[TITLE]Lamps\n[END INFORMATION]\n[SUBTITLE]\n00:00:01.00,00:00:03.00\nIda Krane: "
        "Good evening, all.\n\n"
        "00:00:04.50,00:00:06.00\nBen Marsh: The lamp is out.\n",
    ],
)
def test_sbv(text: str) -> None:
    assert spoken(text) == ("sbv", TWO)


def test_numbers_with_commas_are_no_sbv() -> None:
    assert spoken("Ida: 1,2 and 3.\n\nBen: 4,5.\n\nIda: 6.\n")[0] == "name-colon"


_ASS = "[Script Info]\nTitle: Lamps\n\n[V4+ Styles]\nStyle: Default,Arial\n\n[Events]\n"
_ORDER = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{_ASS}{_ORDER}Dialogue: 0,0:00:01.00,0:00:03.00,Default,Ida Krane,0,0,0,,Good evening,\\Nall.\n"
        "Dialogue: 0,0:00:04.50,0:00:06.00,Default,Ben Marsh,0,0,0,,The {\\i1}lamp{\\i0} is out.\n",
        f"{_ASS}{_ORDER}Dialogue: 0,0:00:04.50,0:00:06.00,Default,Ben Marsh,0,0,0,,The lamp is out.\n"
        "Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not said\n"
        "Dialogue: 0,0:00:01.00,0:00:03.00,Default,Ida Krane,0,0,0,,Good evening, all.\n",
        f"{_ASS}Format: Start, End, Actor, Text\nDialogue: 0:00:01.00,0:00:03.00,Ida Krane,Good evening, all.\n"
        "Dialogue: 0:00:04.50,0:00:06.00,Ben Marsh,The lamp is out.\n",
        f"{_ASS}{_ORDER}Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,Ida Krane: Good evening, all.\n"
        "Dialogue: 0,0:00:04.50,0:00:06.00,Default,,0,0,0,,Ben Marsh: The lamp is out.\n",
    ],
)
def test_ass(text: str) -> None:
    assert spoken(text) == ("ass", TWO)


def test_ass_without_names_is_one_turn_and_drawings_are_no_words() -> None:
    rows = ("Good evening, all.", "{\\p1}m 0 0 l 100 0{\\p0}", "The lamp is out.")
    text = _ASS + _ORDER + "".join(f"Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{row}\n" for row in rows)

    assert spoken(text) == ("ass", NOBODY)


@pytest.mark.parametrize(
    "text",
    [
        "[ti:Lamps]\n[ar:Club]\n[00:01.00]Good evening, all.\n[00:04.50]The lamp is out.\n",
        "[00:01.00] <00:01.00> Good <00:01.40> evening, <00:01.90> all.\n[00:04.50] <00:04.50> The lamp <"
        "00:05.00> is out.\n",
        "[00:04.50]The lamp is out.\n[00:01.00]Good evening, all.\n",
    ],
)
def test_lrc(text: str) -> None:
    assert spoken(text) == ("lrc", NOBODY)


def test_times_in_brackets_before_names_are_no_lrc() -> None:
    text = "[00:00:01] Ida: Hello.\n\n[00:00:04] Ben: Hello.\n\n[00:00:09] Ida: Bye.\n"

    assert spoken(text) == ("irc-log", [("Ida", 0.0, "Hello."), ("Ben", 3.0, "Hello."), ("Ida", 8.0, "Bye.")])


@pytest.mark.parametrize(
    "text",
    [
        '<timedtext format="3"><head><ws id="0"/></head><body><w t="0" id="1"/><p t="1000" d="2000" w="1"><s>Good</s>'
        '<s t="300"> evening, all.</s></p><p t="3000" d="10" w="1" a="1">\n</p><p t="4500" d="1500">The l'
        'amp is out.</p></body></timedtext>',
        '<?xml version="1.0"?><transcript><text start="1" dur="2">Good evening, all.</text><text start="4'
        '.5" dur="1.5">The lamp is out.</text></transcript>',
        '<timedtext><text t="1000" d="2000">Good evening, all.</text><text t="4500" d="1500">The lamp is '
        'out.</text></timedtext>',
        '{"wireMagic":"pb3","events":[{"tStartMs":0,"id":1},{"tStartMs":1000,"dDurationMs":2000,"segs":[{'
        '"utf8":"Good"},'
        '{"utf8":" evening, all.","tOffsetMs":300}]},{"tStartMs":3000,"aAppend":1,"segs":[{"utf8":"\\n"}]},'
        '{"tStartMs":4500,"dDurationMs":1500,"segs":[{"utf8":"The lamp is out."}]}]}',
    ],
)  # fmt: skip
def test_youtube(text: str) -> None:
    assert spoken(text) == ("youtube", NOBODY)


def test_youtube_escapes_twice() -> None:
    text = '<transcript><text start="1" dur="2">it&amp;#39;s a &amp;quot;lamp&amp;quot;</text></transcript>'

    assert spoken(text) == ("youtube", [(None, 1.0, 'it\'s a "lamp"')])


@pytest.mark.parametrize(
    "text",
    [
        "0:00\ngood evening\n0:41\nthe lamp is out\n1:22\nwho pays\n",
        "Transcript\n0:00\n0 seconds\ngood evening\n0:41\n41 seconds\nthe lamp is out\n1:22\n1 minute, 22"
        " seconds\nwho pays\n"
        "English (auto-generated)\n",
        "0:00\ngood evening\n\n0:41\nthe lamp\nis out\n\n1:22\nwho pays\n",
    ],
)
def test_a_transcript_copied_from_a_player_keeps_each_passage(text: str) -> None:
    expected = [(None, 0.0, "good evening"), (None, 41.0, "the lamp is out"), (None, 82.0, "who pays")]

    assert spoken(text) == ("transcript-panel", expected)


def test_a_transcript_copied_from_a_player_in_chinese() -> None:
    expected = [(None, 0.0, "大家晚上好"), (None, 41.0, "灯又坏了谁来修"), (None, 3682.0, "谁来付钱")]

    assert spoken("0:00\n大家晚上好\n0:41\n灯又坏了\n谁来修\n1:01:22\n谁来付钱\n") == ("transcript-panel", expected)


def test_chapters_of_a_player_are_headings() -> None:
    transcript = reads(
        "Chapter 1: Lamps\n0:00\ngood evening\n0:41\nthe lamp is out\nChapter 2: Money\n1:22\nwho pays\n"
    )[1]

    assert [exchange.question.text for exchange in transcript.exchanges if exchange.question] == [
        "Chapter 1: Lamps",
        "Chapter 2: Money",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Krane\n0:00\nGood evening.\n\nBen Marsh\n0:41\nThe lamp is out.\n\nIda Krane\n1:22\nWho pays"
        "?\n\nBen Marsh\n1:30\nThe town.\n",
        "0:00 Ida Krane\nGood evening.\n\n0:41 Ben Marsh\nThe lamp is out.\n\n1:22 Ida Krane\nWho pays?\n"
        "\n1:30 Ben Marsh\nThe town.\n",
    ],
)
def test_names_with_times_are_no_player(text: str) -> None:
    expected = [
        ("Ida Krane", 0.0, "Good evening."),
        ("Ben Marsh", 41.0, "The lamp is out."),
        ("Ida Krane", 82.0, "Who pays?"),
        ("Ben Marsh", 90.0, "The town."),
    ]

    assert spoken(text) == ("name-time", expected)
