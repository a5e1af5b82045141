"""Text in which labels, headings or bold words say who speaks: one module a shape."""
