"""Database features on SQLite and PostgreSQL: triggers and the search index."""
