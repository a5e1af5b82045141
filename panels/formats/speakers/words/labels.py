"""Words before colons and in bold that are not names.

`NOT_NAMES` never begin a name. Those of `HEADINGS` mostly introduce a section, a list or a point within an answer; they
may also be names, which only the whole file can show (see `labels`).
"""

from __future__ import annotations

_NOT_NAMES = """
    note notes question answer example warning tip tldr ps p.s so and but well now okay ok first second third
    finally also then remember spoiler update edit edited http https break jingle music sponsor sponsors title date
    intro outro introduction location place slides slide video audio media recording transcript transcription summary
    agenda topic topics time where when who what why how abstract links link source sources references reference
    tweet paper chair scribe present presenter presenters regrets minutes meeting attendees participants participant
    details duration
    telegram medium discord facebook github instagram youtube reddit linkedin whatsapp wechat weibo
    copyright tags tag categories category posted published see bonus ad advertisement theorem definition proof
    option step figure table chapter section part theme subject announcement cve twitter website blog email
    interview reporter-note correction corrections disclaimer credits produced editing editor's transcriber outtakes
    outtake laughter laughs laughing applause cheering cheers clapping sighs singing coughs gasps silence inaudible
    indistinct unintelligible beep static chatter foreign
    crosstalk theme clip promo commercial resolved resolution action issue conclusion
    next previous status result results todo proposal pros cons today yes no right bonus-question however because
    主题 時間 时间 地點 地点 位置 幻灯片 幻燈片 日期 来源 來源 标签 標籤 作者 编辑
    編輯 原文 链接 視頻 视频
    音乐 音樂 掌声 掌聲 笑 笑声 笑聲 鼓掌
    备注 注 例如 比如 导读 摘要
    hi hello hey oh ah uh um yeah yep nope thanks thank sure sorry wow great good bye welcome please
    none tbd tba tbc 待定 未定 poll vote votes dates times contact logistics registration venue consensus
    consensus/resolution speaker's speakers timeline scope goals motivation background overview summary/conclusion
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
    total spent owner name from to subject cc added fixed changed removed deprecated improved verdict methods
    ingredients input output expected actual deadline cost version important reminder takeaway takeaways
    thema ort datum fazit hinweis hinweise anmerkung beispiel zusammenfassung quelle quellen vorteil vorteile nachteil
    nachteile ziele ergebnis uhrzeit einleitung remarque remarques exemple sujet objet résumé avantages
    tema lugar fecha nota ejemplo ubicación diapositivas título resumen
    cr credit h/t pic photo photos image images picture pictures illustration caption captions fig
    decision decisions resolutions motion motions verdict ruling rulings sentence
    фото фотограф иллюстрация иллюстрации текст автор авторы редактор перевод переводчик источник корректор
    съемка съёмка
    монтаж расшифровка оператор تصوير تحرير إعداد ترجمة المصدر صورة الصورة اقرأ 撮影 写真 取材 構成 執筆 文 編集
    翻訳 出典 提供
    文・写真 取材・文 イラスト 制作 関連記事 사진 글 번역 출처 취재 정리 편집 foto fotos bild bilder texte texto
    traduction
    traducción tradução traduzione übersetzung fuente fonte bron źródło zdjęcia tłumaczenie fotoğraf çeviri
    kaynak propos
    图 图片 图源 圖片 摄影 攝影 供图 配图 撰文 采写 採寫 责任编辑 責任編輯 责编 責編 美编 美編 校对 校對
    排版 供稿 文字编辑 图片编辑 圖片編輯 编审 編審 决定 決定 决议 決議 表决 表決
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())
_NOT_LAST = "song music break jingle clip theme ad voiceover video trailer sound effect newsletter"
NOT_LAST = frozenset(_NOT_LAST.split())
_DECISIONS = """
    decision decisions resolution resolutions resolved conclusion conclusions consensus verdict motion motions vote
    ruling action actions
    beschluss beschlüsse entscheidung décision décisions résolution decisión decisiones resolución acuerdo
    решение решения постановление 决定 決定 决议 決議 结论 結論 表决 表決 決定事項 結論事項 결정 결론
    待办 待办事项 待辦事項 行动项 行动事项 行動項目 宿題
