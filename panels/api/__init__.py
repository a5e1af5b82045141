"""The record as JSON, at `/api/v1/`: read-only. `docs/api.md` documents it.

`schemas` defines the objects, `serializers` makes them from what is stored, `pagination` pages through lists, `filters`
filters them, `endpoints` holds the views. `registry` connects them with django-ninja, which finds the endpoint, parses
the parameters and writes the OpenAPI description. Responses are written here, because ninja would validate each of
their values again, and supports neither entity tags nor `application/problem+json`.
"""
