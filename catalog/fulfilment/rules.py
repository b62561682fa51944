"""Who may open and who may send. Pure but for the partner's list of people."""

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User

from .models import Entitlement, Shipment


def may_open(user: User, entitlement: Entitlement) -> bool:
    """Whether this person may read what was bought: its owner, until access ends."""
    return bool(user.is_authenticated) and entitlement.user_id == user.pk and entitlement.ended_at is None


def may_ship(user: User, shipment: Shipment) -> bool:
    """Whether this person may say that a parcel was sent: the partner's people, and our staff."""
    return user.role == Role.STAFF or shipment.partner.users.filter(pk=user.pk).exists()
