"""What is answered at which address. Importing this registers all of it."""

from panels.api.endpoints import about, events, passages, quotes, searches, speakers, tags

__all__ = ["about", "events", "passages", "quotes", "searches", "speakers", "tags"]
