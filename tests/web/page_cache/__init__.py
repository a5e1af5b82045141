"""Kept pages are what the database says, for everybody who may see them."""
