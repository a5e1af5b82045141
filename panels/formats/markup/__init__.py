"""HTML pages and XML documents: Akoma Ntoso, TEI, TheyWorkForYou and others."""
