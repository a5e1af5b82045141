"""Words in labels that are not names: titles, roles, degrees, particles of family names."""

from __future__ import annotations

_TITLES = """
    mr mrs ms miss mx mister madam madame sir dame lord lady dr doctor prof professor rev reverend fr father sister
    brother hon honourable honorable rt right judge justice senator sen congressman congresswoman representative rep
    president vice prime minister premier secretary ambassador general gen colonel col major maj captain capt
    lieutenant lt sergeant sgt officer admiral commander chancellor mayor governor king queen prince princess pope
    saint st sheikh imam rabbi
    herr frau fräulein dipl ing mag monsieur m mme mlle maître señor señora señorita sr sra srta don doña dott dottor
    dottoressa signor signora dom seu senhor senhora pan pani pán paní господин госпожа г-н г-жа товарищ доктор
    профессор السيد السيدة الدكتور الدكتورة د الأستاذ الأستاذة أ مر פרופ דר גברת אדון κ κα
"""
TITLES = frozenset(_TITLES.split())
_SUFFIXES = "jr junior sr senior ii iii iv phd md esq cbe obe mbe mp qc kc sc msc bsc ba ma llb llm cpa mba dds rn jd"
SUFFIXES = frozenset(_SUFFIXES.split())
GENERATIONS = frozenset(["jr", "junior", "sr", "senior"])
_PARTICLES = """
    van der den de la le les von zu zum zur da di du del della dos das do of the bin ibn bint abu abd abdul abdel umm
    بن ابن بنت أبو ابو أبي عبد أم آل ال
"""
PARTICLES = frozenset(_PARTICLES.split())
SMALL_PARTICLES = frozenset(["a", "af", "al", "an", "av", "ben", "e", "el", "mac", "mc", "te", "ten", "ter", "y"])
"""Particles in lower case: `Ben` and `Al` are given names."""
JOINING = ("and", "und", "et", "og", "och", "en", "with", "и", "та", "και")
_ROLES = """
    audience member members speaker speakers moderator host cohost co-host guest guests interviewer interviewee panel
    panelist panellist panelists panellists participant participants attendee attendees questioner question answer
    caller listener viewer reader narrator announcer presenter commenter commentator user voice voices male female man
    woman men women boy girl child crowd all both everyone others other unknown unidentified unnamed anonymous first
    second third fourth fifth number no chair chairman chairwoman chairperson facilitator emcee mc host interpreter
    translator witness juror court clerk bailiff counsel attorney prosecutor defendant plaintiff applicant respondent
    deputy acting committee house several some another hon staff team student students teacher reporter journalist
    operator agent customer assistant bot person people individual subject respondents interviewees
    publikum zuschauer moderatorin sprecher sprecherin frage antwort gast gäste teilnehmer teilnehmerin
    animateur animatrice public intervenant intervenante question réponse invité invitée modérateur modératrice
    público audiencia moderadora moderador oyente invitado invitada participante entrevistadora entrevistador
    ведущий ведущая участник участница слушатель слушательница зритель вопрос ответ голос зал
    جمهور الجمهور مشارك مقدم المقدم مذيع المذيع سائل متحدث المتحدث
"""
ROLES = frozenset(_ROLES.split())
_LAST_ROLES = """
    member members speaker speakers moderator interviewer interviewee panelist panellist participant participants
    attendee attendees engineer officer attendant assistant student students reporter journalist commentator commenter
    narrator announcer caller listener viewer president chairman chairwoman chairperson secretary minister director
    manager editor producer staff team audience voice voices witness juror translator interpreter lawyer attorney
    counsel plaintiff defendant applicant respondent representative coordinator organiser organizer facilitator
    operator host guest user users person people man woman men women child children crowd group department committee
    board council panel office question questions answer answers host speaker's whip ombudsman commissioner inspector
    superintendent technician developer founder ceo cto cfo vp correspondent spokesperson spokesman spokeswoman
    official officials expert experts scientist researcher analyst consultant therapist patient client customer
"""
LAST_ROLES = frozenset(_LAST_ROLES.split())
ABSTRACT_FIRST = frozenset(["some", "several", "various", "multiple", "unknown", "unidentified", "another", "many"])
_GIVEN_COMPOUNDS = """
    mary ann|mary anne|mary jane|mary beth|mary lou|mary jo|jean paul|jean pierre|jean luc|jean claude|anna maria
    anna lena|ana maria|ana paula|maria jose|maría josé|jose maria|josé maría|juan carlos|jose luis|josé luis
    luis miguel|john paul|billy bob|peggy sue|hans peter|karl heinz|eva maria|marie claire|marie louise
"""
GIVEN_COMPOUNDS = frozenset(" ".join(pair.split()) for pair in _GIVEN_COMPOUNDS.replace("\n", "|").split("|"))
"""Double given names: `Mary Ann` has no family name."""
