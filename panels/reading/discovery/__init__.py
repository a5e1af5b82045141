"""Ways from one session to others: by speaker, by tag, by what is alike, by language, and side by side.

Everything starts from `published()`. What could grow without end is read up to a bound, and says so.
"""
