"""Data of other programs: JSON of speech recognisers, Oyez, tables."""
