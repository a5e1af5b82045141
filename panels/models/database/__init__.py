"""What the database does by itself, on SQLite and PostgreSQL alike: triggers and the search index."""
