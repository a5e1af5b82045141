"""What every change of a stored row goes through: its locks, its version, its note for readers, one transaction."""
