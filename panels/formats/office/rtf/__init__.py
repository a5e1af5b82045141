"""RTF files, read."""

from panels.formats.office.rtf.reader import FORMAT

__all__ = ["FORMAT"]
