"""Match a text with stored sessions, passages and speakers, and labels with the speakers they may mean."""
