"""Match a text with what is stored: the session, its passages, its speakers, and the speakers behind labels."""
