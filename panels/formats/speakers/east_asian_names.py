"""Whole names in Chinese, Japanese and Korean, which have no space between family and given name."""

from __future__ import annotations

import re

from panels.formats.speakers.chinese_names import FAMILY, TITLE

_SCRIPT = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\u30fb·•・\u3005]+")
_ONE = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]")
_CHINESE = re.compile(rf"(?:{FAMILY}|[簡饒關蓋聶區歐連閆闫涂塗甯])[\u3400-\u9fff]{{1,2}}")
_TWO_FAMILY = frozenset(["欧阳", "歐陽", "司马", "诸葛", "上官", "夏侯", "皇甫", "尉迟"])
_PARTS_WRITTEN = """
    国王 公主 经理 司仪 司机 法官 众人 记者 主席 嘉宾 旁白 观众 听众
    读者 路人 商人 军人 诗人 明星 游客 童声 男声 女声 全体 全班 家长
    常委 广播 宫女 店员 农民 文员 华人 应声 安全 方法 文化 高级 相关
    后面 成员 项目 平台 国家 通知 关于 经济 时间 常见 左边 应用 包括
"""
_PARTS = frozenset(_PARTS_WRITTEN.split())
_FEWEST = 2  # characters of a name
_NICKNAME = re.compile(r"[老小阿大]\w|\w哥|\w姐|\w总|\w總|\w工|\w老|\w导|\w導|\w爷|\w爺|\w叔|\w姨")
_HONORIFIC = re.compile(
    rf"(?:{TITLE}|同学|同學|学生|學生|老板|老闆|网友|網友|师傅|師傅|大使|将军|將軍|総裁|さま|様|君|くん|ちゃん|교수|박사|의원|장관|대표|"
    r"위원|선생님|선생|기자|님|씨)$"
)
_BEFORE = re.compile(
    r"^[\u3400-\u9fff]{2,24}?(?:部|署|局|司|厅|廳|处|處|院|会|會|所|校|社|系|组|組|室|党|黨|团|團|大学|大學|公司)(?=[\u3400-\u9fff]{2,4}$)"
)
_ROLE = re.compile(
    r".*(?:者|员|員|人|众|眾|们|們|团|團|部|局|厅|廳|署|处|處|会|會|组|組|官)|.*(?:嘉宾|嘉賓|主播|旁白|主持|同学|同學|代表|问|問|答)"
)
_NO_PEOPLE = re.compile(r"(?:在|从|從|向|对|對|和|与|與|及)")
_ORGANISATION = re.compile(
    r"[\u3400-\u9fff]{3,}(?:公司|银行|銀行|大学|大學|协会|協會|集团|集團|基金会|基金會|研究院|研究所|出版社|报社|報社)"
)
_JAPANESE = re.compile(
    r"(?:佐藤|佐々木|鈴木|伊藤|渡辺|渡邊|加藤|斎藤|近藤|遠藤|後藤|齋藤|田中|高橋|高桥|山本|中村|小林|吉田|山田|山口|松本|井上|木村|清水|林田|"
    r"石川|前田|岡田|長谷川|藤田|村上|石井|坂本|青木|藤井|西村|福田|太田|三浦|藤原|岡本|松田|中川|中野|原田|小川|田村|中山|和田|石田|森田|上田|"
    r"原|柴田|酒井|宮崎|内田|高木|安藤|大野|谷口|小野|松井|今井|河野|村田|橋本|阿部|森)"
)
_KOREAN_FAMILY = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원"
    "천방공현함변염추도소석선설마길연위표명기반왕금옥육인맹제모탁국"
)
_KOREAN = re.compile(rf"(?:[{_KOREAN_FAMILY}]|남궁|황보|제갈|선우|독고)[가-힣]{{2}}")
# Foreign given names written with Chinese family names.
_GIVEN_WRITTEN = """
    安娜 安妮 安迪 安琪 安东尼 安德鲁 马丁 马克 马修 马可 汤姆 汤米
    路易 路易斯 路易莎 鲍勃 鲍比 艾米 艾伦 艾伦娜 艾丽 艾琳 艾玛 贝拉
    贝蒂 贝丝 罗伯特 罗杰 罗宾 罗恩 卡尔 卡罗尔 乔治 乔恩 乔伊 温迪
    戴维 戴安娜 查理 查尔斯 尼克 莫妮卡 凯文 凯特 凯西 索菲 康妮 席琳
    华莱士 马里奥 马歇尔 夏洛特 史蒂夫 史蒂文 费利克斯 雷蒙德 黛安 梅根
    韦恩 伊万 伊娃 纪尧姆 万尼亚 米歇尔 米兰达 莉莉
"""
_GIVEN = frozenset(_GIVEN_WRITTEN.split())
_NO_WHOLE_NAMES = _GIVEN | _PARTS | _TWO_FAMILY


def is_east_asian(name: str) -> bool:
    """Whether a name is entirely in Chinese, Japanese or Korean script."""
    return bool(_SCRIPT.fullmatch(name.replace(" ", "")))


def is_full_name(name: str) -> bool:
    """Whether a name in Chinese, Japanese or Korean has a family and a given name, or is that of an organisation.

    >>> [is_full_name(name) for name in ("张三", "王先生", "老王", "约翰·史密斯", "김민수", "Ida Krane")]
    [True, False, False, True, True, False]
    """
    if not is_east_asian(name):
        return False
    words = [word for word in re.split(r"[\s·•・]+", _HONORIFIC.sub("", name.strip())) if word]
    if len(words) > 1:
        return all(len(word) > 1 or _ONE.fullmatch(word) for word in words) and not _ROLE.fullmatch(words[-1])
    whole = name.strip()
    bare = words[0] if words else ""
    if bare == whole and _ORGANISATION.fullmatch(whole):
        return True
    bare = _BEFORE.sub("", bare)
    if not bare or _NICKNAME.fullmatch(bare) or bare in _NO_WHOLE_NAMES or _JAPANESE.fullmatch(bare):
        return False
    return bool(_KOREAN.fullmatch(bare)) or _is_chinese_or_japanese(bare)


def _is_chinese_or_japanese(name: str) -> bool:
    if (family := _JAPANESE.match(name)) and len(family[0]) > 1:
        return bool(re.fullmatch(r"[\u3040-\u30ff\u3400-\u9fff々]{1,3}", name[family.end() :]))
    if len(name) > _FEWEST and (_ROLE.fullmatch(name) or _NO_PEOPLE.search(name)):
        return False
    return bool(_CHINESE.fullmatch(name))
