"""Links from one session to others: by speaker, tag, similarity and language, and side by side.

Everything starts from `published()`. Queries that could grow without limit read up to a bound, and report it.
"""
