"""Rights that an account gets from a sign-in, and its second factors."""

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.db import transaction
from django.utils.translation import gettext as _

from panels.editorial import audit
from panels.editorial.audit import Action
from panels.editorial.history import row_history
from panels.editorial.history.row_history import Reason
from panels.operation.single_sign_on import ROLES


@transaction.atomic
def set_roles(user: User, roles: Collection[str]) -> None:
    """Give an account these roles, of those that migrations create, and no other; without one it cannot be used.

    Groups of other names and the right of a superuser stay as they are. Sessions of an account without a role end.
    """
    (stored,) = row_history.lock(User, [user.pk])
    is_new = not row_history.revisions(User, user.pk).exists()
    if not is_new:
        row_history.ensure_recorded(stored)
    groups = {group.name: group for group in Group.objects.filter(name__in=ROLES)}
    stored.groups.remove(*(group for name, group in groups.items() if name not in roles))
    stored.groups.add(*(group for name, group in groups.items() if name in roles))
    stored.is_staff = bool(roles)
    stored.save(update_fields=["is_staff"])
    reason = Reason.CREATED if is_new else Reason.CHANGED
    row_history.record(stored, by=None, reason=reason, note=_("single sign-on"))
    if not roles:
        for session in UserSession.objects.filter(user=stored):
            session.end()


@transaction.atomic
def remove_second_factors(user: User, *, by: AbstractBaseUser | None) -> int:
    """Remove all second factors of an account, so that its password alone is asked for; returns how many there were."""
    removed = 0
    for factor in Authenticator.objects.select_for_update().filter(user=user):
        record_factor(Action.TWO_FACTOR_REMOVED, user, factor, by=by)
        factor.delete()
        removed += 1
    return removed


def record_factor(
    action: Action, user: AbstractBaseUser, factor: Authenticator | None, *, by: AbstractBaseUser | None
) -> None:
    """Put a change of a second factor into the audit log. Keys are named, so that one of several can be told."""
    details = str(factor.get_type_display()) if factor is not None else ""
    if factor is not None and factor.type == Authenticator.Type.WEBAUTHN:
        details = factor.wrap().name
    audit.record(action, user.pk, user.get_username(), by=by, details=details)
