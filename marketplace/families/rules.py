"""Who may see and change what of a family."""

from datetime import date
from typing import Any

from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.accounts.rules import is_teen

from .age_rules import rules_on
from .enums import GuardianshipScope
from .models import Child, Guardianship, GuardianshipQuerySet

#: How many people may care for one child here: parents, and who stands in for them.
MOST_GUARDIANS = 4


def _counts(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def _guardianships(user: Any, child: Child) -> GuardianshipQuerySet:
    return child.guardianships.in_force().filter(guardian_id=user.pk)


def may_see_child(user: Any, child: Child) -> bool:
    """Return whether this person is of the child's family: a guardian in force of any scope, or the child itself."""
    return _counts(user) and (child.account_id == user.pk or _guardianships(user, child).exists())


def may_edit_child(user: Any, child: Child) -> bool:
    """Return whether this person may change the profile: a full guardian, as long as it is not archived."""
    return child.archived_at is None and is_full_guardian(user, child)


def is_full_guardian(user: Any, child: Child) -> bool:
    """Return whether this person stands for the child with all that a guardian may do."""
    return _counts(user) and _guardianships(user, child).full().exists()


def is_grown_up(child: Child, *, today: date | None = None) -> bool:
    """Return whether nobody is this person's guardian any more."""
    return rules_on(child.born_on, today or timezone.localdate()).is_adult


def may_care_for_others(user: Any, *, today: date | None = None) -> bool:
    """Return whether this person can be a guardian: an adult, as far as account and own profile say."""
    own = Child.objects.filter(account_id=user.pk).first()
    is_adult = user.role != Role.TEEN if own is None else is_grown_up(own, today=today)
    return _counts(user) and is_adult


def decides_alone(user: Any, child: Child, *, today: date | None = None) -> bool:
    """Return whether this is the child itself, old enough to decide about its own data."""
    own = _counts(user) and child.account_id == user.pk
    return own and rules_on(child.born_on, today or timezone.localdate()).decides_alone


def may_end_guardianship(user: Any, guardianship: Guardianship) -> bool:
    """Return whether this person may end it without our staff: see ADR 0011.

    The guardian; a full guardian who invited this one; a teen who decides alone and invited this one.
    """
    if guardianship.guardian_id == user.pk:
        return _counts(user)
    if guardianship.invited_by_id != user.pk:
        return False
    return is_full_guardian(user, guardianship.child) or decides_alone(user, guardianship.child)


def may_ask_to_end_guardianship(user: Any, guardianship: Guardianship) -> bool:
    """Return whether this person may ask our staff to end it: another full guardian, or a teen who decides alone."""
    if guardianship.guardian_id == user.pk:
        return False
    return is_full_guardian(user, guardianship.child) or decides_alone(user, guardianship.child)


def is_last_full_guardian(guardianship: Guardianship) -> bool:
    """Return whether the child would be left without anybody who stands for it."""
    return (
        guardianship.scope == GuardianshipScope.FULL and guardianship.child.guardianships.in_force().full().count() <= 1
    )


def has_others_pay(user: Any, *, today: date | None = None) -> bool:
    """Return whether this is a young person's account, for whom a guardian buys (Civil Code, art. 19-22)."""
    if not is_teen(user):
        return False
    own = Child.objects.filter(account_id=user.pk).first()
    return own is None or not is_grown_up(own, today=today)
