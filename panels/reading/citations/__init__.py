"""Citations of a session, a question or an answer, in the formats that reference managers read.

`building` builds a `Citation` from stored rows; each format is a module with `write`, `SUFFIX` and `MEDIA_TYPE`.
"""

from panels.reading.citations import bibtex, csl_json, plain_text, ris
from panels.reading.citations.building import cite_passage, cite_session
from panels.reading.citations.citation import Citation, CitedKind, Name

FORMS = {form.SUFFIX: form for form in (bibtex, ris, csl_json, plain_text)}

__all__ = ["FORMS", "Citation", "CitedKind", "Name", "cite_passage", "cite_session"]
