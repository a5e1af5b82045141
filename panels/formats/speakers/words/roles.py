"""Roles under which transcripts in other languages label somebody without a name.

Words of one language are on a line. A number or a letter may follow: `Участник 1`, `听众甲`. The roles of courts and
parliaments (`THE WITNESS`) are not here: they stay who speaks.
"""

from __future__ import annotations

import re

_ASKERS = """
    member of the public; member of the audience; members of the audience; voice from the floor;
    voice from the audience
    speaker from the floor; question from the floor; question from the audience; from the floor; a participant; crowd;
    voice from the back; question from the back; from the back; voice from the hall; voice from the gallery;
    man in audience; man in the audience; woman in audience; woman in the audience; public
    提问者; 提問者; 问者; 問者; 现场观众; 現場觀眾; 观众提问; 觀眾提問; 现场提问; 現場提問; 同学; 同學; 学生;
    學生; 听众; 聽眾; 网友; 網友; 读者提问
    質問者; 会場; 会場から; 会場より; フロア; フロアから; 客席; 観客; 聴衆; 参加者; 来場者; 学生; 記者
    질문자; 질문; 기자; 관객; 청중; 참석자; 참가자; 학생
    корреспондент; журналист; журналистка; зритель; зрительница; слушатель; слушательница; из зала;
    голос из зала; голос с места; реплика с места; с места; вопрос из зала
    реплика из зала; участник; участница; вопрос
    кореспондент; журналістка; глядач; слухач; із залу; запитання; питання
    سائل; السائل; السائلة; سؤال من الجمهور; الجمهور; أحد الحضور; الحضور; الصحفي; صحفي; س
    frage aus dem publikum; stimme aus dem publikum; aus dem publikum; zuhörer; zuhörerin; zuschauer; zuschauerin;
    zwischenruf; zwischenfrage; zwischenrufer; teilnehmer; teilnehmerin; journalist; journalistin; fragesteller;
    fragestellerin
    question du public; question de la salle; salle; la salle; dans la salle; voix dans la salle; un participant;
    une participante; journaliste; le public; intervenant; intervenante; auditeur; auditrice; spectateur; spectatrice
    pregunta del público; pregunta de la audiencia; asistente; oyente; periodista; reportero; reportera;
    una voz; del público
    pergunta da plateia; plateia; jornalista; repórter; pergunta; ouvinte; participante
    domanda dal pubblico; pubblico; dal pubblico; giornalista; domanda; ascoltatore; ascoltatrice
    vraag; publiek; vraag uit het publiek; toehoorder; deelnemer; spørsmål; spørgsmål; fråga; publikken;
    publiken; yleisö; kysymys
    pytanie; publiczność; głos z sali; z sali; dziennikarz; dziennikarka; dotaz; otázka; z publika; novinář;
    novinářka; kérdés
    soru; dinleyici; izleyici; katılımcı; muhabir; întrebare; din sală
    ερώτηση; κοινό; δημοσιογράφος; ακροατής; ακροάτρια; από το κοινό
    קהל; מהקהל; קול מהקהל; שאלה מהקהל; שואל; שואלת; עיתונאי; עיתונאית
    प्रश्न; श्रोता; पत्रकार; दर्शक; সাংবাদিক; câu hỏi; khán giả; phóng viên; penanya; wartawan; hadirin; pertanyaan
"""
_ANSWERERS = """
    ответ; відповідь; απάντηση; cevap; yanıt; odpowiedź; odpověď; antwoord; svar; vastaus; válasz; resposta; risposta;
    उत्तर; trả lời; jawaban; ج
"""
_CHAIRS = """
    cohost; co-host; emcee
    问者甲; 采访人; 採訪人; 采访者; 主播; 主持人; 编辑部; 編輯部; 笔者; 筆者
    聞き手; インタビュアー; 編集部; 進行; 進行役; モデレーター; ファシリテーター
    진행자; 사회자; 인터뷰어; 진행
    модератор; интервьюер; редакция; ведущие; модераторка; ведучий; ведуча; інтерв’юер
    المذيع; المذيعة; المحاور; المحاورة; المقدم; المقدمة; مدير الجلسة; مديرة الجلسة; المضيف
    redaktion; interviewer; sprecherin; moderatoren
    intervieweur; intervieweuse; la rédaction; présentateur; présentatrice; animateurs
    presentador; presentadora; conductor; conductora; locutora; redacción
    apresentador; apresentadora; mediador; mediadora; entrevistador; entrevistadora; locutora
    moderatore; moderatrice; intervistatore; intervistatrice; conduttore; conduttrice; presentatore; presentatrice
    presentator; presentatrice; gespreksleider; programleder; ordstyrer; ordförande; moderaattori;
    haastattelija; toimittaja
    prowadzący; prowadząca; redaktor; moderátor; moderátorka; műsorvezető
    sunucu; moderatör; prezentator; prezentatoare
    δημοσιογράφοι; συντονιστής; συντονίστρια; παρουσιαστής; παρουσιάστρια
    מנחה; המנחה; מראיין; מראיינת; המראיין; המראיינת
    संचालक; सूत्रधार; người dẫn chương trình; pembawa acara; moderator acara; pewawancara
"""
_OTHERS = """
    neighbour; neighbor; passer-by; passerby; resident; citizen; shareholder; teacher; pupil; volunteer; visitor;
    сосед; соседка; прохожий; житель; жительница; nachbarin; anwohner; anwohnerin; voisin; voisine; vecino; vecina;
    voices; several voices; multiple speakers; overlapping; overlapping voices; automated voice; narrator;
    announcer; voice-over
    voiceover; panel member; person; man; woman; zoom user; guest speaker
    旁白; 工作人员; 工作人員; 受访人; 受訪人; 受访者; 全场; 全場; 大家; 众人; 女声; 女聲; 男声; 男聲; 甲; 乙;
    丙; 丁; 甲方; 乙方; 答者
    ナレーション; ナレーター; 一同; 全員; スタッフ; 話者; 発言者; ゲスト; 男性; 女性
    스태프; 모두; 나레이션; 화자; 발언자; 게스트
    спикер; все; диктор; мужчина; женщина; голос; голоса; гость; гостья; усі; говорящий; собеседник
    صوت; أصوات; الضيف; الضيفة; المتحدث; المتحدثة; متحدث; الجميع; رجل; امرأة
    alle; stimme; stimmen; gast; gäste; sprecher
    tous; toutes; homme; femme; voix; locutrice; invité; invitée; narrateur; narratrice
    todos; todas; hombre; mujer; voz; voces; invitado; invitada; locutor; narrador; homem; mulher; vozes;
    convidado; convidada
    tutti; tutte; uomo; voce; voci; ospite; narratore
    wszyscy; głos; mężczyzna; kobieta; gość; herkes; erkek; kadın; konuk; konuşmacı; hlas; host
    όλοι; άνδρας; γυναίκα; φωνή; ομιλητής; ομιλήτρια
    כולם; קול; דובר; דוברת; אורח; אורחת; वक्ता; अतिथि; सभी; người nói; pembicara; semua
"""
_NUMBER = re.compile(r"[ _#-]?(?:\d{1,3}|(?<![^\W_])[A-ZА-Я]|(?<=[\u3040-\u9fff])[A-Z甲乙丙丁])$")


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip().casefold() for word in text.replace("\n", ";").split(";") if word.strip())


ASKERS, ANSWERERS, CHAIRS, OTHERS = map(_words, (_ASKERS, _ANSWERERS, _CHAIRS, _OTHERS))


def is_one_of(label: str, words: frozenset[str]) -> bool:
    """Whether a label is one of the words, with or without a number.

    >>> is_one_of("Участник 1", ASKERS)
    True
    """
    if label.casefold() in words:
        return True
    number = _NUMBER.search(label[-5:])
    return number is not None and label[: len(label) - len(number[0])].casefold() in words
