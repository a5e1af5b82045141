"""Citations of a session, a question or an answer, in the forms that reference managers read.

`making` builds a `Citation` from what is stored; each form is a module with `write`, `SUFFIX` and `MEDIA_TYPE`.
"""

from panels.citing import bibtex, csl_json, plain_text, ris
from panels.citing.citation import Citation, Kind, Name
from panels.citing.making import cite_passage, cite_session

FORMS = {form.SUFFIX: form for form in (bibtex, ris, csl_json, plain_text)}

__all__ = ["FORMS", "Citation", "Kind", "Name", "cite_passage", "cite_session"]
