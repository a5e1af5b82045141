"""OpenDocument texts (.odt), read."""

from panels.formats.office.odt.reader import FORMAT

__all__ = ["FORMAT"]
