"""Panels: an editorial CMS that turns panel transcripts into a lasting, citable, searchable public record.

Imports go one way, from a higher layer to a lower one (`[tool.importlinter]` in pyproject.toml holds it):

6. `demo`, `wsgi`, `urls`, `api`: the whole site
5. `web`, `admin`, `management`: what people use
4. `editorial`: everything that writes
3. `reading`, `search`: everything that is shown
2. `models`: what is stored
1. `formats`: transcript files, read and written; knows no Django
0. `transcript`: dataclasses and pure functions; standard library and small text libraries only
   `operation`: what runs a site (its URL, backups, checks, SQLite); knows only Django
"""
