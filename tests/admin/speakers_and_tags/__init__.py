"""Tests of the pages of speakers and tags: identifying, merging, splitting, their history."""
