"""Transcript formats: one module for each, with `read`, `write` or both. No Django here.

`FORMATS` in `registry` is the only list of them.
"""
