"""Words before a list of people, in many languages, and the role that they give: `Moderator: …`, `嘉宾：…`."""

from __future__ import annotations

import re

from panels.transcript import Role

_LEADS = """
    moderator moderators moderating moderates moderated-by moderation moderatorin moderatoren
    chair chairs chaired-by chairperson
    facilitator facilitators facilitated-by interviewer interviewers interviewed-by interviewerin in-conversation-with
    gesprächsleitung diskussionsleitung
    animateur animatrice animé-par animée-par modérateur modératrice modéré-par modérée-par
    moderadora moderador modera moderado-por entrevistadora entrevistador moderatore moderatrice moderato-da
    moderação mediador mediadora
    ведущий ведущая ведущие модератор модераторы модерирует модерация интервьюер
    συντονιστής συντονίστρια συντονισμός
    مدير-الجلسة مديرة-الجلسة إدارة-الجلسة يدير-الجلسة المحاور المحاورة المقدم المقدمة
    מנחה מנחים בהנחיית
    主持人 主持 主持者 采访者 採訪者 訪談者 访谈者
    采访 司会 司会者 進行 モデレーター モデレータ 聞き手 インタビュアー 사회 사회자 진행 진행자
"""
_HOSTS = """
    host hosts hosted-by co-host co-hosts presenter presenters presented-by
    gastgeber gastgeberin gastgeber:innen présenté-par présentateur présentatrice
    anfitrión anfitriona presenta presentador presentadora apresentador apresentadora conduce
    主播 主办人 ホスト パーソナリティ
"""
_MEMBERS = """
    panel panelist panelists panellist panellists the-panel our-panel panel-members
    participant participants participating attendee attendees attendance attending in-attendance present people-present
    people speaker speakers our-speakers guest guests our-guests special-guest special-guests interviewee interviewees
    discussant discussants respondent respondents featuring feat with contributors members members-present
    in-person-attendees remote-attendees online-attendees meeting-attendees in-person-participants remote-participants
    online-participants list-of-participants list-of-attendees list-of-speakers introduction-of-participants
    introduction-of-speakers in-person-present remote-present
    teilnehmer teilnehmerin teilnehmerinnen teilnehmende teilnehmer:innen teilnehmer*innen gäste gast podium
    podiumsgäste referenten referentin referent referentinnen sprecher sprecherinnen diskutanten anwesend anwesende
    mitwirkende beteiligte
    es-diskutieren es-sprechen mit
    intervenant intervenante intervenants intervenantes invité invitée invités invitées panélistes orateurs oratrices
    présents avec conférenciers
    participantes ponente ponentes invitado invitada invitados invitadas panelistas oradores asistentes con
    entrevistado entrevistada convidado convidada convidados convidadas palestrantes debatedores
    partecipanti relatori relatrici ospite ospiti partecipano
    участник участники участница участницы гость гостья гости спикер спикеры докладчики эксперты присутствовали
    присутствуют собеседник собеседники учасники гості
    συμμετέχοντες συμμετέχουν ομιλητές ομιλητής ομιλήτρια καλεσμένοι καλεσμένος καλεσμένη παρόντες
    المشاركون المشاركات المشاركين المتحدثون المتحدثين الضيوف الضيف الضيفة الحضور الحاضرون ضيوف-الحلقة
    משתתפים דוברים אורחים אורחת אורח נוכחים
    嘉宾 嘉賓 与会嘉宾 與會嘉賓 与会者 與會者 与会人员 與會人員 参会人员 参会者 参会嘉宾 出席 出席者 出席人员 出席人員
    参与者 參與者
    参与人 参加者 参与嘉宾 分享嘉宾 对谈嘉宾 座谈嘉宾 圆桌嘉宾 特邀嘉宾 受访者 受訪者 受访人 受访嘉宾 讲者 講者
    主讲人 主講人 发言人
    發言人 发言嘉宾 演讲嘉宾 对谈人 對談人 与谈人 與談人 来宾 來賓
    登壇者 登壇 出演者 出演 出席者一覧 パネリスト パネラー スピーカー ゲスト 話し手 語り手 参加メンバー
    패널 패널리스트 토론자 참석자 참가자 발표자 출연자 출연 게스트 연사
"""
_KINDS = ((_LEADS, Role.MODERATOR), (_HOSTS, Role.HOST), (_MEMBERS, Role.PANELIST))
_ROLES = {word.replace("-", " "): role for words, role in _KINDS for word in words.split()}
_ROLES |= {word: role for words, role in _KINDS for word in words.split() if "-" in word}
# Words for one person: a comma after the name is followed by a title.
_FOR_ONE = """
    moderator chair chairperson facilitator interviewer host presenter speaker guest interviewee respondent
    panelist panellist participant moderatorin gast referent referentin invité invitée moderador moderadora
    ponente invitado invitada animateur animatrice modérateur modératrice гость гостья ведущий ведущая
"""
_ONE = frozenset(_FOR_ONE.split())
_NUMBERED = re.compile(r"(?<![\s\d(（])\s{0,2}[\d(（]{1,4}\s?[\d)）]{0,4}$")  # `Guest 1`, `嘉宾（2）`
_OTHERS = re.compile(r"(?:today['’]s|our|the|this week['’]s|本期|本场|今日|今天的)\s?")
_LONGEST = 30  # characters
_WORD = re.compile(r"[\w'’:*]+(?:-\w+)?")
_HAN_OR_HANGUL = re.compile("主持|司会|主播|사회")  # within a word: `节目主持人`


def role_before_list(words: str) -> Role | None:
    """The role that the words before a list of people give; None if they are no such words.

    >>> role_before_list("Moderated by"), role_before_list("Break")
    (<Role.MODERATOR: 'moderator'>, None)
    """
    if len(words) > _LONGEST:
        return None
    word = " ".join(words.split()).casefold()
    plain = _NUMBERED.sub("", _OTHERS.sub("", word, count=1) if _OTHERS.match(word) else word)
    return _ROLES.get(plain) or _ROLES.get(plain.removesuffix("(s)"))


def is_for_one(words: str) -> bool:
    """Whether the words before a list are for one person: `Moderator`, `Guest 2`."""
    return _NUMBERED.sub("", " ".join(words.split()).casefold()) in _ONE


def role_in(words: str) -> Role | None:
    """The role of who leads or hosts, if words after a name say so: `chair of the board`, `节目主持人`.

    >>> role_in("moderator, Harbour Club"), role_in("editor of the Gazette")
    (<Role.MODERATOR: 'moderator'>, None)
    """
    found = [*_HAN_OR_HANGUL.findall(words), *_WORD.findall(words.casefold())]
    roles = (_ROLES.get(word) for word in found)
    return next((role for role in roles if role in (Role.MODERATOR, Role.HOST)), None)
