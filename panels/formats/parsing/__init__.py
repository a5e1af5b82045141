"""Parsing of untrusted input: XML, HTML and JSON, lines, links, dates, front matter, inline markup."""
