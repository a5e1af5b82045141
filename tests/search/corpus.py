"""Some sessions to search in: English, Chinese, mixed, and a few other scripts. Nobody in them is real."""

from panels.models import Event, Speaker
from tests.builders import make_answer, make_event, make_panelist, make_published, make_question, make_speaker


def store() -> None:
    """All published but the last, which is a draft."""
    ada = make_speaker("Ada Example", slug="ada-example")
    renee = make_speaker("Renée Sample-Dupont", slug="renee-sample")
    zhang = make_speaker("Zhang San", original_name="张三", slug="zhang-san")
    board = make_speaker("The Reading Board", kind="organisation", slug="reading-board")
    _library(ada, renee)
    _archive(ada, zhang)
    _chinese(zhang, board)
    _others(renee)
    _hidden(ada)


def _library(ada: Speaker, renee: Speaker) -> None:
    event = make_published(
        title="The library round table", slug="library", date="2019-05-04", programme="Town evenings",
        introduction="An evening about *opening hours*.", language="en",
    )  # fmt: skip
    event.tags.add("Libraries")
    for speaker in (ada, renee):
        make_panelist(event, speaker=speaker)
    opening = make_question(event, text="Should libraries open on Sundays?", asked_by=renee)
    first = make_answer(
        opening, speaker=ada, text="Yes. The library was opened on Sundays in 1998, and readers came running."
    )
    first.tags.add("Opening hours")
    make_answer(opening, speaker=renee, text="I don’t agree: the **café** next door closes, and nobody cleans.")
    make_answer(opening, attribution="unknown", text="Volunteers could open it. In the minutes of 1998 they did.")
    money = make_question(event, text="Who pays for the reading room?")
    money.tags.add("Money")
    make_answer(
        money, speaker=ada, text="The town pays half. The other half is paid by [readers](https://example.org/pay)."
    )
    make_answer(money, speaker=renee, text="Half of what? The minutes say nothing; I looked in all of the minutes.")


def _archive(ada: Speaker, zhang: Speaker) -> None:
    event = make_published(
        title="Archives and AI", slug="archives", date="2020-04-10", introduction="", language="en-GB",
    )  # fmt: skip
    event.tags.add("Archives")
    for speaker in (ada, zhang):
        make_panelist(event, speaker=speaker)
    question = make_question(event, text="Can a machine read old handwriting?")
    make_answer(question, speaker=zhang, text="It reads 90% of the letters. We call the rest “noise”, e.g. ink-blots.")
    make_answer(question, speaker=ada, text="Machine reading is not reading. A naïve reader says: the machine reads.")
    second = make_question(event, text="And Chinese sources, such as 地方志?")
    make_answer(
        second,
        speaker=zhang,
        text="地方志 (local gazetteers) are a treasure: the Ｇａｚｅｔｔｅｅｒ of 1644 is read by AI every night.",
    )
    make_answer(
        second, speaker=ada, text="Transcripts first. Transcription, transcribing, transcribed: all of it by hand."
    )


def _chinese(zhang: Speaker, board: Speaker) -> None:
    event = make_published(
        title="城市档案与图书馆", slug="chengshi", date="2020-11-20", introduction="关于公共记录的圆桌讨论。",
        language="zh-Hans",
    )  # fmt: skip
    event.tags.add("Archives", "图书馆")
    for speaker in (zhang, board):
        make_panelist(event, speaker=speaker)
    question = make_question(event, text="图书馆为什么要保存会议记录？")
    make_answer(question, speaker=zhang, text="会议记录是城市的记忆。没有记录，就没有历史。")
    make_answer(question, speaker=board, text="读者需要开放的图书馆。AI时代也一样，档案馆和图书馆应当合作。")
    make_answer(question, attribution="unknown", text="我同意：1998年的记录已经不见了。")


def _others(renee: Speaker) -> None:
    event = make_published(title="Other tongues", slug="tongues", date=None, language="mul")
    make_panelist(event, speaker=renee)
    question = make_question(event, text="What is a library called elsewhere?")
    make_answer(question, speaker=renee, text="Bibliothèque à Montréal; Bücherei, or Straße der Bücher.")
    make_answer(question, speaker=renee, text="図書館で本をよむ。東京タワーのとなり。")
    make_answer(question, speaker=renee, text="Библиотека в Москве, и ΒΙΒΛΙΟΘΉΚΗ στην Ελλάς.")
    make_answer(question, speaker=renee, text="المكتبة العامة مفتوحة")
    make_answer(question, speaker=renee, text="도서관은 열려 있다 🙂📚good")


def _hidden(ada: Speaker) -> None:
    event: Event = make_event(title="A draft on libraries", slug="draft", date="2020-01-01")
    make_panelist(event, speaker=ada)
    make_answer(make_question(event, text="Hidden library minutes?"), speaker=ada, text="The library 图书馆 is hidden.")
