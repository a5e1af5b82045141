"""Events in the admin: their form and list, publication, history, the session as text."""
