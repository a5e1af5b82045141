"""Template tags and filters; settings.py names the libraries."""
