"""What periods write into the ledger. Money paid is owed to the family until its period is over, then it is income.

One entry when a period closes: what was kept of its price, less the sessions of its allowance that were used, for these
are owed to whoever holds them (their earning is booked about this period, from the same account). A trial earns nothing:
used sessions of a trial are our cost. A refund after that takes income back.
"""

from django.db.models import Sum

from payments.enums import RefundState
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import Leg
from payments.ledger.selectors import balance_of_payable_fen
from payments.ledger.services import Account, post
from payments.models import Refund
from payments.subscriptions.enums import PAYABLE_KIND, CycleKind
from payments.subscriptions.models import BillingCycle

_OWED = Account(AccountKind.ORDERS)
_INCOME = Account(AccountKind.PLANS)
_COST = Account(AccountKind.DISCOUNTS)


def book_income(cycle: BillingCycle) -> None:
    """Book a closed period's income, or what it cost; at most once."""
    fen = _still_owed_fen(cycle)
    if cycle.kind == CycleKind.TRIAL:
        _post(cycle, f"plan:{cycle.pk}", fen, _COST)
    else:
        _post(cycle, f"plan:{cycle.pk}", fen, _INCOME)


def correct_income(cycle: BillingCycle, *, refund_key: str) -> None:
    """After a refund of a closed period: what went back is no income."""
    _post(cycle, f"plan:{cycle.pk}:{refund_key}", _still_owed_fen(cycle), _INCOME)


def _still_owed_fen(cycle: BillingCycle) -> int:
    """What stands as owed for a period beyond what is on its way back and what sessions are still to earn, in fen."""
    on_its_way = sum(
        Refund.objects.filter(attempt__intent__payable_kind=PAYABLE_KIND, attempt__intent__payable_id=cycle.pk)
        .exclude(state=RefundState.SUCCEEDED)
        .values_list("amount_fen", flat=True)
    )
    held = -balance_of_payable_fen(AccountKind.ORDERS, PAYABLE_KIND, cycle.pk)
    return held - on_its_way - _to_be_earned_fen(cycle)


def _to_be_earned_fen(cycle: BillingCycle) -> int:
    """What used sessions are worth that were not held yet, in fen."""
    entries = (EntryKind.EARNING, EntryKind.CLAW_BACK)
    earned = Leg.objects.filter(
        account=AccountKind.ORDERS,
        entry__kind__in=entries,
        entry__payable_kind=PAYABLE_KIND,
        entry__payable_id=cycle.pk,
    ).aggregate(fen=Sum("amount_fen"))["fen"]
    return max(0, cycle.sessions_used * cycle.session_unit_fen - (earned or 0))


def _post(cycle: BillingCycle, key: str, fen: int, other: Account) -> None:
    if fen:
        post(key=key, kind=EntryKind.PLAN, about=(PAYABLE_KIND, cycle.pk), legs=[(_OWED, fen), (other, -fen)])
