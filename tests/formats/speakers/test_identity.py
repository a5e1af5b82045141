"""Which names say who somebody is in any session, and which are only labels of the session that they stand in."""

import pytest

from panels.formats.speakers.identity import identifies

PEOPLE = (
    """
    Ida Krane - Example|簡大偉
    Ida Krane|Dr. Ana Pinto|Senator Ana Pinto|Mrs Jane Doe|IDA KRANE|PINTO, Ana|Krane, Ida|Ida M. Krane
    J. R. Marsh|J.R. Marsh|I.M. Krane|Jean-Luc Example|Ida van der Krane|Ludwig von Example-Krane
    Ana Pinto, Example Ltd|Ida Krane, PhD|Ben Marsh Jr.|Prof. Dr. Ida Krane|Ida Krane (External)
    **Ida Krane**|Ida Krane (IK)|@Ida Krane|Audience member (Ida Krane)|Lord Marsh of Exampleton
    María José Pinto|José Ortega y Ejemplo|Stephen Prince|Ida Ma|Al Marsh|Sarah Porter|Bank of Exampleton
    Exampleton Public Library|Ida O’Krane|Ed Li|Ásta Jónsdóttir|Иван Примеров|И. И. Примеров
    Доктор Анна Примерова|Άννα Παραδείγματος|محمد المثالي|עדה קריין|Ida Krane 2|Nguyễn Văn Mẫu|张三|王大山
    欧阳明|张三教授|王大山组长|约翰·史密斯|中国示例银行|李 小明|佐藤健|田中太郎|佐藤 健さん|ジョン・スミス
    김민수|김민수 교수|김 민수|Ida Krane-Marsh|Mx Ida Krane|Baroness Ida Krane|Dame Ida Krane|Sir Ben Marsh
    Ruth Bader Example|Zhang San|陈明生
""".strip()
    .replace("\n    ", "|")
    .split("|")
)
LABELS = (
    """
    Ida - Example|Ida – Example Ltd
    A|Q|1|PW|JW|J.W.|M|MvdW|Ida|James|Plato|ida_krane42|@ida|Dr. Krane|Mr Marsh|Senator Pinto
    Professor Krane|Pope Example|J. Marsh|Ida K.|Krane J|van der Krane|de Krane|Mary Ann|Ida, PhD|Marsh Jr.
    Audience|Audience Member|Audience Members|Audience Member 3|Audience member Ida|Speaker 1|Speaker A
    SPEAKER_00|Deputy Speaker|The Chair|The Speaker|Moderator|Chairman|THE COURT|MALE VOICE|Male Voice 2
    Unknown|Unidentified Man|Unknown Speaker|Vice President|Press Secretary|The Prime Minister
    Executive Director|Podcast Host|Ida and Ben|Ida Krane and Ben Marsh|Ida/Ben|Ida & Ben Krane|Ana y Ben
    all|Ida (Example Ltd)|Some Guy|another man|Student 2|First Student|Juror No. 5|Ida's Mother|BBC
    Exampleton|12|???|—|Several hon. Members|An hon. Member|Question from Ida Krane|Herr Krane|Madame Pinto
    Иван|И. Примеров|Ведущая|محمد|أبو مثال|عبد الله|עדה|提問者1|提问者|主持人|嘉宾|王先生|张女士|老王|小李
    张总|观众甲|记者|志明|安娜|马丁|王|欧阳|李教授|财政部部长|财政部|发言人2|佐藤|佐藤さん|田中|たけし
    質問者|김씨|민수|김 교수|사회자|주민|所有人|J·史密斯
""".strip()
    .replace("\n    ", "|")
    .split("|")
)


@pytest.mark.parametrize("name", PEOPLE)
def test_whole_name_identifies_somebody(name: str) -> None:
    assert identifies(name) is True


@pytest.mark.parametrize("name", LABELS)
def test_label_identifies_nobody_beyond_its_session(name: str) -> None:
    assert identifies(name) is False


def test_both_lists_are_long_enough_to_mean_something() -> None:
    assert len(set(PEOPLE)) >= 60
    assert len(set(LABELS)) >= 100
