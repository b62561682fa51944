"""Row locks of vouchers: after an order's stock, before what is owed."""

from typing import Any

from oscar.apps.voucher.models import Voucher

from marketplace.accounts.models import User


def locked_voucher(voucher_id: int) -> Any:
    """Return the voucher, locked and read after the lock, or None: whoever counts its uses waits for us."""
    return Voucher.objects.select_for_update(of=("self",)).filter(pk=voucher_id).first()


def lock_person(user_id: int) -> None:
    """Lock a person, so that what they get in a year is counted once."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user_id)
