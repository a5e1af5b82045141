"""The quote checker's verdicts: a table of quotations, and what it says of each."""

from collections.abc import Iterable

import pytest

from panels.models import Answer, Correction, Event, Speaker
from panels.quoting import EarlierWording, Mark, Verdict, check, read_quotation
from tests.builders import make_answer, make_correction, make_event, make_published, make_question, make_speaker

pytestmark = pytest.mark.django_db

EXACT, CHANGED, NEAR, ABSENT, TOO_SHORT = Verdict

RECORD = {
    "q1-a1": "We kept 212 metres of paper, and nobody asked for it. The reading room, however, stayed open until ten "
    "— even in winter. “Light is the cheapest guard,” my predecessor used to say.",
    "q1-a2": "I don’t think the cellar is dry. In 1990–1995 we lost forty boxes… and nobody wrote down which. "
    "Well-meant repairs made it worse.",
    "q1-a3": "我们先记下老人的声音，再谈修缮。房子可以照原样重建，口音却不能。“灯亮着，人就还在”，我母亲常这样说。",
    "q1-a4": "我们用OCR识别了三千页手稿，错误率大约是百分之四，然后请志愿者逐页核对。The volunteers were paid in cake.",
    "q1-a5": "The roof was mended in 1987, at a cost of 40,000 crowns, by the town itself.",
    "q1-a6": "图书馆的地下室一共有二百一十二米长的文件，没有人要过。",
    "q1-a7": "The plan has **three** parts: *light*, heat and [the ledger](https://example.org/ledger).\n\n"
    "Each part is paid for by another office.",
    "q1-a8": "They laughed [laughter] and went home, all of them, before the vote was even counted.",
}
CORRECTIONS = {
    "q1-a5": "The year was wrong: “1978” stood here, where the minutes say “1987”.",
    "q1-a6": "此处原写作“三百一十二米”，会议记录为“二百一十二米”。",
}

