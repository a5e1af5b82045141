"""Editorial work on events: imports, editing, comments, previews, scheduling."""
