"""Backups: one file that holds a whole database, taken while Panels is running, and refused if a byte of it changed.

`taking.py` and `restoring.py` are what the commands call; `archive.py` is the file; `sqlite.py` and `postgresql.py`
copy a database out and in.
"""
