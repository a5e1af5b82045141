"""Tests of the import pages: preview, proposals, who is who, corrected texts, odd input."""
