"""The endpoints. Importing this package registers all of them."""

from panels.api.endpoints import about, events, passages, quotes, searches, speakers, tags

__all__ = ["about", "events", "passages", "quotes", "searches", "speakers", "tags"]
