"""Who may open and who may send. Pure but for the partner's list of people."""

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User

from .entitlement import entitlement_for
from .models import Entitlement, Shipment


def may_open(user: User, entitlement: Entitlement) -> bool:
    """Whether this person may read their copy: until what was bought ends, or as long as their plan opens it."""
    if not user.is_authenticated or entitlement.user_id != user.pk or entitlement.ended_at is not None:
        return False
    return entitlement.order_line_id is not None or entitlement_for(user, entitlement.product).opened


def may_ship(user: User, shipment: Shipment) -> bool:
    """Whether this person may say that a parcel was sent: the partner's people, and our staff."""
    return user.role == Role.STAFF or shipment.partner.users.filter(pk=user.pk).exists()
