"""Django's own sentences that its Chinese translation lacks, or says as no newsroom would: Panels' catalogue says them.

Nothing imports this. `make messages` finds the sentences here, and Django takes the translation of whichever
application in INSTALLED_APPS has one first.
"""

from django.utils.translation import gettext_noop, ngettext_lazy, pgettext_lazy

SENTENCES = (
    gettext_noop("Add %(name)s"),
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Add another %(model)s"),
    gettext_noop("Delete selected %(model)s"),
    gettext_noop("View selected %(model)s"),
    gettext_noop(" By %(filter_title)s "),
    gettext_noop("Breadcrumbs"),
    gettext_noop("Remove from sorting"),
    gettext_noop("Toggle sorting"),
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("Models in the %(name)s application"),
    gettext_noop("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    ngettext_lazy("%(counter)s result", "%(counter)s results", "counter"),
    pgettext_lazy("String to return when truncating text", "%(truncated_text)s…"),
)
