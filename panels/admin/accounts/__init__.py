"""Users and groups, signing in, and resetting a password."""
