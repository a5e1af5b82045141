"""Check quotations against the record.

`quotation` parses the pasted text, `candidates` finds answers that it may come from, `matching` compares it with one
text, and `checking` decides the verdict.
"""

from panels.reading.quote_checker.checking import Checked, Finding, ReadWording, Verdict, check
from panels.reading.quote_checker.matching import DiffOp, DiffSegment, Match
from panels.reading.quote_checker.quotation import LONGEST, Quotation, read_quotation

__all__ = [
    "LONGEST",
    "Checked",
    "DiffOp",
    "DiffSegment",
    "Finding",
    "Match",
    "Quotation",
    "ReadWording",
    "Verdict",
    "check",
    "read_quotation",
]
