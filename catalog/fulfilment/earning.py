"""When a line of an order counts as delivered, and what its partner earns of it then.

- A session earns when it is marked held or missed. One that nobody marked counts as held `COUNTS_AS_HELD_AFTER` its end;
  its provider is asked before. One that the family cancelled late earns what the family did not get back, at the
  session's end. What the provider or we cancelled earns nothing.
- A course earns when it is opened, goods when they are shipped.

The money can be paid out once the family had its time to object: see `free_for_payout_at`. What goes back to a family
later is taken back from the partner in the same transaction (`take_back`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum

from catalog.order.enums import PAYABLE_KIND
from catalog.order.models import Line, LineRefund
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking
from catalog.scheduling.rules import window_of
from payments.ledger.services import Account
from payments.settlement.enums import EarnedBy
from payments.settlement.models import Earning
from payments.settlement.rules import left_of
from payments.settlement.services import Delivered, bring_forward, claw_back, earn
from payments.settlement.services.earning import ORDERS

from .models import Entitlement, Shipment

SOURCE = "order_line"
#: How long after a session, an opened course or a delivered parcel the family may object.
REFUND_WINDOW = timedelta(days=7)
#: A parcel whose arrival nobody noted counts as delivered so long after it left.
DELIVERED_AFTER = timedelta(days=7)
#: When the provider is asked about an unmarked session, and when it counts as held.
ASK_AFTER = timedelta(hours=24)
COUNTS_AS_HELD_AFTER = timedelta(hours=72)


@dataclass(frozen=True)
class CreditPaid:
    """What a package's or a plan's session paid for a line: its worth, where that money stands, and what it was paid for."""

    fen: int
    funded_from: Account
    about: tuple[str, int]


#: What a session paid ahead pays for a line, as long as it is not given back; None for a line paid with money.
CreditPayer = Callable[[Line], CreditPaid | None]
_credit_payers: list[CreditPayer] = []


def register_credit_payer(payer: CreditPayer) -> None:
    """Let the package above say what its credits pay."""
    _credit_payers[:] = [payer]


def credit_paid(line: Line) -> CreditPaid | None:
    """What a session paid ahead pays for this line, if one does."""
    if line.credit_fen == 0 or line.booking_id is None:
        return None
    if _credit_payers:
        return _credit_payers[0](line)
    return CreditPaid(line.credit_fen, ORDERS, (PAYABLE_KIND, line.order_id))


def value_of(line: Line) -> int:
    """What the partner's share is taken of, in fen: paid, borne by us, or paid ahead; refunds not counted."""
    credit = credit_paid(line)
    return line.price_fen + line.discount_fen + (credit.fen if credit else 0)


def earn_session(booking: Booking, *, line: Line | None = None) -> Earning | None:
    """Earn for a session that is over, as it stands now. Joins the caller's transaction, which holds the booking's lock."""
    line = line or _line_of(booking)
    if line is None:
        return None
    ends_at = booking.occupancy.ends_at
    return _earn(line, EarnedBy.SESSION, fulfilled_at=ends_at, available_at=free_for_payout_at(ends_at))


def earn_shipment(shipment: Shipment) -> None:
    """Earn for every line of a parcel that left. Joins the caller's transaction, which holds the order's lock."""
    left_at = shipment.shipped_at or shipment.created_at
    arrived_at = shipment.delivered_at or left_at + DELIVERED_AFTER
    for line in shipment.lines.select_related("order", "partner", "fee_version").order_by("pk"):
        _earn(line, EarnedBy.GOODS, fulfilled_at=left_at, available_at=free_for_payout_at(arrived_at))
        if shipment.delivered_at:
            bring_forward(source=(SOURCE, line.pk), available_at=free_for_payout_at(arrived_at))


def earn_course(entitlement: Entitlement) -> Earning | None:
    """Earn for a course that was opened. Joins the caller's transaction, which holds the order's lock."""
    opened_at = entitlement.opened_at
    line = Line.objects.select_related("order", "partner", "fee_version").get(pk=entitlement.order_line_id)
    return _earn(line, EarnedBy.COURSE, fulfilled_at=opened_at, available_at=free_for_payout_at(opened_at))


def take_back(line: Line, *, key: str) -> None:
    """Take back from the partner what the family got back of a line. Joins the refund's transaction; `key` names the act."""
    paid, borne = _left(line, refunded_fen=line.refunded_fen)
    claw_back(source=(SOURCE, line.pk), key=f"{key}:{line.pk}", paid_left_fen=paid, borne_left_fen=borne)


def free_for_payout_at(delivered_at: datetime) -> datetime:
    """When the family's time to object is over."""
    return delivered_at + REFUND_WINDOW


def _line_of(booking: Booking) -> Line | None:
    return Line.objects.select_related("order", "partner", "fee_version").filter(booking=booking).first()


def _earn(line: Line, earned_by: EarnedBy, *, fulfilled_at: datetime, available_at: datetime) -> Earning | None:
    if line.order.paid_at is None or line.partner is None:
        return None
    if known := Earning.objects.filter(source_kind=SOURCE, source_id=line.pk).first():
        return known  # marked again, or swept up: what came back since stays as it was
    # What was asked back will go: it is not earned first and taken back after.
    asked = LineRefund.objects.filter(line=line).aggregate(fen=Sum("refund__amount_fen"))["fen"] or 0
    paid, borne = _left(line, refunded_fen=max(asked, line.refunded_fen))
    credit = credit_paid(line)
    return earn(
        Delivered(
            source=(SOURCE, line.pk),
            payee=line.partner.public_id,
            earned_by=earned_by,
            paid_fen=paid,
            borne_fen=borne,
            fulfilled_at=fulfilled_at,
            available_at=available_at,
            fee_version=line.fee_version,
            funded_from=credit.funded_from if credit else ORDERS,
            about=credit.about if credit else (PAYABLE_KIND, line.order_id),
            reference=line.order.number,
        )
    )


def _left(line: Line, *, refunded_fen: int) -> tuple[int, int]:
    """What of a line's worth is left: (paid, borne by us), with its booking as it stands."""
    if credit := credit_paid(line):
        return (credit.fen if _keeps_unpaid(line) else 0), line.discount_fen if _keeps_unpaid(line) else 0
    if line.price_fen == 0:
        return 0, line.discount_fen if _keeps_unpaid(line) else 0
    refunded = min(refunded_fen, line.price_fen)
    return line.price_fen - refunded, left_of(line.discount_fen, price_fen=line.price_fen, refunded_fen=refunded)


def _keeps_unpaid(line: Line) -> bool:
    """Whether the partner keeps what was not paid with money here: unless its session was cancelled without loss."""
    booking = line.booking
    if booking is None or booking.status != BookingStatus.CANCELLED:
        return True
    if booking.cancelled_by != CancelledBy.FAMILY or booking.cancelled_at is None:
        return False
    return not window_of(booking, cancelled_by=CancelledBy.FAMILY, now=booking.cancelled_at).is_free
