"""Storage of static files for production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names files by content hash, including in JavaScript imports."""

    support_js_module_import_aggregation = True
