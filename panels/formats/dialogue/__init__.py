"""Text whose labels, headings or bold words name the speakers: one module for each form."""
