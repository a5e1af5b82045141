"""PDF files with text, read."""

from panels.formats.office.pdf.reader import FORMAT

__all__ = ["FORMAT"]
