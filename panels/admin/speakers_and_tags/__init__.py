"""Speakers and tags in the admin, and merging two of them."""
