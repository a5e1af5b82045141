"""Saved versions of events, speakers, tags and accounts: recorded with every change, compared, and restored."""
