"""Labels that contain an office: `Ida Krane, Example Ltd`, `Ben Marsh (Example Institute)`, `Dr. Ada Byron`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from panels.formats.speakers.chinese_names import is_office, is_office_with_name
from panels.formats.speakers.east_asian_names import is_full_name
from panels.formats.speakers.names import definition, is_capitalised, is_initials, looks_like_name
from panels.formats.speakers.parts_played import is_chair, is_name_part
from panels.formats.speakers.people_labels import is_heading, is_structure, person_name
from panels.transcript import PanelMember, Role

_HONORIFIC = re.compile(
    r"(?P<title>(?:(?:Dr|Drs|Prof|Professor|Doctor|Mag|Ing|Dipl\.-Ing)\.?(?: (?:med|jur|phil|h\. ?c)\.)? ){1,3})"
    r"(?P<name>\S.*)"
)
_TITLED = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Sen|Rep)\.?|Miss|Judge|Justice|Sir|Dame|Senator|Frau|Herr|Mme|Mlle|Sra?)"
    r" [^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]+){0,2}|"
    r"The (?:Witness|Court|Clerk|Reporter|Court Reporter|Interpreter|Bailiff|Videographer|Foreperson)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"(?P<name>[^()（）\[\],，:：]{2,60}?)\s?[(（\[](?P<more>[^()（）\[\]:：]{2,80})[)）\]]")
_HANDLE = re.compile(r"(?P<name>[^()（）]{3,60}?)\s?[(（]@?(?P<handle>[a-z0-9][a-z0-9_.-]{1,30})[)）]")
_COMMA = re.compile(r"(?P<name>[^,，()（）:：]{2,60}?)(?:,\s|，\s?)(?P<more>[^:：]{2,100})")
_ROLES = re.compile(
    r"\b(?:minister|secretary|mayor|president|chair(?:man|woman|person)?|director|head|chief|officer|manager|editor|"
    r"founder|co-founder|owner|partner|professor|lecturer|teacher|researcher|scientist|engineer|architect|author|"
    r"writer|reporter|journalist|correspondent|producer|artist|lawyer|judge|counsel|analyst|economist|historian|"
    r"consultant|adviser|advisor|fellow|student|spokes(?:man|woman|person)|commissioner|councillor|senator|governor|"
    r"ambassador|representative|delegate|deputy|member|lead|leader|coordinator|curator|librarian|designer|"
    r"developer|treasurer|keeper|captain|general|doctor|nurse|surgeon|bishop|CEO|CTO|CFO|COO|PhD|MD|MP|MEP|QC|KC|"
    r"Ministerin|Direktor(?:in)?|Professorin|Leiter(?:in)?|directeur|directrice|ministre|maire|director[a]|alcalde(?:sa)?)\b",
    re.IGNORECASE,
)
_ORGANISATIONS = re.compile(
    r"\b(?:Ltd|Limited|Inc|LLC|LLP|Corp|Corporation|Company|GmbH|AG|e\.V\.|SA|SARL|SpA|Foundation|Institute|University|College|"
    r"School|Academy|Ministry|Department|Office|Council|Commission|Bank|Group|Labs?|Club|Society|Association|Union|Gazette|"
    r"Times|Post|News|Press|Magazine|Museum|Library|Hospital|Agency|Centre|Center|Authority|Universität|Institut|Verein|"
    r"Université|Universidad|Fundación|Ministerio|Università)\b"
)
_HAN_ORGANISATION = re.compile(
    r".*(?:大学|大學|学院|學院|研究院|研究所|公司|集团|集團|基金会|基金會|协会|協會|银行|銀行|报社|報社|新闻|会社|新聞|医院)"
)
_SUFFIX = re.compile(r"(?:Jr|Sr|Esq)\.?|I{1,3}|IV", re.IGNORECASE)
_OF = re.compile(r"(?:,\s|\s(?:of|at|for)\s)(?:the\s)?(?=[A-Z“\"])")
# An occupation in small letters: `baker`, `baker and miller, Corner Bakery`.
_OCCUPATION = re.compile(
    r"(?!(?:a|an|and|as|at|by|for|from|he|her|his|in|it|of|off|on|or|she|since|speaking|that|the|then|they|through|to|"
    r"under|via|when|where|which|while|who|whom|whose|with|you|your)\b)(?![^ ,]*ing\b)[a-z][a-z-]{2,}(?: [a-z-]+){0,3}"
    r"(?:, [A-Z][^,]{1,60})?"
)
_FIRST_WORDS = frozenset({"the", "a", "an", "mr", "mrs", "ms", "hon", "sir", "from", "by"})
# Languages in which an office comes first without an article, and those in which it comes last.
_OTHER_ROLES = re.compile(
    r"(?:Министр|Председатель|Директор|Депутат|Мэр|Профессор|Президент|Губернатор|Доктор|Начальник|Глава|Руководитель|"
    r"Заместитель|Секретарь|Советник|Представитель|Сенатор|Ректор|Міністр|Голова|Υπουργός|Πρόεδρος|Δήμαρχος|Βουλευτής|"
    r"Καθηγητής|Καθηγήτρια|Διευθυντής|Διευθύντρια|Διοικητής|"
    r"(?:ال)?(?:وزيرة?|رئيسة?|مديرة?|نائبة?|دكتورة?|أستاذة?)|השרה?|ראש|פרופ[׳']|Ministra|Ministro|Alcalde|Alcaldesa|"
    r"Presidenta|Presidente|Diputado|Diputada|Bürgermeister(?:in)?|Abgeordneter?|Präsident(?:in)?|Minister(?:in)?|"
    r"Maire|Députée?|Ministre|Présidente?)"
)
_LAST_ROLES = re.compile(r"(?:의원|장관|교수|위원장|대표|시장|박사|국장|원장|님|議員|大臣|教授|さん|氏)")
_WHOLE_NAME = range(2, 5)  # words
_FEWEST_WORDS, _MOST_WORDS = 2, 9
_SHORTEST = 2  # letters of an organisation
_TELLING = 2  # whole names with an office
_STOPS = (".", "?", "!", "。", "？", "！")


@lru_cache(maxsize=10_000)
def described(label: str) -> PanelMember:
    """The panelist that a label describes, with title and organisation; only the name if it gives no others.

    >>> described("Dr. Ada Byron, University of Example").organisation
    'University of Example'
    """
    found = _BRACKETED.fullmatch(label) or _COMMA.fullmatch(label)
    if not found:
        title, name = _without_honorific(label)
        return PanelMember(name=name, title=title)
    title, name = _without_honorific(found["name"])
    more = found["more"].strip()
    may_be_handle = label.endswith((")", "）", "]")) and " " not in more
    if definition(label) or not is_whole_name(name) or not _describes(more, may_be_handle=may_be_handle):
        return PanelMember(name=label)
    if is_chair(more):
        return PanelMember(name=name, title=title, role=Role.MODERATOR)
    office, organisation = _office_and_organisation(more)
    return PanelMember(name=name, title=", ".join(filter(None, (title, office))), organisation=organisation)


def is_whole_name(name: str) -> bool:
    """Whether this is a name and surname, and neither an office nor a heading: `Ida Krane`, `王大山`."""
    if is_full_name(name):
        return True
    words = name.split()
    plain = len(words) in _WHOLE_NAME and words[0].strip(".").casefold() not in _FIRST_WORDS
    named = plain and looks_like_name(name) and is_capitalised(name) and not _ROLES.search(name)
    return named and not (is_heading(name) or is_structure(name) or is_name_part(name))


def name_and_handle(label: str) -> tuple[str, str] | None:
    """The name and the handle of a label such as `Ida Krane (idak)`."""
    found = _HANDLE.fullmatch(label)
    return (found["name"], found["handle"]) if found and is_whole_name(found["name"]) else None


def is_titled_name(label: str) -> bool:
    """Whether a label is a surname with a title, or an officer of a court: `Mr. Field`, `The Witness`."""
    return bool(_TITLED.fullmatch(label)) and is_capitalised(label)


@lru_cache(maxsize=10_000)
def has_office(label: str) -> bool:
    """Whether a label is a whole name with a title, an occupation, a role or an organisation."""
    person = described(label)
    return person.name != label and is_whole_name(person.name)


def has_certain_office(label: str) -> bool:
    """Whether a label is a whole name with a title or an occupation, or with a word that only organisations have."""
    person = described(label)
    return has_office(label) and bool(person.title or is_organisation(person.organisation))


def offices_identify_people(labels: Iterable[str]) -> bool:
    """Whether labels that occur once are people by their offices: of two whole names with one, one has a title or role.

    Organisations alone do not tell: `Night Bus (Transport Office)` is an entry of a list.
    """
    people = {person.name: person for label in labels if has_office(label) and (person := described(label))}
    roles = (
        one
        for one in people.values()
        if one.role is Role.MODERATOR or _ROLES.search(one.title) or is_office(one.title) or _is_title(one)
    )
    organisations = (one for one in people.values() if is_organisation(one.organisation))
    told = {one.name for one in roles}
    return bool(told) and len(told | {one.name for one in organisations}) >= _TELLING


def _is_title(person: PanelMember) -> bool:
    return bool(_HONORIFIC.fullmatch(f"{person.title} {person.name}"))


def is_organisation(words: str) -> bool:
    """Whether words are the name of an organisation, by a word that only those have: `Mill Ltd`, `Harbour Club`."""
    named = _ORGANISATIONS.search(words) and is_capitalised(words) and not _ROLES.search(words)
    return bool(named or _HAN_ORGANISATION.fullmatch(words))


def may_be_office(heading: str) -> bool:
    """Whether a heading may be an office with its holder: `Mayor Jones`, `Министр Иванова`, `唐小明教授`."""
    text = heading.strip(" :：*_#")
    words = text.split()
    if is_office_with_name(text):
        return True
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or text.endswith(_STOPS):
        return False
    if not is_capitalised(text):
        return bool(_OTHER_ROLES.fullmatch(words[0])) and is_whole_name(" ".join(words[-2:]))
    led = _ROLES.match(text) or _OTHER_ROLES.fullmatch(words[0]) or _LAST_ROLES.fullmatch(words[-1])
    return bool(led or _HONORIFIC.match(text)) and not is_heading(text) and not _ROLES.fullmatch(words[-1])


def names_who_holds_it(heading: str) -> bool:
    """Whether the name in such a heading is certain: `Minister for Transport Carla Stone`, `唐小明教授`."""
    text = heading.strip(" :：*_#")
    honorific = _HONORIFIC.fullmatch(text)
    if is_office_with_name(text) or (honorific and is_whole_name(honorific["name"])):
        return True
    words = text.split()
    return len(words) > _FEWEST_WORDS and may_be_office(text) and is_whole_name(" ".join(words[-2:]))


def _without_honorific(name: str) -> tuple[str, str]:
    """The title before a whole name, and the name; a title before a surname alone stays with it."""
    found = _HONORIFIC.fullmatch(name.strip())
    if found and is_whole_name(found["name"]):
        return found["title"].strip(), found["name"].strip()
    return "", name.strip()


def _describes(more: str, *, may_be_handle: bool) -> bool:
    """Whether the text after a name is an office or an organisation, and not a handle, a suffix or initials."""
    if _SUFFIX.fullmatch(more) or person_name(f"A B ({more})") == "A B":
        return False
    if is_chair(more) or _ROLES.search(more) or (not may_be_handle and _OCCUPATION.fullmatch(more)):
        return True
    return is_capitalised(more) and more[:1].isalpha() and (len(more) > _SHORTEST or is_initials(more))


def _office_and_organisation(more: str) -> tuple[str, str]:
    if is_office(more):
        return more, ""
    parted = re.search(r"[,，]\s?", more) or _OF.search(more)
    office = more[: parted.start()] if parted else more
    if not any(
        (_ROLES.search(office), _OTHER_ROLES.fullmatch(office), _OCCUPATION.fullmatch(office), is_office(office))
    ):
        return "", more
    return office.strip(), more[parted.end() :].strip() if parted else ""
