"""Ways to write a transcript down: one module a format, with `read`, `write` or both. No Django here."""
