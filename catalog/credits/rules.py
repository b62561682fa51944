"""What a session of a grant is worth, what it covers, and who may use it. Pure but for what is loaded."""

from collections.abc import Collection
from datetime import datetime, timedelta

from catalog.catalogue.enums import ProductKind
from catalog.scheduling.models import Booking

from .enums import GrantSource
from .models import CreditGrant

#: A session that comes back may be used at least so long, whatever the card said.
BACK_FOR = timedelta(days=30)
REMIND_MONTH, REMIND_WEEK = timedelta(days=30), timedelta(days=7)


def unit_of(value_fen: int, total: int) -> int:
    """Return what each of `total` sessions is worth; the last one takes what remains."""
    return value_fen // total


def next_value_fen(grant: CreditGrant) -> int:
    """Return what the next session taken is worth: the last one left takes the rest, so that all sum to what was paid."""
    return grant.left_fen if grant.left == 1 else grant.unit_fen


def value_of_units_fen(grant: CreditGrant, units: int) -> int:
    """Return what `units` of the sessions left are worth together."""
    return grant.left_fen if units == grant.left else units * grant.unit_fen


def is_live(grant: CreditGrant, *, now: datetime) -> bool:
    """Whether sessions of it may be booked."""
    return grant.ended_at is None and now < grant.expires_at and grant.left > 0


def covers(grant: CreditGrant, booking: Booking, *, price_fen: int) -> bool:
    """Whether a grant pays for a booking at this price. Its `services` are those frozen at sale."""
    if grant.child_id is not None and grant.child_id != booking.child_id:
        return False
    if grant.max_price_fen is not None and price_fen > grant.max_price_fen:
        return False
    services = {service.pk for service in grant.services.all()}
    if services:
        return booking.service_id in services
    if booking.service.product.kind != ProductKind.SESSION:
        return False
    return grant.partner_id is None or booking.occupancy.provider.partner_id == grant.partner_id


def may_spend(grant: CreditGrant, *, user_id: int, booking: Booking, guardian_ids: Collection[int]) -> bool:
    """Whether a person may use a grant for a booking: of a child that its owner cares for, and they do, or are.

    `guardian_ids`: who cares for the booking's child.
    """
    own = booking.child.account_id
    owner_cares = grant.owner_id in guardian_ids or grant.owner_id == own
    return owner_cares and (user_id in guardian_ids or user_id == own)


def is_bought(grant: CreditGrant) -> bool:
    """Whether money was paid for it, so that money may come back."""
    return grant.source_kind == GrantSource.ORDER_LINE
