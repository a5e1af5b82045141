"""Close links to previews."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panels.editorial.publishing.states import StateError
from panels.models import Event, PreviewLink


@transaction.atomic
def revoke(event: Event, link: int) -> PreviewLink:
    """Close a preview link, whose key is given. Raises PreviewLink.DoesNotExist, and StateError if it is closed."""
    found = PreviewLink.objects.select_for_update().get(event=event, pk=link)
    if found.revoked_at is not None:
        raise StateError(_("This link was already revoked."))
    found.revoked_at = timezone.now()
    found.save(update_fields=["revoked_at"])
    return found
