"""Running a site: what its settings, its database and its backups must be."""
