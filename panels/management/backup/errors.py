"""Errors when a backup cannot be made or restored."""


class BackupError(Exception):
    """What happened, and what to do, as a sentence for the operator."""
