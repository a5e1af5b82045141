"""The interface speaks Simplified Chinese wholly, and what it speaks is compiled."""

import gettext
import re
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "panels" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
SOURCES = [
    path
    for folder in ("panels", "templates")
    for suffix in ("*.py", "*.html")
    for path in (ROOT / folder).rglob(suffix)
]
MARKED = re.compile(
    r"""(?<![\w])(?:_|gettext|gettext_lazy|gettext_noop)\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*[,)]"""
    r"""|{% translate (?:"([^"]*)"|'([^']*)')"""
)


def test_every_text_is_translated() -> None:
    catalogue = polib.pofile(str(CATALOGUE))

    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []


def test_no_text_is_missing_in_the_catalogue() -> None:
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}
    written = {
        next(filter(None, found.groups())) for path in SOURCES for found in MARKED.finditer(path.read_text("utf-8"))
    }

    assert len(written) > 150
    assert {text.replace('\\"', '"') for text in written} - known == set()


def test_placeholders_survive_translation() -> None:
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)\w", text))

    for entry in polib.pofile(str(CATALOGUE)):
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            assert not text or placeholders(text) == placeholders(entry.msgid), entry.msgid


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)

    for entry in polib.pofile(str(CATALOGUE)):
        if entry.msgid_plural:
            assert translations.ngettext(entry.msgid, entry.msgid_plural, 2) == entry.msgstr_plural[0]
        elif entry.msgctxt:
            assert translations.pgettext(entry.msgctxt, entry.msgid) == entry.msgstr
        else:
            assert translations.gettext(entry.msgid) == entry.msgstr
