"""The documentation of the API: its OpenAPI description, the examples, and the reference page."""
