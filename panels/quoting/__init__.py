"""Checking quotations against the record.

`quotation` takes apart what was pasted, `candidates` finds answers that it may come from, `matching` compares it
with one text, and `checking` gives the verdict.
"""

from panels.quoting.checking import Checked, EarlierWording, Finding, Verdict, check
from panels.quoting.matching import Mark, Match, Part
from panels.quoting.quotation import LONGEST, Quotation, read_quotation

__all__ = [
    "LONGEST",
    "Checked",
    "EarlierWording",
    "Finding",
    "Mark",
    "Match",
    "Part",
    "Quotation",
    "Verdict",
    "check",
    "read_quotation",
]
