"""Panels: an editorial CMS that turns panel transcripts into a lasting, citable, searchable public record.

Imports go one way, from a higher layer to a lower one (`[tool.importlinter]` in pyproject.toml holds it):

4. `admin`, `views`, `urls`, `templatetags`, `management`, `demo`: what people meet
3. `publishing`, `exporting`, `reading`, `validation`: functions named by verbs
2. `models`: what is stored
1. `formats`: ways to write a transcript down; knows no Django
0. `transcript`, `text`: values and pure functions; standard library and small text libraries only
"""
