"""Deciding a dispute: by our staff, by a second person above a sum, and as the authority mediated it.

All of it happens under the order's lock, as every other refund of its lines does: whoever comes second finds the state
or the sum changed. A family never has to give back what an earlier decision gave it.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.catalogue.enums import ProductKind
from catalog.order.errors import PackageByUnits, RefundTooMuch, SecondPersonNeeded
from catalog.order.locks import lock_order_with_holdings
from catalog.order.selectors import claimed_fen
from catalog.order.services.refunding import ask_line_refund
from marketplace.accounts.duty.selectors import duties_now
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from payments.enums import RefundReason
from payments.errors import NothingToRefund, RefundExceedsPayment

from .. import locks
from ..enums import RESPONSIBLE, CaseState, Cause, Level, RulingState, Side
from ..errors import (
    CaseMovedOn,
    MayNotDecide,
    NothingToGive,
    PartnerStillHasTime,
    ReasonsMissing,
    ReferenceMissing,
)
from ..models import Case, Ruling
from ..rules import APPEAL_WITHIN, deciding_limit_fen
from . import telling
from .bearing import bear, earn_what_is_over


@transaction.atomic(durable=True)
def decide_case(
    *, case: Case, cause: Cause, refund_fen: int, reasons: str, decided_by: User, now: datetime | None = None
) -> Ruling:
    """Decide a dispute: what was behind it, and what of the line goes back. Both sides read the reasons.

    Somebody on support or finance duty, up to the sum they may give back alone; above it a second person confirms.

    Raises: MayNotDecide, ReasonsMissing, PartnerStillHasTime, CaseMovedOn, NothingToGive, PackageByUnits, RefundTooMuch.
    """
    now = now or timezone.now()
    limit = _limit(decided_by, now)
    locked = _locked(case)
    if locked.state == CaseState.OPEN and now < locked.answer_by:
        raise PartnerStillHasTime
    if locked.state not in (CaseState.OPEN, CaseState.DECIDING):
        raise CaseMovedOn
    return _rule(locked, Level.PLATFORM, cause, refund_fen, reasons, decided_by, now, limit)


@transaction.atomic(durable=True)
def note_mediation(
    *,
    case: Case,
    cause: Cause,
    refund_fen: int,
    reasons: str,
    reference: str,
    noted_by: User,
    now: datetime | None = None,
) -> Ruling:
    """Carry out what the authority mediated: `refund_fen` goes back beside what went back before. The dispute ends.

    Raises: MayNotDecide, ReferenceMissing, and as `decide_case`.
    """
    now = now or timezone.now()
    limit = _limit(noted_by, now)
    if not reference.strip():
        raise ReferenceMissing
    locked = _locked(case)
    if locked.state != CaseState.MEDIATING:
        raise CaseMovedOn
    return _rule(locked, Level.AUTHORITY, cause, refund_fen, reasons, noted_by, now, limit, reference.strip())


@transaction.atomic(durable=True)
def confirm_ruling(*, ruling: Ruling, agrees: bool, confirmed_by: User, now: datetime | None = None) -> Ruling:
    """Agree to a decision above one person's sum, or not: somebody on finance duty who did not make it.

    Raises: MayNotDecide, CaseMovedOn, SecondPersonNeeded, RefundTooMuch (something else went back meanwhile).
    """
    now = now or timezone.now()
    if Duty.FINANCE not in duties_now(confirmed_by, now):
        raise MayNotDecide
    case = _locked(ruling.case)
    locked = locks.locked_ruling(ruling.pk)
    if locked.state != RulingState.WAITING or case.state != CaseState.CONFIRMING:
        raise CaseMovedOn
    if locked.made_by_id == confirmed_by.pk:
        raise SecondPersonNeeded
    locked.case, locked.confirmed_by, locked.confirmed_at = case, confirmed_by, now
    if agrees:
        return _carry_out(locked, now)
    locked.state = RulingState.REFUSED
    locked.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    case.state = CaseState.MEDIATING if locked.level == Level.AUTHORITY else CaseState.DECIDING
    case.save(update_fields=["state"])
    return locked


def _limit(person: User, now: datetime) -> int:
    limit = deciding_limit_fen(duties_now(person, now))
    if limit is None:
        raise MayNotDecide
    return limit


def _locked(case: Case) -> Case:
    lock_order_with_holdings(case.line.order_id)
    return locks.locked_case(case.pk)


def _rule(
    case: Case,
    level: Level,
    cause: Cause,
    refund_fen: int,
    reasons: str,
    made_by: User,
    now: datetime,
    limit_fen: int,
    reference: str = "",
) -> Ruling:
    if not reasons.strip():
        raise ReasonsMissing
    _refuse_sum(case, cause, refund_fen)
    ruling = Ruling(
        case=case,
        level=level,
        state=RulingState.WAITING,
        cause=cause,
        responsible=RESPONSIBLE[cause],
        refund_fen=refund_fen,
        reasons=reasons.strip(),
        reference=reference,
        made_by=made_by,
        made_at=now,
    )
    if refund_fen <= limit_fen:
        ruling.save()
        return _carry_out(ruling, now)
    ruling.save()
    case.state = CaseState.CONFIRMING
    case.save(update_fields=["state"])
    telling.tell_second_person(ruling)
    return ruling


def _refuse_sum(case: Case, cause: Cause, refund_fen: int) -> None:
    line = case.line
    if refund_fen and RESPONSIBLE[cause] == Side.NOBODY:
        raise NothingToGive
    if refund_fen and line.product and line.product.kind == ProductKind.PACKAGE:
        raise PackageByUnits
    if not 0 <= refund_fen <= line.price_fen - claimed_fen(line):
        raise RefundTooMuch


def _carry_out(ruling: Ruling, now: datetime) -> Ruling:
    """Put a decision into force: the money is asked back once, under the ruling's own name."""
    case = ruling.case
    if ruling.responsible == Side.PLATFORM:
        earn_what_is_over(case.line, now=now)
    if ruling.refund_fen:
        _refuse_sum(case, Cause(ruling.cause), ruling.refund_fen)
        try:
            ruling.refund = ask_line_refund(
                line=case.line,
                amount_fen=ruling.refund_fen,
                reason=RefundReason.MEDIATED,
                initiator=ruling.confirmed_by or ruling.made_by,
                act=str(ruling.public_id),
            )
        except (RefundExceedsPayment, NothingToRefund) as error:
            raise RefundTooMuch from error
    ruling.state = RulingState.IN_FORCE
    ruling.save(update_fields=["state", "refund", "confirmed_by", "confirmed_at"])
    _move_on(case, ruling, now)
    bear(case, now=now)
    telling.tell_ruling(ruling)
    return ruling


def _move_on(case: Case, ruling: Ruling, now: datetime) -> None:
    if ruling.level == Level.AUTHORITY:
        case.state, case.closed_at = CaseState.CLOSED, now
        case.save(update_fields=["state", "closed_at"])
        return
    case.state, case.decided_at, case.appeal_by = CaseState.DECIDED, now, now + APPEAL_WITHIN
    case.save(update_fields=["state", "decided_at", "appeal_by"])
