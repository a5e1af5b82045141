"""How static files are stored for production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names by content hash, also in what one script imports from another."""

    support_js_module_import_aggregation = True
