"""Data of other programs: speech recognisers' JSON, Oyez, tables."""
