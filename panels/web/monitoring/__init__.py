"""Running a server: the request log, metrics, error pages, and temporary failures of the database."""