"""
DECISIONS = frozenset(_DECISIONS.split())  # decisions of the meeting: the text below is unattributed
_NOUNS = """
    about us fact facts preface foreword note notes remarks summary punkte lunch dinner breakfast opening
    about abstract access action actions activities activity adoption advantages advice aims alternative alternatives
    amendments analysis announcement announcements api apis appendix application applications approach approaches
    architecture archive archives article articles assets assumptions attachments
    audience background benefit benefits bio biography bios books budget bugs
    calendar calls cases categories challenge challenges changelog changes
    chapters checklist claims code comment comments commitments communication
    communications community comparison complexity components concern concerns conditions
    config configuration considerations constraints content contents context contribution contributions contributors
    control controls cost costs coverage criteria criticism
    data dates debate deadlines decisions definitions
    deliverables demo demos dependencies deployment description design details development
    differences discussion discussions documentation documents downloads downsides drawbacks drivers
    economics ecosystem education effects elections engineering environment equipment error errors
    estimates evaluation event events evidence examples exceptions exercise expectations experiments
    faq faqs features feedback fees files findings focus followup follow-ups footnotes format formats framework
    frameworks functions funding fundraising future
    games glossary goal goals governance guidelines guides
    hardware headlines highlights history hypotheses
    idea ideas impact implementation implementations implications improvements incentives index infrastructure
    initiatives inputs insights installation instructions interface interfaces introductions issues items
    keywords
    knowledge language languages layers legislation lessons libraries licence license licensing limitations
    lists literature logistics logs
    maintenance management mapping maps material materials measures mechanism mechanisms
    membership mentions mentors merchandise message messages methodology metrics migration milestones
    misc miscellaneous mission model models modules
    names naming needs network networks newsletter newsletters news notice notices novelty
    objections objective objectives observations offers opinions opportunities options
    organisation organisations organization organizations outcome outcomes outlook
    overviews packages parameters partners payments performance permissions philosophy pipeline
    plan planning plans platform platforms podcast podcasts point points policies policy positives posts
    practicalities practices predictions preferences preparation presentation presentations pricing principle
    principles priorities privacy problem problems procedure procedures process processes product products
    programme progress project projects promise promotions properties proposals protocol protocols
    publications publicity purpose
    qualifications question questions queries quotes
    rationale readings reactions recap recommendation recommendations records recruitment
    regulation regulations relationships release releases reminders reports
    requests requirements research resource resources responses responsibilities restrictions
    review reviews revisions risk risks roadmap roles rules
    safety scenario scenarios schedule schedules science
    scope section sections security sentences services session sessions settings setup shownotes shout-outs
    showcase sidenote signatures similarities situation skills socials software
    solution solutions speakers specification specifications specs sponsorship staff stages
    standards statement statements statistics stats steps stories strategies strategy strengths
    structure studies subjects submissions suggestion suggestions summaries support
    survey surveys symptoms syntax system systems
    takeaways tasks team teams technology technologies terminology terms testing tests
    thoughts threats tickets timeframe timelines tips title titles tool tools tooling training transactions
    transcripts transport trends troubleshooting tutorial tutorials
    types updates upgrades usability usage uses
    utilities value values variables version versions videos vision visuals
    warning warnings weaknesses websites wins workflow workshops
    workstreams
    anmerkungen ablauf agenda aufgaben ausblick ergebnisse einführung ereignisse fragen hintergrund inhalt literatur
    maßnahmen nachrichten notizen probleme quellen rahmen schluss termine themen tagesordnung veranstaltungen vorteile
    ziel ziele zweck zusammenfassungen
    actualités avantages bilan bénéfices contexte débat définitions exemples introduction inconvénients objectifs
    ordre-du-jour points problèmes ressources risques événements évènements synthèse
    actualidad antecedentes beneficios conclusiones contexto desventajas enlaces eventos introducción
    noticias novedades objetivos preguntas problemas recursos riesgos ventajas
    введение вывод выводы контекст итог итоги место новости повестка примечание примечания результаты риски ресурсы
    события ссылки тема темы цели цель
    المقدمة الخلاصة الموضوع التاريخ المكان الأهداف الأخبار النتائج الملخص المصادر ملاحظة ملاحظات
    רקע סיכום נושא תאריך מקום מטרות חדשות הערות מקורות
    목차 요약 배경 질문 결론 참고 안건 일정 장소 날짜 자료 공지 주제
    概要 議題 まとめ 背景 結論 資料 目次 日時 場所 質問 テーマ 補足 参考 お知らせ
"""
HEADINGS = frozenset(_NOUNS.split())
_STARTS = """
    additional alternative common current existing final further key known main new next
    open other our possible potential previous proposed recent related remaining several short-term
    long-term some technical these this upcoming usage useful
"""
HEADING_STARTS = frozenset(_STARTS.split())  # before a further word: “Key issues”, “New API”, “Next steps”
_PEOPLE = """
    witness eyewitness baroness governess deaconess patroness marchioness
    guinness mcguinness maginness harkness furness caithness inverness skegness
    clements
"""
PEOPLE = frozenset(_PEOPLE.split())  # end like heading words, but are people: “The Witness”, “Ida Clements”
