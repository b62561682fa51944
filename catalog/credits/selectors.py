"""Reads of sessions paid for ahead."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from catalog.catalogue.enums import ProductKind
from catalog.catalogue.models import Product
from catalog.fulfilment.earning import ORDERS, CreditPaid
from catalog.order.enums import PAYABLE_KIND
from catalog.order.models import Line
from catalog.order.selectors import claimed_fen
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from marketplace.core.money import fen_from_yuan
from marketplace.families.models import Guardianship
from marketplace.families.selectors import profile_ids_of
from payments.ledger.enums import AccountKind
from payments.ledger.services import Account

from .enums import GrantSource
from .models import CreditGrant, CreditRefund, CreditUse
from .rules import covers, is_bought, is_live, may_spend, value_of_units_fen


def grants_of(user: User) -> QuerySet[CreditGrant]:
    """Return what a person holds or held, the next to end first, with what a list shows."""
    return (
        CreditGrant.objects.filter(owner=user)
        .select_related("product", "child", "partner", "order_line__order")
        .prefetch_related("services__product")
        .order_by("ended_at", "expires_at", "pk")
    )


def grant_of(user: User, public_id: UUID) -> CreditGrant | None:
    """Return one grant of this person with its uses and refunds, else None."""
    uses = CreditUse.objects.select_related(
        "booking__occupancy__provider__partner", "booking__service__product", "booking__child"
    )
    refunds = CreditRefund.objects.select_related("refund")
    return (
        grants_of(user)
        .filter(public_id=public_id)
        .prefetch_related(Prefetch("uses", queryset=uses), Prefetch("refunds", queryset=refunds))
        .first()
    )


def spendable_by(user: User, *, now: datetime) -> list[CreditGrant]:
    """Return grants with sessions left that this person may use for somebody of their family, the next to end first."""
    family = Guardianship.objects.in_force().filter(child_id__in=profile_ids_of(user)).values("guardian_id")
    live = CreditGrant.objects.filter(ended_at=None, expires_at__gt=now).filter(Q(owner=user) | Q(owner__in=family))
    found = live.select_related("product").prefetch_related("services").order_by("expires_at", "pk")
    return [grant for grant in found if grant.left]


def guardians_by_child(child_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return who cares for each of these children, in one query."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Guardianship.objects.in_force().filter(child_id__in=set(child_ids)).order_by()
    for child_id, guardian_id in rows.values_list("child_id", "guardian_id"):
        found[child_id].add(guardian_id)
    return found


def grants_for_bookings(
    user: User, priced: Sequence[tuple[Booking, int]], *, now: datetime | None = None
) -> dict[int, list[CreditGrant]]:
    """Return which grants may pay for each booking (by its id) at its price in fen; three queries at most."""
    if not priced:
        return {}
    grants = spendable_by(user, now=now or timezone.now())
    guardians = guardians_by_child(booking.child_id for booking, _price in priced) if grants else {}
    return {
        booking.pk: [
            grant
            for grant in grants
            if covers(grant, booking, price_fen=price_fen)
            and may_spend(
                grant, user_id=user.pk, booking=booking, guardian_ids=guardians.get(booking.child_id, frozenset())
            )
        ]
        for booking, price_fen in priced
    }


@dataclass(frozen=True)
class Refundable:
    """How many sessions may be given back now, and what each number of them brings, in fen."""

    units: int
    sums: Sequence[tuple[int, int]]

    @property
    def whole_fen(self) -> int:
        return self.sums[-1][1] if self.sums else 0


def refundable_part(grant: CreditGrant) -> Refundable:
    """Return what of a bought grant may become money again: sessions nobody used, never more than is left of the price."""
    if not is_bought(grant) or grant.order_line is None or grant.left == 0:
        return Refundable(0, ())
    most = grant.order_line.price_fen - claimed_fen(grant.order_line)
    sums = [(units, min(most, value_of_units_fen(grant, units))) for units in range(1, grant.left + 1)]
    return Refundable(grant.left, [pair for pair in sums if pair[1]])


def state_of(grant: CreditGrant, *, now: datetime) -> str:
    """Return one word for pages: live, used, expired or ended."""
    if is_live(grant, now=now):
        return "live"
    if grant.left == 0:
        return "used"
    return "expired" if grant.ended_at is None or grant.ended_at >= grant.expires_at else "ended"


def paid_by_credit(line: Line) -> CreditPaid | None:
    """What a session paid ahead pays for a line, as long as it is not given back (catalog.fulfilment.earning)."""
    use = (
        CreditUse.objects.filter(booking=line.booking_id, given_back_at=None)
        .select_related("grant__order_line")
        .first()
    )
    if use is None:
        return None
    source = GrantSource(use.grant.source_kind)
    if source == GrantSource.ORDER_LINE and use.grant.order_line is not None:
        return CreditPaid(use.value_fen, ORDERS, (PAYABLE_KIND, use.grant.order_line.order_id))
    if source == GrantSource.PLAN_CYCLE:
        return CreditPaid(use.value_fen, ORDERS, (str(source.value), use.grant.source_id))
    return CreditPaid(use.value_fen, Account(AccountKind.DISCOUNTS), (PAYABLE_KIND, line.order_id))


def used_of_cycle(cycle_id: int) -> int:
    """How many sessions of a plan's period were used or stand booked."""
    found = CreditGrant.objects.filter(source_kind=GrantSource.PLAN_CYCLE, source_id=cycle_id)
    return found.values_list("used", flat=True).first() or 0


def is_package_used(line: Line) -> bool:
    """Whether a session of the package a line bought was used or stands booked."""
    return CreditGrant.objects.filter(order_line=line, used__gt=0).exists()


def credit_lasts_until(user: User, product: Product, now: datetime) -> datetime | None:
    """Until when a session of this person's family pays for a product; None when none does (fulfilment.entitlement)."""
    fitting = [grant.expires_at for grant in spendable_by(user, now=now) if _is_for(grant, product)]
    return max(fitting, default=None)


def _is_for(grant: CreditGrant, product: Product) -> bool:
    """Whether a grant may pay for a product at all; whose booking and which partner's is decided when it is used."""
    services = [service.product_id for service in grant.services.all()]
    if services:
        return product.pk in services
    if product.kind != ProductKind.SESSION:
        return False
    most = grant.max_price_fen
    prices = product.stockrecords.values_list("price", flat=True)
    return most is None or any(price is not None and fen_from_yuan(price) <= most for price in prices)
