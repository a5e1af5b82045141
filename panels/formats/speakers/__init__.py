"""Who speaks: labels, names, the people whom a file lists, and which label is whose."""
