"""Shared by the admin of all models: base classes, versions and conflicts, filters, and lists that link elsewhere."""
