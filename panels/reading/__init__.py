"""The queries behind pages, feeds, downloads and the API. Nothing here writes."""
