"""The formats that are Panels' own: they hold everything, or are read back as they were written."""
