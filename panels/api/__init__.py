"""The record as JSON, at `/api/v1/`: read-only. `docs/api.md` says what it promises.

`schemas` says what is told, `serializers` makes it from what is stored, `pagination` pages through lists, `filters`
narrows them, `endpoints` answers. `registry` holds them together with django-ninja, which finds the endpoint, reads the
parameters and writes the OpenAPI description; answers are written here, since ninja would check each of their values
once more, and knows neither entity tags nor `application/problem+json`.
"""
