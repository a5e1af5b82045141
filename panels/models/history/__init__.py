"""What was: versions, revisions, corrections with the wordings they replaced, merges."""
