"""The site for readers: pages, feeds, downloads, embeds, and their shared code."""
