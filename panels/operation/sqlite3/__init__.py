"""SQLite as a server wants it: see `base`."""
