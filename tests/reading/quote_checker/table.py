"""A record, and what the quote checker says of quotations of it: one table."""

from dataclasses import dataclass

from panels.reading.quote_checker import Verdict

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
    "q1-a9": "We open the windows at six, and close them when the last reader goes.",
    "q1-a8": "They laughed [laughter] and went home, all of them, before the vote was even counted.",
}
CORRECTIONS = {
    "q1-a5": "The year was wrong: “1978” stood here, where the minutes say “1987”.",
    "q1-a6": "此处原写作“三百一十二米”，会议记录为“二百一十二米”。",
}
# What stood at an answer until it was changed, with a correction that does not repeat it.
FORMERLY = {
    "q1-a9": "We opened the windows at six, and closed them when the last reader went.",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What is pasted, the verdict, and where it is found. In a near quotation: what is quoted but not recorded, and
    what is recorded instead.
    """

    verdict: Verdict
    pasted: str
    anchor: str = ""
    quoted: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()


TABLE = (
    Case(EXACT, "We kept 212 metres of paper, and nobody asked for it.", "q1-a1"),
    Case(EXACT, "we kept 212 metres of paper", "q1-a1"),
    Case(EXACT, "“We kept 212 metres of paper, and nobody asked for it,”", "q1-a1"),
    Case(EXACT, "The reading room, however, stayed open until ten - even in winter.", "q1-a1"),
    Case(EXACT, "stayed open until ten–even in winter", "q1-a1"),
    Case(EXACT, "stayed open until ten--even in winter", "q1-a1"),
    Case(EXACT, "'Light is the cheapest guard,' my predecessor used to say", "q1-a1"),
    Case(EXACT, "«Light is the cheapest guard,» my predecessor used to say", "q1-a1"),
    Case(EXACT, "Light is the cheapest guard, my predecessor used to say", "q1-a1"),
    Case(EXACT, "We kept 212 metres of paper ... The reading room, however, stayed open", "q1-a1"),
    Case(EXACT, "We kept 212 metres of paper […] stayed open until ten", "q1-a1"),
    Case(EXACT, "We kept 212 metres of paper [. . .] stayed open until ten", "q1-a1"),
    Case(EXACT, "nobody asked for it. The  reading\n\troom, however", "q1-a1"),
    Case(EXACT, "[N]obody asked for it. The reading room", "q1-a1"),
    Case(EXACT, "[The library] stayed open until ten", "q1-a1"),
    Case(EXACT, "We kept 212 metres [sic] of paper", "q1-a1"),
    Case(EXACT, "I don't think the cellar is dry.", "q1-a2"),
    Case(EXACT, "I don＇t think the cellar is dry", "q1-a2"),
    Case(EXACT, "In 1990-1995 we lost forty boxes and nobody wrote down which", "q1-a2"),
    Case(EXACT, "we lost forty boxes... and nobody wrote down which", "q1-a2"),
    Case(EXACT, "Ｗｅ ｌｏｓｔ ｆｏｒｔｙ ｂｏｘｅｓ", "q1-a2"),
    Case(EXACT, "Well‑meant repairs made it worse", "q1-a2"),
    Case(EXACT, "我们先记下老人的声音，再谈修缮。", "q1-a3"),
    Case(EXACT, "“我们先记下老人的声音,再谈修缮”", "q1-a3"),
    Case(EXACT, "「灯亮着，人就还在」，我母亲常这样说", "q1-a3"),
    Case(EXACT, "我们先记下老人的声音……口音却不能", "q1-a3"),
    Case(EXACT, "房子可以照原样重建，\n口音却不能", "q1-a3"),
    Case(EXACT, "用 OCR 识别了三千页手稿", "q1-a4"),
    Case(EXACT, "用ＯＣＲ识别了三千页手稿", "q1-a4"),
    Case(EXACT, "然后请志愿者逐页核对。The volunteers were paid in cake", "q1-a4"),
    Case(EXACT, "at a cost of 40,000 crowns, by the town itself", "q1-a5"),
    Case(EXACT, "The plan has three parts: light, heat and the ledger.", "q1-a7"),
    Case(EXACT, "The plan has **three** parts: *light*, heat and [the ledger](https://example.org/ledger)", "q1-a7"),
    Case(EXACT, "heat and the ledger. Each part is paid for", "q1-a7"),
    Case(EXACT, "They laughed [laughter] and went home", "q1-a8"),
    Case(EXACT, "They laughed … and went home", "q1-a8"),
    Case(CHANGED, "The roof was mended in 1978, at a cost of 40,000 crowns", "q1-a5"),
    Case(CHANGED, "the roof was mended in 1978", "q1-a5"),
    Case(CHANGED, "地下室一共有三百一十二米长的文件", "q1-a6"),
    Case(CHANGED, "mended in 1978, at a cost of 40,000 crowns, by the town itself", "q1-a5"),
    Case(CHANGED, "图书馆的地下室一共有三百一十二米长的文件，没有人要过。", "q1-a6"),
    Case(CHANGED, "We opened the windows at six, and closed them when the last reader went.", "q1-a9"),
    Case(CHANGED, "closed them when the last reader went", "q1-a9"),
    Case(NEAR, "We kept 200 metres of paper, and nobody asked for it.", "q1-a1", ("200",), ("212",)),
    Case(NEAR, "We kept 212 metres of paper and nobody asked for it.", "q1-a1", (), (",",)),
    Case(NEAR, "We kept 212 metres of old paper, and nobody asked for it", "q1-a1", ("old",), ()),
    Case(NEAR, "We kept 212 metres, and nobody asked for it", "q1-a1", (), ("of paper",)),
    Case(NEAR, "The reading room, However, stayed open until ten", "q1-a1", ("However",), ("however",)),
    Case(NEAR, "I do think the cellar is dry", "q1-a2", ("do",), ("don’t",)),
    Case(NEAR, "we lost fourty boxes and nobody wrote down which", "q1-a2", ("fourty",), ("forty",)),
    Case(NEAR, "我们先录下老人的声音，再谈修缮。", "q1-a3", ("录",), ("记",)),
    Case(NEAR, "房子可以照原样重建，口音也不能", "q1-a3", ("也",), ("却",)),
    Case(NEAR, "用OCR识别了四千页手稿，错误率大约是百分之四", "q1-a4", ("四",), ("三",)),
    Case(NEAR, "The roof was mended in 1987, at a cost of 50,000 crowns", "q1-a5", ("50",), ("40",)),
    Case(NEAR, "The roof was mended in 1988, at a cost of 40,000 crowns", "q1-a5", ("1988",), ("1987",)),
    Case(NEAR, "You kept 212 metres of paper, and nobody asked for it", "q1-a1", ("You",), ("We",)),
    Case(NEAR, "We kept 212 metres of paper … stayed open until nine", "q1-a1", ("nine",), ("ten",)),
    Case(
        NEAR,
        "They laughed and went home, all of them, after the vote was even counted",
        "q1-a8",
        ("after",),
        ("laughter", "before"),
    ),
    Case(NEAR, "We close the windows at six, and close them when the last reader goes", "q1-a9", ("close",), ("open",)),
    Case(ABSENT, "Nobody ever said anything of this kind about lighthouses."),
    Case(ABSENT, "没有人说过灯塔应该漆成红色的话。"),
    Case(ABSENT, "The reading room was painted green by its own readers last spring."),
    Case(ABSENT, "winter even ten until open stayed however room reading the"),
    Case(ABSENT, "We shall fight for every lamp in every street of this town"),
    Case(ABSENT, "A hidden sentence about the canary in the cellar."),
    Case(ABSENT, "图书馆明年要搬到河的另一边去，书先用船运。"),
    Case(ABSENT, "Forty dogs and nobody’s uncle were asleep behind the organ"),
    Case(TOO_SHORT, ""),
    Case(TOO_SHORT, "paper"),
    Case(TOO_SHORT, "of paper"),
    Case(TOO_SHORT, "…"),
    Case(TOO_SHORT, "[…] [sic]"),
    Case(TOO_SHORT, "灯亮"),
    Case(TOO_SHORT, "“ ”"),
    Case(TOO_SHORT, "*** --- ???"),
)
