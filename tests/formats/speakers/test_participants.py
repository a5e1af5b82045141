"""Lists of people in the head of a text: who is on them, in which role, and that nobody called “Panel” speaks."""

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.transcript import PanelMember, Role, Transcript

TURNS = "\n\nIda Krane: Good evening. Who pays for the oil?\n\nBen Marsh: The town pays.\n\nIda Krane: Thank you.\n"
IDA, BEN, CLEO = (PanelMember(name=name) for name in ("Ida Krane", "Ben Marsh", "Cleo Brandt"))
LEADS = PanelMember(name="Ida Krane", role=Role.MODERATOR)
LISTS = {
    "on one line": ("Panel: Ida Krane (moderator), Ben Marsh, Cleo Brandt", [LEADS, BEN, CLEO]),
    "in bold": ("**Participants:** Ida Krane, Ben Marsh, and Cleo Brandt", [IDA, BEN, CLEO]),
    "two lines": ("Moderator: Ida Krane\nGuests: Ben Marsh & Cleo Brandt", [LEADS, BEN, CLEO]),
    "hosted by": (
        "Hosted by: Ida Krane\nGuest: Ben Marsh",
        [PanelMember(name="Ida Krane", role=Role.HOST), BEN],
    ),
    "a sentence": ("With Ida Krane (chair), Ben Marsh and Cleo Brandt", [LEADS, BEN, CLEO]),
    "items with titles": (
        "Speakers:\n\n- Ida Krane (moderator)\n- Ben Marsh, lamp engineer\n- Cleo Brandt – editor of the Gazette",
        [
            LEADS,
            PanelMember(name="Ben Marsh", title="lamp engineer"),
            PanelMember(name="Cleo Brandt", title="editor of the Gazette"),
        ],
    ),
    "lines with titles": (
        "## Panelists\n\nIda Krane, Harbour Club\nBen Marsh, lamp engineer at Mill Ltd",
        [
            PanelMember(name="Ida Krane", organisation="Harbour Club"),
            PanelMember(name="Ben Marsh", title="lamp engineer at Mill Ltd"),
        ],
    ),
    "semicolons": (
        "Panelists: Ben Marsh, engineer at Mill Ltd; Cleo Brandt, editor\nModerator: Ida Krane, Harbour Club",
        [
            PanelMember(name="Ben Marsh", title="engineer at Mill Ltd"),
            PanelMember(name="Cleo Brandt", title="editor"),
            PanelMember(name="Ida Krane", role=Role.MODERATOR, organisation="Harbour Club"),
        ],
    ),
    "commas within semicolons": (
        "Panel: Ida Krane (moderator), Ben Marsh, mill office; Cleo Brandt, Harbour Club",
        [
            LEADS,
            PanelMember(name="Ben Marsh", title="mill office"),
            PanelMember(name="Cleo Brandt", organisation="Harbour Club"),
        ],
    ),
    "organisations between": (
        "Panel: Ida Krane, Harbour Club, Ben Marsh, Mill Ltd",
        [
            PanelMember(name="Ida Krane", organisation="Harbour Club"),
            PanelMember(name="Ben Marsh", organisation="Mill Ltd"),
        ],
    ),
    "German": ("Moderation: Ida Krane\nTeilnehmer: Ben Marsh, Cleo Brandt", [LEADS, BEN, CLEO]),
    "French": ("Animatrice : Ida Krane\nIntervenants : Ben Marsh et Cleo Brandt", [LEADS, BEN, CLEO]),
    "Spanish": ("Moderadora: Ida Krane\nPonentes: Ben Marsh y Cleo Brandt", [LEADS, BEN, CLEO]),
}
OTHER_SCRIPTS = {
    "Chinese": (
        "主持人：林小雨\n嘉宾：王大山、陈明月（北区专员）\n\n林小雨：大家好。\n\n王大山：谢谢。\n\n林小雨：好。\n",
        [("林小雨", Role.MODERATOR, ""), ("王大山", Role.PANELIST, ""), ("陈明月", Role.PANELIST, "北区专员")],
    ),
    "Chinese, one on a line": (
        "嘉宾：\n王大山 港务局局长\n陈明月 北区专员\n主持人：\n林小雨\n\n"
        "林小雨：大家好。\n王大山：谢谢。\n林小雨：好。\n",
        [
            ("王大山", Role.PANELIST, "港务局局长"),
            ("陈明月", Role.PANELIST, "北区专员"),
            ("林小雨", Role.MODERATOR, ""),
        ],
    ),
    "Chinese, traditional, in bold": (
        "**主持人：** 林小雨\n**與談人：** 王大山與陳明月\n\n"
        "**林小雨：** 大家好。\n\n**王大山：** 謝謝。\n\n**林小雨：** 好。\n",
        [("林小雨", Role.MODERATOR, ""), ("王大山", Role.PANELIST, ""), ("陳明月", Role.PANELIST, "")],
    ),
    "Japanese": (
        "登壇者：山田太郎、鈴木花子\n司会：佐藤一郎\n\n"
        "佐藤一郎：こんばんは。\n\n山田太郎：はい。\n\n佐藤一郎：では。\n",
        [("山田太郎", Role.PANELIST, ""), ("鈴木花子", Role.PANELIST, ""), ("佐藤一郎", Role.MODERATOR, "")],
    ),
    "Russian": (
        "Ведущая: Мира Холт\nУчастники: Осип Лунд, Пётр Ванс\n\n"
        "Мира Холт: Вечер.\n\nОсип Лунд: Да.\n\nМира Холт: Хорошо.\n",
        [("Мира Холт", Role.MODERATOR, ""), ("Осип Лунд", Role.PANELIST, ""), ("Пётр Ванс", Role.PANELIST, "")],
    ),
    "Greek": (
        "Συντονίστρια: Μίρα Χολτ\nΣυμμετέχοντες: Όσρικ Λουντ\n\n"
        "Μίρα Χολτ: Καλησπέρα.\n\nΌσρικ Λουντ: Ναι.\n\nΜίρα Χολτ: Ωραία.\n",
        [("Μίρα Χολτ", Role.MODERATOR, ""), ("Όσρικ Λουντ", Role.PANELIST, "")],
    ),
    "Arabic": (
        "مديرة الجلسة: ميرا هولت\nالمشاركون: أوسريك لوند، بيترا فانس\n\nميرا هولت: مساء الخير.\n\n"
        "أوسريك لوند: نعم.\n\nميرا هولت: شكرا.\n",
        [("ميرا هولت", Role.MODERATOR, ""), ("أوسريك لوند", Role.PANELIST, ""), ("بيترا فانس", Role.PANELIST, "")],
    ),
}
INITIALS = {
    "of a list": "Panel: Ida Krane (moderator), Ben Marsh",
    "in brackets": "Participants:\nIda Krane (IK) – moderator\nBen Marsh (BM) – engineer",
    "as a key": "IK = Ida Krane (moderator)\nBM = Ben Marsh",
    "as a list with colons": "Speakers:\nIK: Ida Krane, moderator\nBM: Ben Marsh",
}


