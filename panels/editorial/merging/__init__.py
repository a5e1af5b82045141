"""Speakers and tags that are one: likely duplicates found, two merged, a merge undone."""
