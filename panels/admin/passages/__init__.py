"""Questions and answers in the admin, and tagging many at once."""
