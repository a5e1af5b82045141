import pytest

from panels.transcript.languages import languages_agree
from panels.transcript.scripts import contradicts_script, language_by_script, script_of

SIMPLIFIED = "我们在夜里开放阅览室，因为白天工作的人要求这样。"
TRADITIONAL = "我們在夜裡開放閱覽室，因為白天工作的人要求這樣。"
JAPANESE = "昼間に働く人々の要望に応えて、夜も閲覧室を開けています。"
KOREAN = "낮에 일하는 사람들이 요청해서 밤에도 열람실을 엽니다."
ARABIC = "فتحنا قاعة القراءة ليلا لأن الذين يعملون نهارا طلبوا ذلك منا منذ زمن طويل."
PERSIAN = "ما سالن مطالعه را شب‌ها باز کردیم چون کسانی که روزها کار می‌کنند چنین می‌خواستند."
URDU = "ہم نے رات کو ریڈنگ روم کھولا کیونکہ دن میں کام کرنے والوں نے اس کی درخواست کی تھی۔"
RUSSIAN = "Мы открыли читальный зал ночью, потому что об этом просили те, кто работает днём."
GREEK = "Ανοίξαμε το αναγνωστήριο τη νύχτα επειδή το ζήτησαν όσοι εργάζονται την ημέρα."
HEBREW = "פתחנו את אולם הקריאה בלילה כי מי שעובד ביום ביקש זאת."
ENGLISH = "We opened the reading room at night because people who work in the day asked for it."


@pytest.mark.parametrize(
    ("text", "script", "language"),
    [
        (SIMPLIFIED, "Hani", "zh-Hans"),
        (TRADITIONAL, "Hani", "zh-Hant"),
        ("大人在中心", "Hani", "zh"),
        (JAPANESE, "Kana", "ja"),
        (KOREAN, "Hang", "ko"),
        (ARABIC, "Arab", "ar"),
        (PERSIAN, "Arab", "fa"),
        (URDU, "Arab", "ur"),
        (GREEK, "Grek", "el"),
        (HEBREW, "Hebr", "he"),
        (RUSSIAN, "Cyrl", ""),
        (ENGLISH, "Latn", ""),
        (f"{SIMPLIFIED} (Reading Room)", "Hani", "zh-Hans"),
        (f"{ENGLISH} 夜里", "Latn", ""),
        ("1, 2, 3 …", "", ""),
        ("", "", ""),
    ],
)
def test_a_script_says_what_language_it_implies(text: str, script: str, language: str) -> None:
    assert (script_of(text), language_by_script(text)) == (script, language)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", SIMPLIFIED),
        ("en", ARABIC),
        ("ja", ENGLISH),
        ("ru", ENGLISH),
        ("zh-Hant", SIMPLIFIED),
        ("zh-CN", TRADITIONAL),
        ("zh", JAPANESE),
        ("sr-Cyrl", ENGLISH),
        ("de", RUSSIAN),
    ],
)
def test_a_language_that_contradicts_the_script_is_found(tag: str, text: str) -> None:
    assert contradicts_script(tag, text)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", ENGLISH),
        ("zh", SIMPLIFIED),
        ("zh-Hans", SIMPLIFIED),
        ("zh-TW", TRADITIONAL),
        ("yue", TRADITIONAL),
        ("sr", ENGLISH),
        ("sr-Cyrl", RUSSIAN),
        ("ja-Latn", ENGLISH),
        ("bg", RUSSIAN),
        ("", SIMPLIFIED),
        ("en", "42"),
        ("tlh", ENGLISH),
    ],
)
def test_a_language_that_may_be_written_so_is_not(tag: str, text: str) -> None:
    assert not contradicts_script(tag, text)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("en", "en-GB", True),
        ("en-GB", "en-US", True),
        ("zh", "zh-Hans", True),
        ("zh-CN", "zh-Hans", True),
        ("zh-TW", "zh-Hans", False),
        ("en", "de", False),
        ("", "de", True),
    ],
)
def test_tags_agree_that_can_be_those_of_one_text(one: str, other: str, *, agree: bool) -> None:
    assert languages_agree(one, other) is languages_agree(other, one) is agree
