"""Many editors and readers at once on a real server: nothing that was acknowledged may be lost."""