def read(text: str) -> Transcript:
    return registry.read(Source.of(text))


def labels_of(transcript: Transcript) -> list[str | None]:
    return [turn.label for turn in transcript.turns]


@pytest.mark.parametrize("case", LISTS)
def test_people_of_a_list_are_read_with_their_roles(case: str) -> None:
    written, people = LISTS[case]

    transcript = read(f"Lamp evening\n\n{written}{TURNS}")

    assert list(transcript.panelists) == people
    assert labels_of(transcript) == ["Ida Krane", "Ben Marsh", "Ida Krane"]
    assert written.split("\n", 1)[0].strip("#* ").split(":")[0] in transcript.introduction


@pytest.mark.parametrize("case", OTHER_SCRIPTS)
def test_lists_in_other_scripts(case: str) -> None:
    text, people = OTHER_SCRIPTS[case]

    transcript = read(text)

    assert [(one.name, one.role, one.title) for one in transcript.panelists] == people
    assert len(transcript.turns) == len([turn for turn in transcript.turns if turn.speaker])


@pytest.mark.parametrize("case", INITIALS)
def test_initials_of_a_list_are_resolved(case: str) -> None:
    transcript = read(
        f"Lamp evening\n\n{INITIALS[case]}\n\nIK: Who pays for the oil?\n\nBM: The town.\n\nIK: Thanks.\n"
    )

    assert [(one.name, one.role, one.labels) for one in transcript.panelists] == [
        ("Ida Krane", Role.MODERATOR, ("IK",)),
        ("Ben Marsh", Role.PANELIST, ("BM",)),
    ]
    assert [turn.speaker for turn in transcript.turns] == ["Ida Krane", "Ben Marsh", "Ida Krane"]


def test_initials_that_fit_two_or_nobody_are_only_offered() -> None:
    listed = "Panel: Ida Krane, Ivo Kern, Ben Marsh\n\n"
    two = read(f"{listed}IK: Who pays?\n\nBM: The town.\n\nIK: Thanks.\n")
    nobody = read("Panel: Ida Krane, Ben Marsh\n\nIK: Who pays?\n\nTR: The town.\n\nIK: Thanks.\n")

    assert [turn.speaker for turn in two.turns] == ["IK", "BM", "IK"]
    assert [[who.name for who in turn.candidates] for turn in two.turns] == [
        ["Ida Krane", "Ivo Kern"],
        ["Ben Marsh"],
        ["Ida Krane", "Ivo Kern"],
    ]
    assert [turn.speaker for turn in nobody.turns] == ["IK", "TR", "IK"]


