"""The site for readers: pages, feeds, downloads, embeds, and what all of them share."""
