"""Both sides of a difference, beside each other: our rows, and the lines of the company's bills."""

from dataclasses import dataclass

from django.db.models import Q

from payments.books.models import BookedLine, Difference, SuspenseReturn
from payments.models import PaymentAttempt, Refund
from payments.payables import NeutralDescription, UnknownPayable, payable_for


@dataclass(frozen=True)
class Sides:
    """What stands here and there of one number."""

    attempt: PaymentAttempt | None
    refunds: list[Refund]
    returned: SuspenseReturn | None
    lines: list[BookedLine]
    description: NeutralDescription | None


def sides_of(difference: Difference) -> Sides:
    """Our rows and the bill's lines that a difference is about."""
    number = difference.out_trade_no
    attempt = (
        PaymentAttempt.objects.select_related("intent").filter(gateway=difference.gateway, out_trade_no=number).first()
        if number
        else None
    )
    return Sides(
        attempt=attempt,
        refunds=list(attempt.refunds.order_by("pk")) if attempt else [],
        returned=SuspenseReturn.objects.filter(out_trade_no=number).first() if attempt else None,
        lines=_lines(difference),
        description=neutral_words(attempt) if attempt else None,
    )


def _lines(difference: Difference) -> list[BookedLine]:
    about = Q(pk__in=[])
    if difference.out_trade_no:
        about |= Q(out_trade_no=difference.out_trade_no)
    if difference.out_refund_no:
        about |= Q(out_refund_no=difference.out_refund_no)
    lines = BookedLine.objects.filter(about, bill__gateway=difference.gateway).select_related("bill")
    return list(lines.order_by("bill__day", "pk")[:20])


def neutral_words(attempt: PaymentAttempt) -> NeutralDescription | None:
    """What a stranger may know of what was paid for; None for a kind that nobody sells any more."""
    try:
        return payable_for(attempt.intent.payable_kind).describe(attempt.intent.payable_id)
    except (UnknownPayable, LookupError):
        return None
