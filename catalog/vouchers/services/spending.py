"""Using a voucher for an order, and giving it back. Both join the order's transaction."""

from oscar.apps.voucher.models import VoucherApplication

from .. import locks
from ..errors import VoucherUnknown
from ..selectors import refuse_spent


def take_voucher(*, voucher_id: int, user_id: int, order_id: int) -> None:
    """Count one use, under the voucher's lock: of two orders that want the last one, one gets it. Repeats do nothing.

    Whether it is this person's and of today was asked when the price was made.

    Raises: VoucherUnknown (it was removed), VoucherUsedUp, VoucherUsedByYou.
    """
    voucher = locks.locked_voucher(voucher_id)
    if voucher is None:
        raise VoucherUnknown
    uses = VoucherApplication.objects
    if uses.filter(voucher=voucher, order_id=order_id).exists():
        return
    refuse_spent(voucher, user_id=user_id)
    uses.create(voucher=voucher, user_id=user_id, order_id=order_id)


def give_voucher_back(*, order_id: int) -> None:
    """Uncount the use of an order nobody paid; repeats do nothing."""
    VoucherApplication.objects.filter(order_id=order_id).delete()
