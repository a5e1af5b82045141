"""Why a transcript is not stored."""


class ImportRefusedError(ValueError):
    """A transcript cannot be stored; the message says which part of it and why, for people."""


class OutdatedError(ImportRefusedError):
    """The event is no longer what it was when the plan was made."""


class DoubtError(ImportRefusedError):
    """It must be said first who somebody is."""
