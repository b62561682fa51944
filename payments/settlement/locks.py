"""Every row lock of settlement. Order: payable (its own package), then payee, earning, payout."""

from typing import Any
from uuid import UUID

from payments.settlement.models import Earning, FeeVersion, Payee, Payout, PayoutAccount


def locked_payee(payee: UUID) -> Payee:
    """The payee's row, made when it is missing, and locked: whoever holds it alone decides over its money."""
    Payee.objects.get_or_create(payee=payee)
    return Payee.objects.select_for_update(of=("self",)).get(payee=payee)


def locked_earning(source: tuple[str, int]) -> Earning | None:
    """What a source earned, locked and read after the lock; None when it earned nothing yet."""
    kind, source_id = source
    rows = Earning.objects.select_for_update(of=("self",))
    return rows.filter(source_kind=kind, source_id=source_id).first()


def locked_payout(payout_id: int) -> Payout:
    """The payout, locked and read after the lock. Lock its payee first where its amount matters."""
    return Payout.objects.select_for_update(of=("self",)).get(pk=payout_id)


def locked_account(**which: Any) -> PayoutAccount:
    """One account, locked and read after the lock."""
    return PayoutAccount.objects.select_for_update(of=("self",)).get(**which)


def locked_fees(version_id: int) -> FeeVersion:
    """One version of the rules, locked and read after the lock."""
    return FeeVersion.objects.select_for_update(of=("self",)).get(pk=version_id)