LATER = {
    "surname": ("Ida Krane", "Krane", ["Ida Krane"]),
    "given name": ("Ida Krane", "Ida", ["Ida Krane"]),
    "initials": ("Ida Krane", "IK", ["Ida Krane"]),
    "with an organisation": ("Dr. Ida Krane, University of Northpier", "Krane", ["Ida Krane"]),
    "with an office": ("Mayor Ida Krane", "Krane", ["Mayor Ida Krane"]),
    "Cyrillic": ("Анна Петрова", "Петрова", ["Анна Петрова"]),
    "Chinese": ("王大山", "王", []),
    "another name": ("Ida Krane", "Crane", []),
    "a listed name in full": ("Ida Krane", "Ida Krane-Bell", []),
}


@pytest.mark.parametrize("case", LATER)
def test_who_was_named_in_full_before_is_offered_for_a_short_label(case: str) -> None:
    full, short, offered = LATER[case]

    transcript = read(
        f"{full}: Who pays for the oil?\n\nBen Marsh: The town.\n\n{short}: All of it?\n\nBen Marsh: Yes.\n\n"
        f"{short}: Thank you.\n\n{full}: Good night.\n"
    )

    (first, *_rest) = (turn for turn in transcript.turns if turn.label == short)
    assert first.speaker == short
    assert [who.name for who in first.candidates] == offered


def test_of_two_with_one_surname_both_are_offered() -> None:
    transcript = read(
        "Ida Krane: Who pays?\n\nBen Marsh: The town.\n\nKrane: All of it?\n\nTom Krane: Half.\n\nKrane: I see.\n\n"
        "Ben Marsh: Yes.\n\nTom Krane: Yes.\n\nIda Krane: Good night.\n"
    )

    offered = [[who.name for who in turn.candidates] for turn in transcript.turns if turn.label == "Krane"]
    assert offered == [["Ida Krane"], ["Ida Krane", "Tom Krane"]]


def test_roles_that_speak_are_no_lists() -> None:
    transcript = read(
        "Lamp evening\n\n"
        "Moderator: Good evening. Who pays for the oil?\n\nPanel: The town pays half of it, we think.\n\n"
        "Moderator: And the harbour?\n\nPanel: The rest.\n"
    )

    assert labels_of(transcript) == ["Moderator", "Panel", "Moderator", "Panel"]
    assert transcript.panelists == ()


def test_a_role_that_calls_on_somebody_among_turns_is_no_list() -> None:
    transcript = read(
        "主持人：大家好，谁付钱？\n\n王大山：镇上。\n\n主持人：陈明月。\n\n陈明月：港口。\n\n主持人：谢谢大家。\n"
    )

    assert labels_of(transcript) == ["主持人", "王大山", "主持人", "陈明月", "主持人"]


def test_a_sentence_after_a_role_makes_nobody_a_panelist() -> None:
    transcript = read(
        "Ida Krane: Welcome.\n\nSpeaker: Jo Doe, I have a question about the lamps.\n\nBen Marsh: Please.\n\n"
        "Ida Krane: Who else?\n\nBen Marsh: Nobody.\n"
    )

    assert [one.name for one in transcript.panelists] == ["Ida Krane", "Ben Marsh"]


def test_a_name_alone_below_a_list_speaks() -> None:
    transcript = read(
        "Panel:\nIda Krane\nBen Marsh\n\nIda Krane\nGood evening to all.\n\nBen Marsh\nThe lamp is out.\n\n"
        "Ida Krane\nThank you for that.\n\nBen Marsh\nNot at all, my pleasure.\n"
    )

    assert [turn.speaker for turn in transcript.turns] == ["Ida Krane", "Ben Marsh", "Ida Krane", "Ben Marsh"]


def test_lists_of_pages_are_no_turns() -> None:
    transcript = read(
        "<!DOCTYPE html><html><body><h1>Lampenabend</h1><p><b>Gäste:</b></p><ul><li><b>Ida Krane</b>, Imkerin</li>"
        "<li><b>Ben Marsh</b>, Ingenieur</li></ul><p><b>Frage 1: Was ist eine Lampe?</b></p>"
        "<p><b>Ida Krane</b>: Ein Licht.</p><p><b>Ben Marsh</b>: Ein Gefäß.</p>"
        "<p><b>Frage 2: Wer zahlt?</b></p><p><b>Ida Krane</b>: Die Stadt.</p></body></html>"
    )

    assert [(one.name, one.title) for one in transcript.panelists] == [
        ("Ida Krane", "Imkerin"),
        ("Ben Marsh", "Ingenieur"),
    ]
    assert [turn.speaker for exchange in transcript.exchanges for turn in exchange.answers] == [
        "Ida Krane",
        "Ben Marsh",
        "Ida Krane",
    ]
