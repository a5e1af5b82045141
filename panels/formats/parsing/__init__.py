"""Raw material: XML, HTML and JSON from strangers, lines, links, dates, front matter, inline markup."""
