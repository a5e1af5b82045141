"""Panels' own formats: lossless ones, and readers of files that Panels wrote."""
