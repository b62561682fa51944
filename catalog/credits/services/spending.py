"""Spending a session on a booking, and giving it back. All of it joins the order's transaction."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from catalog.order.errors import CreditGone
from catalog.order.models import Line
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from .. import locks
from ..models import CreditGrant, CreditUse
from ..rules import BACK_FOR, covers, may_spend, next_value_fen
from ..selectors import guardians_by_child


class CreditCover:
    """How packages pay for an order's lines (catalog.order.covering.Cover)."""

    def take(self, *, user: User, booking: Booking, grant_id: UUID, now: datetime) -> int:
        return spend_credit(user=user, booking=booking, grant_id=grant_id, now=now).value_fen

    def take_again(self, *, booking_ids: Collection[int], now: datetime) -> None:
        spend_again(booking_ids=booking_ids, now=now)

    def give_back(self, *, booking_ids: Collection[int], now: datetime) -> list[int]:
        return give_back_uses(booking_ids=booking_ids, now=now)


def spend_credit(*, user: User, booking: Booking, grant_id: UUID, now: datetime) -> CreditUse:
    """Spend one session of a grant on a booking. Raises CreditGone: ended, used up, another family's, or not for this."""
    grant = CreditGrant.objects.filter(public_id=grant_id).prefetch_related("services").first()
    if grant is None or not _is_for(grant, user, booking):
        raise CreditGone
    return _spend(grant.pk, booking, now=now)


def spend_again(*, booking_ids: Collection[int], now: datetime) -> None:
    """Spend again what was given back of these bookings, from the same grants. Raises CreditGone where it is gone."""
    live = set(
        CreditUse.objects.filter(booking__in=booking_ids, given_back_at=None).values_list("booking_id", flat=True)
    )
    latest: dict[int, CreditUse] = {}
    for use in CreditUse.objects.filter(booking__in=booking_ids).select_related("booking").order_by("pk"):
        latest[use.booking_id] = use
    for use in sorted(latest.values(), key=lambda use: use.grant_id):
        if use.booking_id not in live:
            spent = _spend(use.grant_id, use.booking, now=now)
            Line.objects.filter(booking=use.booking_id).update(credit_fen=spent.value_fen)


def give_back_uses(*, booking_ids: Collection[int], now: datetime) -> list[int]:
    """Give the sessions of these bookings back; repeats do nothing. Returns the bookings whose session came back.

    What comes back may be used for a month at least, even where the card has meanwhile ended.
    """
    uses = locks.locked_uses_of(booking_ids, live=True)
    for use in uses:
        use.given_back_at = now
        use.save(update_fields=["given_back_at"])
        grant = locks.locked_grant(use.grant_id)
        grant.used -= 1
        grant.consumed_fen -= use.value_fen
        grant.expires_at, grant.ended_at = max(grant.expires_at, now + BACK_FOR), None
        grant.save(update_fields=["used", "consumed_fen", "expires_at", "ended_at"])
    return [use.booking_id for use in uses]


def _is_for(grant: CreditGrant, user: User, booking: Booking) -> bool:
    line = Line.objects.filter(booking=booking).only("line_price_before_discounts_incl_tax").first()
    guardians = guardians_by_child([booking.child_id]).get(booking.child_id, set())
    return covers(grant, booking, price_fen=line.list_price_fen if line else 0) and may_spend(
        grant, user_id=user.pk, booking=booking, guardian_ids=guardians
    )


def _spend(grant_id: int, booking: Booking, *, now: datetime) -> CreditUse:
    """Test and write are one UPDATE: of two bookings that want the last session, one gets it."""
    if not _take_one(grant_id, now=now):
        raise CreditGone
    grant = CreditGrant.objects.get(pk=grant_id)  # ours since the UPDATE
    grant.used -= 1
    value_fen = next_value_fen(grant)
    CreditGrant.objects.filter(pk=grant_id).update(consumed_fen=F("consumed_fen") + value_fen)
    try:
        with transaction.atomic():
            return CreditUse.objects.create(grant=grant, booking=booking, value_fen=value_fen, used_at=now)
    except IntegrityError as error:  # the booking is paid for already
        raise CreditGone from error


def _take_one(grant_id: int, *, now: datetime) -> bool:
    free = CreditGrant.objects.filter(
        pk=grant_id, ended_at=None, expires_at__gt=now, total__gt=F("used") + F("returned")
    )
    return bool(free.update(used=F("used") + 1))
