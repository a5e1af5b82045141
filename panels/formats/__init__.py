"""Ways to write a transcript down: one module a format, with `read`, `write` or both. No Django here.

`FORMATS` in `registry` is the one table of them; nothing else knows the list.
"""
