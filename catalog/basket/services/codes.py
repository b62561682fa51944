"""A voucher's code in a basket: one at a time."""

from django.db import transaction
from django.utils import timezone

from catalog.vouchers.errors import TooManyCodes
from catalog.vouchers.rules import CODE_PACE
from catalog.vouchers.selectors import refuse_unusable, voucher_with_code
from marketplace.accounts.models import User
from marketplace.core.throttling import Attempt

from .. import locks
from ..errors import LineGone


@transaction.atomic(durable=True)
def enter_code(*, user: User, code: str) -> None:
    """Lay a voucher into the person's basket, in place of another one. Nothing is counted before an order is placed.

    Raises: TooManyCodes, LineGone (the basket is empty), VoucherUnknown, VoucherNotYet, VoucherEnded, VoucherUsedUp,
    VoucherUsedByYou.
    """
    if not Attempt(CODE_PACE, str(user.public_id)).begin():
        raise TooManyCodes
    basket = locks.locked_open_basket(user)
    if basket is None:
        raise LineGone
    voucher = voucher_with_code(code)
    refuse_unusable(voucher, user=user, now=timezone.now())
    basket.vouchers.set([voucher])


@transaction.atomic(durable=True)
def remove_code(*, user: User) -> None:
    """Take the voucher out of the person's basket; none there is no error."""
    basket = locks.locked_open_basket(user)
    if basket is not None:
        basket.vouchers.clear()
