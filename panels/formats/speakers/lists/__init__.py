"""Lists and tables of the people of a session, as they stand at the head or the foot of a file."""
