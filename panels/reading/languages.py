"""Languages of records (BCP 47 tags) and of the interface."""

from django.conf import settings
from django.utils.translation import get_language_info, get_supported_language_variant
from django.utils.translation import gettext as _


def language_name(tag: str) -> str:
    """The name of a language in the reader's language: "zh-Hans" → "Simplified Chinese"; the tag itself if unknown."""
    if tag.lower() == "zh":
        return _("Chinese")
    try:
        name: str = get_language_info(tag.lower())["name_translated"]
    except KeyError:
        return tag
    return name


def interface_language_for(tag: str) -> str:
    """The interface language for a record's language: "zh-Hant" → "zh-hans"; English if there is none."""
    primary = tag.lower().partition("-")[0]
    try:
        return get_supported_language_variant(tag.lower())
    except LookupError:
        return next((code for code, _name in settings.LANGUAGES if code.partition("-")[0] == primary), "en")
