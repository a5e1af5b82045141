"""Speakers and tags: find likely duplicates, merge and split them, identify labels, and tag passages."""
