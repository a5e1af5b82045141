"""Public pages kept in memory and answered before Django runs, never older than the database.

`PageCache` is a WSGI application around Django's. Each page is kept with the site version that it was made from
(`panels.models.database.site_version`). A request for it costs one small query for the present version; nothing
expires by a timer.

A page is made from a request that holds nothing but what the page is kept under: host, scheme, path, query and
language. What somebody sent otherwise (cookies, headers) cannot get into it.
"""
