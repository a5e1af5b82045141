"""Everything that pages, feeds, downloads and the API read. Nothing here writes."""
