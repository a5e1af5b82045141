"""History: versions, revisions, corrections with the wordings they replaced, merges, sign-in attempts."""
