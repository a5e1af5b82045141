"""The words that tell readers how an answer is attributed. Pages, embeds, feeds, images and citations use these."""

from django.utils.translation import gettext as _


def unattributed() -> str:
    """Shown instead of a name where the source does not name the speaker."""
    return _("Speaker not named in the source")


def inferred() -> str:
    """Shown beside the name of a speaker whom the editors inferred."""
    return _("inferred by the editors")
