"""Compute the rows that an import writes, and write them in bulk."""