WORD_FOR_WORD = [
    ("We kept 212 metres of paper, and nobody asked for it.", "q1-a1"),
    ("we kept 212 metres of paper", "q1-a1"),
    ("“We kept 212 metres of paper, and nobody asked for it,”", "q1-a1"),
    ("The reading room, however, stayed open until ten - even in winter.", "q1-a1"),
    ("stayed open until ten–even in winter", "q1-a1"),
    ("stayed open until ten--even in winter", "q1-a1"),
    ("'Light is the cheapest guard,' my predecessor used to say", "q1-a1"),
    ("«Light is the cheapest guard,» my predecessor used to say", "q1-a1"),
    ("Light is the cheapest guard, my predecessor used to say", "q1-a1"),
    ("We kept 212 metres of paper ... The reading room, however, stayed open", "q1-a1"),
    ("We kept 212 metres of paper […] stayed open until ten", "q1-a1"),
    ("We kept 212 metres of paper [. . .] stayed open until ten", "q1-a1"),
    ("nobody asked for it. The  reading\n\troom, however", "q1-a1"),
    ("[N]obody asked for it. The reading room", "q1-a1"),
    ("[The library] stayed open until ten", "q1-a1"),
    ("We kept 212 metres [sic] of paper", "q1-a1"),
    ("I don't think the cellar is dry.", "q1-a2"),
    ("I don＇t think the cellar is dry", "q1-a2"),
    ("In 1990-1995 we lost forty boxes and nobody wrote down which", "q1-a2"),
    ("we lost forty boxes... and nobody wrote down which", "q1-a2"),
    ("Ｗｅ ｌｏｓｔ ｆｏｒｔｙ ｂｏｘｅｓ", "q1-a2"),
    ("Well‑meant repairs made it worse", "q1-a2"),
    ("我们先记下老人的声音，再谈修缮。", "q1-a3"),
    ("“我们先记下老人的声音,再谈修缮”", "q1-a3"),
    ("「灯亮着，人就还在」，我母亲常这样说", "q1-a3"),
    ("我们先记下老人的声音……口音却不能", "q1-a3"),
    ("房子可以照原样重建，\n口音却不能", "q1-a3"),
    ("用 OCR 识别了三千页手稿", "q1-a4"),
    ("用ＯＣＲ识别了三千页手稿", "q1-a4"),
    ("然后请志愿者逐页核对。The volunteers were paid in cake", "q1-a4"),
    ("at a cost of 40,000 crowns, by the town itself", "q1-a5"),
    ("The plan has three parts: light, heat and the ledger.", "q1-a7"),
    ("The plan has **three** parts: *light*, heat and [the ledger](https://example.org/ledger)", "q1-a7"),
    ("heat and the ledger. Each part is paid for", "q1-a7"),
    ("They laughed [laughter] and went home", "q1-a8"),
    ("They laughed … and went home", "q1-a8"),
]
CHANGED_SINCE = [
    ("The roof was mended in 1978, at a cost of 40,000 crowns", "q1-a5"),
    ("the roof was mended in 1978", "q1-a5"),
    ("地下室一共有三百一十二米长的文件", "q1-a6"),
]
# What is quoted but not recorded, and what is recorded instead.
NEARLY = [
    ("We kept 200 metres of paper, and nobody asked for it.", "q1-a1", ["200"], ["212"]),
    ("We kept 212 metres of paper and nobody asked for it.", "q1-a1", [], [","]),
    ("We kept 212 metres of old paper, and nobody asked for it", "q1-a1", ["old"], []),
    ("We kept 212 metres, and nobody asked for it", "q1-a1", [], ["of paper"]),
    ("The reading room, However, stayed open until ten", "q1-a1", ["However"], ["however"]),
    ("I do think the cellar is dry", "q1-a2", ["do"], ["don’t"]),
    ("we lost fourty boxes and nobody wrote down which", "q1-a2", ["fourty"], ["forty"]),
    ("我们先录下老人的声音，再谈修缮。", "q1-a3", ["录"], ["记"]),
    ("房子可以照原样重建，口音也不能", "q1-a3", ["也"], ["却"]),
    ("用OCR识别了四千页手稿，错误率大约是百分之四", "q1-a4", ["四"], ["三"]),
    ("The roof was mended in 1987, at a cost of 50,000 crowns", "q1-a5", ["50"], ["40"]),
    ("The roof was mended in 1988, at a cost of 40,000 crowns", "q1-a5", ["1988"], ["1987"]),
    ("You kept 212 metres of paper, and nobody asked for it", "q1-a1", ["You"], ["We"]),
    ("We kept 212 metres of paper … stayed open until nine", "q1-a1", ["nine"], ["ten"]),
]
NOWHERE = [
    "Nobody ever said anything of this kind about lighthouses.",
    "没有人说过灯塔应该漆成红色的话。",
    "The reading room was painted green by its own readers last spring.",
    "winter even ten until open stayed however room reading the",
    "We shall fight for every lamp in every street of this town",
    "A hidden sentence about the canary in the cellar.",
]
NOT_ENOUGH = ["", "paper", "of paper", "…", "[…] [sic]", "灯亮", "“ ”", "*** --- ???"]


@pytest.fixture
def record() -> Event:
    """The record above, each answer by another speaker, and a draft beside it."""
    event = make_published(title="Cellar and Lamp", slug="cellar")
    question = make_question(event)
    for anchor, text in RECORD.items():
        make_answer(question, anchor=anchor, text=text, speaker=make_speaker(f"Speaker of {anchor}", slug=anchor))
    for anchor, note in CORRECTIONS.items():
        make_correction(event, anchor=anchor, note=note)
    make_answer(make_question(make_event()), text="A hidden sentence about the canary in the cellar.")
    return event


def test_the_table_has_at_least_60_cases() -> None:
    assert len(WORD_FOR_WORD) + len(CHANGED_SINCE) + len(NEARLY) + len(NOWHERE) + len(NOT_ENOUGH) >= 60


