"""Importing in the admin: paste or upload, review the preview, save a draft."""
