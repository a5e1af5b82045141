"""A citation as one sentence to copy. Chinese records follow GB/T 7714-2015, all others Chicago style."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panels.reading.citations.citation import Citation, CitedKind, Name, on_one_line
from panels.reading.languages import interface_language_for

NAME = gettext_lazy("Text")
SUFFIX = "txt"
MEDIA_TYPE = "text/plain; charset=utf-8"

# GB/T 7714-2015, 8.1.2: at most three names are written out.
_NAMED = 3
_ENDS = (".", "?", "!", "…", "。", "？", "！")


def write(citation: Citation) -> str:
    return f"{sentence(citation)}\n"


def sentence(citation: Citation) -> str:
    """The citation on one line, in the language of the cited text."""
    with translation.override(interface_language_for(citation.language)):
        written = _chinese(citation) if citation.language.lower().startswith("zh") else _western(citation)
    return on_one_line(written)


def _western(citation: Citation) -> str:
    authors = "; ".join(map(_with_original, citation.authors)) or f"[{citation.nameless}]"
    passage = citation.kind is not CitedKind.SESSION
    title = f"“{_ended(citation.title)}”" if passage else _ended(citation.title)
    container = _("In: %(session)s") % {"session": citation.container} if passage else citation.container
    date = date_format(citation.date, "DATE_FORMAT") if citation.date else _("undated")
    accessed = _("accessed %(date)s") % {"date": date_format(citation.accessed, "DATE_FORMAT")}
    version = _("version %(number)s") % {"number": citation.version}
    place = ", ".join(part for part in (citation.container and container, citation.publisher, date) if part)
    marks = ", ".join(part for part in (citation.anchor, version, accessed) if part)
    notes = "".join(f" {_ended(note)}" for note in citation.notes)
    return f"{_ended(authors)} {title} {_ended(place)} {citation.url} ({marks}).{notes}"


def _chinese(citation: Citation) -> str:
    authors = ", ".join(name.written for name in citation.authors[:_NAMED]) or f"[{citation.nameless}]"
    if len(citation.authors) > _NAMED:
        authors = _("%(names)s, et al.") % {"names": authors}
    container = f"//{citation.container}" if citation.kind is not CitedKind.SESSION else ""
    unknown = _("year unknown")
    year = f"{citation.date.year}" if citation.date else f"[{unknown}]"
    updated = f"({citation.date.isoformat()})" if citation.date else ""
    place = f": {citation.anchor}" if citation.anchor else ""
    notes = "".join(f" {_ended(note, '。')}" for note in citation.notes)
    return (
        f"{_ended(authors)} {citation.title}[EB/OL]{container}. {citation.publisher}, {year}{place}{updated}"
        f"[{citation.accessed.isoformat()}]. {citation.url}.{notes}"
    )


def _with_original(name: Name) -> str:
    return f"{name.written} ({name.original})" if name.original else name.written


def _ended(text: str, stop: str = ".") -> str:
    return text if text.endswith(_ENDS) else f"{text}{stop}"
