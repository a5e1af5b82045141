"""Transcripts independent of any database: dataclasses, and pure functions on text. No Django."""

from panels.transcript.structure import (
    EVENT_FIELDS,
    Attribution,
    Candidate,
    CorrectionEntry,
    Exchange,
    PanelMember,
    Role,
    Transcript,
    Translation,
    Turn,
    Unread,
)

__all__ = [
    "EVENT_FIELDS",
    "Attribution",
    "Candidate",
    "CorrectionEntry",
    "Exchange",
    "PanelMember",
    "Role",
    "Transcript",
    "Translation",
    "Turn",
    "Unread",
]
