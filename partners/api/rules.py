"""Whose keys somebody may make, and what a key may do."""

from collections.abc import Collection

from django.db.models import QuerySet

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership, Partner
from marketplace.accounts.models import User

from .enums import Scope
from .models import ApiKey

#: So many keys and addresses a partner has at once.
MOST_KEYS, MOST_ADDRESSES = 10, 5


def partners_managed_by(user: User) -> QuerySet[Partner]:
    """Return the organisations whose keys this person may make, in a stable order."""
    mine = Membership.objects.filter(user=user, role=TeamRole.MANAGER)
    return Partner.objects.filter(pk__in=mine.values("partner_id")).order_by("pk")


def may_manage(user: User, partner: Partner) -> bool:
    """Whether this person makes and revokes keys and addresses of an organisation."""
    return Membership.objects.filter(user=user, partner=partner, role=TeamRole.MANAGER).exists()


def is_alive(key: ApiKey) -> bool:
    """Whether a key still opens anything: not revoked, its maker still there and still managing."""
    return key.revoked_at is None and key.made_by.is_active and may_manage(key.made_by, key.partner)


def has_all(key: ApiKey, scopes: Collection[Scope]) -> bool:
    """Whether a key may do all of this."""
    return set(scopes) <= set(key.scopes)
