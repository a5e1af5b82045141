"""What happens to an event behind the scenes: imports, editing, comments, previews, scheduling."""
