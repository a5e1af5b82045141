"""Word documents (.docx), read and written."""

from panels.formats.office.docx.reader import FORMAT, read
from panels.formats.office.docx.writer import write

__all__ = ["FORMAT", "read", "write"]