@pytest.mark.parametrize(("pasted", "anchor"), WORD_FOR_WORD)
def test_word_for_word(pasted: str, anchor: str, record: Event) -> None:
    checked = check(read_quotation(pasted))

    assert checked.verdict is EXACT
    assert [finding.answer.anchor for finding in checked.findings] == [anchor]
    assert {part.mark for part in checked.findings[0].match.parts} <= {Mark.SAME, Mark.AROUND}


@pytest.mark.parametrize(("pasted", "anchor"), CHANGED_SINCE)
def test_changed_since(pasted: str, anchor: str, record: Event) -> None:
    checked = check(read_quotation(pasted))

    assert checked.verdict is CHANGED
    (finding,) = checked.findings
    assert finding.correction == Correction.objects.get(anchor=anchor)
    assert finding.answer.anchor == anchor


@pytest.mark.parametrize(("pasted", "anchor", "removed", "added"), NEARLY)
def test_nearly(pasted: str, anchor: str, removed: list[str], added: list[str], record: Event) -> None:
    checked = check(read_quotation(pasted))

    assert checked.verdict is NEAR
    finding = checked.findings[0]
    assert finding.answer.anchor == anchor
    parts = finding.match.parts
    assert [part.text.strip() for part in parts if part.mark is Mark.REMOVED] == removed
    assert [part.text.strip() for part in parts if part.mark is Mark.ADDED] == added


@pytest.mark.parametrize("pasted", NOWHERE)
def test_not_found(pasted: str, record: Event) -> None:
    assert check(read_quotation(pasted)).verdict is ABSENT


@pytest.mark.parametrize("pasted", NOT_ENOUGH)
def test_too_short(pasted: str, record: Event) -> None:
    assert check(read_quotation(pasted)).verdict is TOO_SHORT


def test_words_of_the_speaker_named(record: Event) -> None:
    quotation = read_quotation("I don’t think the cellar is dry")
    right, wrong = (Speaker.objects.get(slug=slug) for slug in ("q1-a2", "q1-a1"))

    by_right, by_wrong = check(quotation, speaker=right), check(quotation, speaker=wrong)

    assert (by_right.verdict, by_right.elsewhere) == (EXACT, False)
    assert (by_wrong.verdict, by_wrong.elsewhere) == (EXACT, True)
    assert by_wrong.findings[0].answer.speaker == right


def test_words_of_the_event_named(record: Event) -> None:
    quotation = read_quotation("I don’t think the cellar is dry")
    other = make_published()

    assert check(quotation, event=record).elsewhere is False
    assert check(quotation, event=other).elsewhere is True
    assert check(read_quotation(NOWHERE[0]), event=other).elsewhere is False


def test_earlier_wordings_are_asked_where_there_are_any(record: Event) -> None:
    correction = make_correction(record, anchor="q1-a8", note="The ballot has another name now.")

    def earlier(answer: Answer) -> Iterable[EarlierWording]:
        if answer.anchor == "q1-a8":
            yield EarlierWording("They laughed and went home, before the ballots were burnt.", correction)

    checked = check(read_quotation("went home, before the ballots were burnt"), earlier=earlier)

    assert checked.verdict is CHANGED
    assert [(finding.answer.anchor, finding.correction) for finding in checked.findings] == [("q1-a8", correction)]


def test_the_address_leads_to_the_words(record: Event) -> None:
    finding = check(read_quotation("the cellar is dry. In 1990-1995 we lost forty boxes")).findings[0]

    assert finding.address == (
        "/events/cellar/#q1-a2:~:text=the%20cellar%20is%20dry.%20In%201990%E2%80%931995%20we%20lost%20forty%20boxes"
    )


def test_one_sentence_said_twice_is_found_twice(record: Event) -> None:
    make_answer(make_question(make_published()), text="Well, we lost forty boxes, and so did they.")

    assert len(check(read_quotation("we lost forty boxes")).findings) == 2
