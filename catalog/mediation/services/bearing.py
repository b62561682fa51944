"""Who bears what went back: the partner as with every refund, or we, where our technology was at fault.

A refund takes the partner's share of it back, whoever was at fault (`catalog.fulfilment.earning.take_back`). Where we
answer for it, the partner gets exactly that share again, at our loss; where a later decision sees it otherwise, that
is taken back in turn. Each by a source and a key of its own: however often it is looked at, the money moves once.
"""

from datetime import datetime

from django.utils import timezone

from catalog.fulfilment.earning import SOURCE, earn_session
from catalog.order.enums import PAYABLE_KIND
from catalog.order.models import Line
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.services import Account
from payments.settlement.enums import EarnedBy
from payments.settlement.models import ClawBack
from payments.settlement.services import Delivered, claw_back, earn

from ..enums import RulingState, Side
from ..models import Case, Ruling

MADE_GOOD = "mediation_ruling"
LOSSES = Account(AccountKind.LOSSES)
_GIVEN = (BookingStatus.BOOKED, BookingStatus.FULFILLED, BookingStatus.NOSHOW)


def bear(case: Case, *, now: datetime | None = None) -> None:
    """Put the latest decision's side to bear every refund of a dispute that has gone back by now. The caller holds the
    order's lock."""
    now = now or timezone.now()
    rulings = list(case.rulings.filter(state=RulingState.IN_FORCE).order_by("made_at", "pk"))
    if not rulings:
        return
    is_ours = rulings[-1].responsible == Side.PLATFORM
    for ruling in rulings:
        taken = _taken_back(ruling, case.line)
        if taken is None or taken.net_fen <= 0:
            continue
        if is_ours:
            _make_good(ruling, case.line, taken, now)
        else:
            claw_back(source=(MADE_GOOD, ruling.pk), key=f"{MADE_GOOD}:{ruling.pk}", paid_left_fen=0, now=now)


def earn_what_is_over(line: Line, *, now: datetime) -> None:
    """A session that was given has earned, marked or not: what we then give back is ours to bear, not the partner's."""
    given = Booking.objects.filter(pk=line.booking_id, status__in=_GIVEN, occupancy__ends_at__lte=now)
    if booking := given.select_related("occupancy").first():
        earn_session(booking)


def _taken_back(ruling: Ruling, line: Line) -> ClawBack | None:
    """What this decision's refund took from the partner; None while the family has not got it, or nothing was earned."""
    if ruling.refund is None:
        return None
    key = f"refund:{ruling.refund.public_id}:{line.pk}"
    return ClawBack.objects.select_related("earning").filter(key=key, earning__source_kind=SOURCE).first()


def _make_good(ruling: Ruling, line: Line, taken: ClawBack, now: datetime) -> None:
    earn(
        Delivered(
            source=(MADE_GOOD, ruling.pk),
            payee=taken.earning.payee,
            earned_by=EarnedBy.MEDIATION,
            paid_fen=taken.net_fen,
            fulfilled_at=now,
            available_at=now,
            funded_from=LOSSES,
            about=(PAYABLE_KIND, line.order_id),
            reference=line.order.number,
        ),
        kind=EntryKind.ADJUSTMENT,
    )
