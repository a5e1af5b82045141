"""BibTeX, read by LaTeX with BibTeX or BibLaTeX.

A session is `@misc`, the one type that needs no publisher and no year; a passage is `@inproceedings`, whose
`booktitle` is the session.
"""

from collections.abc import Iterator

from panels.reading.citations.citation import Citation, CitedKind, Name, on_one_line

NAME = "BibTeX"
SUFFIX = "bib"
MEDIA_TYPE = "application/x-bibtex; charset=utf-8"

# BibTeX counts braces even when they are escaped, so a brace in the text is written by its name.
_ESCAPES = str.maketrans(
    {
        "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    }
)  # fmt: skip


def write(citation: Citation) -> str:
    entry = "misc" if citation.kind is CitedKind.SESSION else "inproceedings"
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(citation))
    return f"@{entry}{{{citation.key},\n{fields}\n}}\n"


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    if citation.authors:
        yield "author", _braced(" and ".join(map(_author, citation.authors)))
    yield "title", _braced(_case_protected(citation.title))
    if citation.container:
        yield (
            ("howpublished" if citation.kind is CitedKind.SESSION else "booktitle"),
            _braced(_case_protected(citation.container)),
        )
    yield "publisher", _braced(_case_protected(citation.publisher))
    if citation.date:
        yield "date", _braced(citation.date.isoformat())
        yield "year", _braced(f"{citation.date.year:04}")
        yield "month", str(citation.date.month)
    if citation.anchor:
        yield "pages", _braced(citation.anchor)
    yield "url", _braced(_verbatim_url(citation.url))
    yield "urldate", _braced(citation.accessed.isoformat())
    yield "version", _braced(str(citation.version))
    yield "language", _braced(_escaped(citation.language))
    notes = [*citation.notes] if citation.authors else [citation.nameless, *citation.notes]
    if notes:
        yield "note", _braced(_escaped("; ".join(notes)))


def _author(name: Name) -> str:
    if not name.family:
        return _case_protected(name.written)
    return ", ".join(_part(part) for part in (name.family, name.given) if part)


def _part(part: str) -> str:
    """A part of a name, in braces only if "and" or a comma in it would separate names: braces break initials."""
    ambiguous = "," in part or "and" in part.lower().split()
    return _case_protected(part) if ambiguous else _escaped(part)


def _case_protected(text: str) -> str:
    """The text in braces of its own, so that no style changes its capitals."""
    return _braced(_escaped(text))


def _braced(value: str) -> str:
    return f"{{{value}}}"


def _escaped(text: str) -> str:
    return on_one_line(text).translate(_ESCAPES)


def _verbatim_url(url: str) -> str:
    """A URL, verbatim as `\\url` expects; only braces could end the field."""
    return on_one_line(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
