"""Why a transcript is not stored."""


class ImportRefusedError(ValueError):
    """A transcript cannot be stored; the message says which part of it and why, for people."""


class OutdatedError(ImportRefusedError):
    """The event has changed since the plan was made."""


class DoubtError(ImportRefusedError):
    """An editor must first decide who somebody is."""
