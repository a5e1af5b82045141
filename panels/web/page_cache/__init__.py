"""Cache public pages in memory and serve them before Django runs, never older than the database.

`PageCache` is a WSGI application around Django's. Each page is cached with the site version that it was made from
(`panels.models.database.site_version`). A request for it costs one small query for the current version; nothing
expires by time.

A page is made from a request that contains only what is in its cache key: host, scheme, path, query and language.
Anything else in a client's request (cookies, headers) cannot get into it.
"""
