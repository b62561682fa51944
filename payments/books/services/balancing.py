"""What should stand at a company by its own bills, against what our ledger says stands there."""

from django.db.models import Q, Sum

from payments.books import days
from payments.books.enums import DecisionState, DifferenceState, Resolution
from payments.books.enums import DifferenceKind as Kind
from payments.books.models import BookedBill, BookedLine, Difference
from payments.books.rules import effect_fen
from payments.books.services.comparing import open_difference
from payments.gateways.accounting import BillKind
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import Leg

#: Money that the bill of trades does not tell of: what the company sent to our bank, or we sent on.
_ELSEWHERE = (EntryKind.GATEWAY_SETTLEMENT, EntryKind.PAYOUT)


def compare_balance(bill: BookedBill) -> None:
    """Open a difference when a gap is left that no other difference explains. Joins the caller's transaction."""
    ours, theirs = ours_fen(bill), theirs_fen(bill)
    unexplained = theirs - ours - _explained(bill)
    standing = Difference.objects.filter(
        gateway=bill.gateway, kind=Kind.BALANCE_DIFFERS, state__in=[DifferenceState.OPEN, DifferenceState.PROPOSED]
    ).first()
    if not unexplained or standing is not None:
        return
    open_difference(
        Difference(
            key=f"{bill.gateway}:{Kind.BALANCE_DIFFERS}:{bill.day}",
            gateway=bill.gateway,
            day=bill.day,
            kind=Kind.BALANCE_DIFFERS,
            ours_fen=theirs - unexplained,
            theirs_fen=theirs,
        )
    )


def theirs_fen(bill: BookedBill) -> int:
    """All bills up to this one: came in, less what went back, was disputed and kept, in fen."""
    lines = BookedLine.objects.filter(bill__gateway=bill.gateway, bill__day__lte=bill.day)
    found = lines.aggregate(
        paid=Sum("amount_fen", filter=Q(kind=BillKind.PAYMENT)),
        back=Sum("amount_fen", filter=~Q(kind=BillKind.PAYMENT)),
        kept=Sum("fee_fen"),
    )
    return (found["paid"] or 0) - (found["back"] or 0) - (found["kept"] or 0)


def ours_fen(bill: BookedBill) -> int:
    """Our clearing account over the same days, in fen.

    What people decided counts to the days it puts right. What the company did before midnight and we heard of after
    counts to its day.
    """
    first = BookedBill.objects.filter(gateway=bill.gateway).order_by("day").values_list("day", flat=True)[0]
    late = bill.lines.values_list("out_refund_no", "out_trade_no")
    late_keys = [key for refund, trade in late for key in (f"refund:{refund}", f"suspense:{trade}")]
    in_time = Q(entry__occurred_at__lt=days.ends_at(bill.day))
    legs = Leg.objects.filter(account=AccountKind.CLEARING, owner=bill.gateway).exclude(entry__kind__in=_ELSEWHERE)
    legs = legs.filter(in_time | Q(entry__decided_by__isnull=False) | Q(entry__key__in=late_keys))
    total = legs.filter(entry__occurred_at__gte=days.begins_at(first)).aggregate(fen=Sum("amount_fen"))["fen"]
    return total or 0


def _explained(bill: BookedBill) -> int:
    """What differences account for: those that nobody booked away."""
    found = Difference.objects.filter(gateway=bill.gateway, came_right=False, day__lte=bill.day)
    left_alone = Q(decisions__state=DecisionState.CONFIRMED, decisions__resolution=Resolution.NOTHING_TO_DO)
    waiting = ~Q(state=DifferenceState.RESOLVED) & ~Q(kind=Kind.BALANCE_DIFFERS)
    return sum(effect_fen(each) for each in found.filter(waiting | left_alone).distinct())
