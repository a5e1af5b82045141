"""Patterns of Chinese and Japanese labels: names, offices with names, and points of an argument."""

from __future__ import annotations

import re

FAMILY = (
    r"(?:[赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張孔曹严嚴华華金魏陶姜戚谢謝邹鄒喻柏窦竇章"
    r"云苏蘇潘葛范彭郎鲁魯韦韋马馬苗方俞任袁柳鲍鮑史唐费費廉岑薛雷贺賀倪汤湯滕殷罗羅毕畢郝邬鄔安常乐于傅皮齐齊康伍余元顾顧孟黄黃"
    r"穆萧蕭肖尹姚邵汪祁毛狄米贝貝戴谈談宋庞龐熊纪紀舒屈项項祝董梁杜阮蓝藍闵閔席季贾賈路江童颜顏郭梅盛林钟鍾徐邱丘骆駱高夏蔡田樊"
    r"胡凌霍虞万萬柯管卢盧莫房缪解应應丁宣邓鄧洪包诸左石崔吉龚龔程嵇邢裴陆陸荣翁荀甄曲封储靳段巫焦侯宓蓬全班仰秋仲伊宫宁寧仇栾甘"
    r"厉武符刘劉景詹束龙龍叶葉司黎白蒲赖賴卓蔺池乔喬苍闻莘党翟谭譚贡劳逄姬申冉桑桂牛寿边燕冀尚温溫庄莊晏柴瞿阎閻连茹习艾鱼容向古"
    r"易廖终居衡步都耿满弘匡国文寇广聂晁敖冷辛阚那简饶曾沙丰关關相查后红游权盖益桓公代]|欧阳|歐陽|司马|诸葛|上官|夏侯|皇甫|尉迟)"
)
"""A Chinese family name, as a pattern."""
_NAME = re.compile(
    FAMILY + r"[\u4e00-\u9fff]{1,2}|"
    r"(?:佐藤|佐々木|鈴木|伊藤|渡辺|山|中|小|加藤|吉|松|井|清|斎藤|三|長|前|藤|岡|後藤|村|近藤|坂|遠藤|青|福|西|太|原|"
    r"橋|大)[\u4e00-\u9fff々]{0,3}|[\u4e00-\u9fff]{1,6}[·•・][\u4e00-\u9fff·•・]{1,8}|[A-Za-z][\w.]*\s?[\u4e00-\u9fff]{1,4}"
)

_HAN = re.compile(r"[\u4e00-\u9fff]")
TITLE = (
    r"(?:组长|組長|署长|署長|部长|部長|司长|司長|局长|局長|处长|處長|科长|科長|股长|股長|厅长|廳長|主任|副主任|专门委员|專門委員|委员长|委員長|"
    r"委员|委員|教授|博士|先生|女士|小姐|议员|議員|议长|議長|院长|院長|校长|校長|所长|所長|会长|會長|理事长|理事長|理事|监事|監事|"
    r"董事长|董事長|董事|总裁|總裁|总经理|總經理|经理|經理|总监|總監|律师|律師|法官|检察官|檢察官|记者|記者|编辑|編輯|研究员|研究員|"
    r"发言人|發言人|代表|秘书长|秘書長|秘书|秘書|书记|書記|主席|市长|市長|省长|省長|县长|縣長|区长|區長|镇长|鎮長|村长|村長|政委|政务委员|"
    r"工程师|工程師|技正|技士|专员|專員|专家|專家|医生|醫生|医师|醫師|老师|老師|创始人|創始人|執行長|执行官|执行长|大臣|総理|社長|課長|"
    r"担当|議員|さん|氏)"
)
_OFFICE_AND_NAME = re.compile(
    rf"[\u3400-\u9fff々]{{0,26}}?(?:{TITLE} ?(?:{_NAME.pattern})|(?:{_NAME.pattern}) ?{TITLE})"
)
_OFFICE = re.compile(rf"[\u3400-\u9fff々]{{0,26}}?{TITLE}(?:[\u3400-\u9fff々]{{2,4}})?")
_NO_OFFICE = re.compile(r"[的了是我你就也很吗呢嗎]")
_POINT = re.compile(
    r"第?[一二三四五六七八九十\d]+(?:点|點|是|方面|个|個|步|部分|章|节|節|类|種|种)?|"
    r"首先|其次|最后|最後|另外|总之|總之|结论|結論|总结|總結|注意|原因|背景|优点|缺点|好处|坏处|"
    r"[\u3040-\u30ff\u3400-\u9fff]{0,8}(?:问题|問題|讨论|討論|背景|介绍|介紹|说明|說明|情况|情況|建议|建議|方案|总结|總結|内容|內容|资料|資料|"
    r"活动|活動|新闻|新聞|资源|資源|链接|鏈接|連結|目录|目錄|议程|議程|决议|決議|决定|決定|附件|备注|備註|名单|名單|时间|時間|地点|地點|"
    r"方式|机制|機制|技术|技術|模型|目标|目標|计划|計畫|计划|消息|公告|议题|議題|主题|主題|重点|重點|观点|觀點|案例|风险|風險|优势|優勢|"
    r"概要|目次|まとめ|参考|參考|事項|事项)"
)
_SENTENCE = re.compile(r"[的了是在我你就也和很]")
_LONGEST = 10  # characters
_FEWEST = 2  # characters of a name


def is_office(label: str) -> bool:
    """Whether a label is an office, with or without a name: `海洋部燈塔發展署王大山組長`."""
    return bool(_OFFICE.fullmatch(label)) and not _NO_OFFICE.search(label)


def is_office_with_name(label: str) -> bool:
    """Whether a label is an office with the name of its holder: `海洋部燈塔發展署王大山組長`, `教授唐小明`."""
    return bool(_HAN.search(label) and _OFFICE_AND_NAME.fullmatch(label)) and not _NO_OFFICE.search(label)


def is_point(label: str) -> bool:
    """Whether a label numbers or introduces a point: `第一点`, `优点`, `讨论议题`."""
    return bool(_POINT.fullmatch(label))


def may_be_name(label: str) -> bool:
    """Whether a label without spaces is short enough for a name, not a sentence, and not a point of an argument."""
    if is_point(label):
        return False
    if is_office(label) or (len(label) > _FEWEST and _NAME.fullmatch(label)):
        return True
    return len(label) <= _LONGEST and not _SENTENCE.search(label)


def is_made_as_name(label: str) -> bool:
    """Whether a label has the structure of a name: a family name and one or two characters, or an office."""
    bare = re.sub(r"[(（].{0,200}?[)）]", "", label).strip()
    return not _HAN.search(bare) or bool(_NAME.fullmatch(bare)) or is_office(bare)
