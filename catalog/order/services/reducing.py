"""What an order does not pay in money: a voucher's use, and sessions of packages. Runs inside the caller's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from oscar.core.loading import get_model

from catalog.vouchers.errors import VoucherUnknown
from catalog.vouchers.services import give_voucher_back, take_voucher
from marketplace.accounts.models import User
from marketplace.core.money import yuan_from_fen

from ..covering import cover
from ..models import Line, Order

#: Oscar's voucher.Voucher.
Voucher = Any


def take_reductions(
    order: Order, *, voucher: Voucher | None, grants: Mapping[int, UUID], user: User, now: datetime
) -> None:
    """Spend what the order's prices were made with.

    Raises: VoucherUsedUp, VoucherUsedByYou, VoucherUnknown, CreditGone. The caller rolls back.
    """
    if voucher is not None:
        take_voucher(voucher_id=voucher.pk, user_id=user.pk, order_id=order.pk)
        _note_voucher(order, voucher)
    for line in Line.objects.filter(order=order, booking__in=grants.keys()).select_related("booking").order_by("pk"):
        if line.booking is not None:
            line.credit_fen = cover().take(user=user, booking=line.booking, grant_id=grants[line.booking.pk], now=now)
            line.save(update_fields=["credit_fen"])


def take_reductions_again(order: Order, *, now: datetime) -> None:
    """Money came after the order had ended: spend again what was given back. Raises a Refusal where it is gone."""
    if order.user_id is None:
        raise VoucherUnknown
    for voucher_id in order.discounts.filter(voucher_id__isnull=False).values_list("voucher_id", flat=True):
        take_voucher(voucher_id=voucher_id, user_id=order.user_id, order_id=order.pk)
    if bookings := _covered(order):
        cover().take_again(booking_ids=bookings, now=now)


def give_reductions_back(order: Order, *, now: datetime) -> None:
    """The order ended unpaid: nothing of it was spent. Repeats do nothing."""
    give_voucher_back(order_id=order.pk)
    if bookings := _covered(order):
        cover().give_back(booking_ids=bookings, now=now)


def _covered(order: Order) -> list[int]:
    """Bookings that a package paid for: their line costs nothing, and no voucher made it so."""
    lines = Line.objects.filter(order=order, booking__isnull=False, price_fen=0, discount_fen=0)
    return list(lines.order_by("pk").values_list("booking_id", flat=True))


def _note_voucher(order: Order, voucher: Voucher) -> None:
    taken = sum(Line.objects.filter(order=order).values_list("discount_fen", flat=True))
    get_model("order", "OrderDiscount").objects.create(
        order=order,
        offer_name=voucher.name[:128],
        voucher_id=voucher.pk,
        voucher_code=voucher.code,
        frequency=1,
        amount=yuan_from_fen(taken),
    )
