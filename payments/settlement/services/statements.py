"""Drawing up a partner's month: what became available, what went back, what was paid, what is carried over."""

import logging
from collections import Counter
from datetime import date, datetime, time
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from payments.settlement import locks
from payments.settlement.enums import PayoutState
from payments.settlement.errors import NoPayoutAccount, NothingToPayOut, PayoutUnderWay
from payments.settlement.models import (
    ClawBack,
    ClawBackLine,
    Earning,
    EarningLine,
    Payee,
    Payout,
    Statement,
)
from payments.settlement.rules import RETURN_WINDOW, month_after, month_before
from payments.settlement.selectors import statements_of
from payments.settlement.services import telling
from payments.settlement.services.payouts import draft_payout

Row = TypeVar("Row", bound=Model)
logger = logging.getLogger(__name__)


def close_month(*, today: date | None = None) -> int:
    """Draw up last month's statements and propose a payout to each partner that has enough; return how many statements.

    Safe to run again: a month is drawn up once. One partner's trouble is not the others'.
    """
    period_on = month_before(today or timezone.localdate())
    drawn_up = 0
    for payee in Payee.objects.order_by("pk").values_list("payee", flat=True):
        try:
            if draw_up_statement(payee=payee, period_on=period_on) is None:
                continue
            drawn_up += 1
            draft_payout(payee=payee, drafted_by=None)
        except (NothingToPayOut, NoPayoutAccount, PayoutUnderWay):
            continue
        except Exception:
            logger.exception("the month of payee %s could not be closed", payee)
    return drawn_up


@transaction.atomic(durable=True)
def draw_up_statement(*, payee: UUID, period_on: date) -> Statement | None:
    """Fix a partner's month; None when it stands already, or nothing moved and nothing is carried over."""
    locks.locked_payee(payee)
    before = statements_of(payee).first()
    if before and before.period_on >= period_on:
        return None
    end = _month_end(period_on)
    # Chosen once, by id: what another transaction adds meanwhile waits for the next month.
    earnings = _pinned(Earning.objects.filter(payee=payee, statement=None, available_at__lt=end))
    backs = _pinned(
        ClawBack.objects.filter(earning__payee=payee, statement=None, happened_at__lt=end).filter(
            Q(earning__statement__isnull=False) | Q(earning__in=earnings)
        )
    )
    # One that could still come back is not written down for good yet.
    payouts = _pinned(
        Payout.objects.filter(payee=payee, statement=None, state=PayoutState.PAID, finished_at__lt=end - RETURN_WINDOW)
    )
    statement = _summed(payee, period_on, earnings, backs, payouts, opening=before.closing_fen if before else 0)
    if not (statement.opening_fen or statement.gross_fen or statement.net_fen or statement.paid_fen):
        return None
    statement.save()
    for rows in (earnings, backs, payouts):
        rows.update(statement=statement)
    telling.tell_statement(statement)
    return statement


def _pinned(rows: "QuerySet[Row]") -> "QuerySet[Row]":
    return rows.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))


def _month_end(period_on: date) -> datetime:
    return timezone.make_aware(datetime.combine(month_after(period_on), time.min))


def _summed(
    payee: UUID,
    period_on: date,
    earnings: QuerySet[Earning],
    backs: QuerySet[ClawBack],
    payouts: QuerySet[Payout],
    *,
    opening: int,
) -> Statement:
    commissions: Counter[str] = Counter()
    for code, fen in EarningLine.objects.filter(earning__in=earnings).values_list("code", "fen"):
        commissions[code] += fen
    for code, fen in ClawBackLine.objects.filter(claw_back__in=backs).values_list("code", "fen"):
        commissions[code] -= fen
    gross = sum(each.gross_fen for each in earnings) - sum(each.gross_fen for each in backs)
    commission = sum(commissions.values())
    paid = sum(each.amount_fen for each in payouts)
    return Statement(
        payee=payee,
        period_on=period_on,
        opening_fen=opening,
        gross_fen=gross,
        commission_fen=commission,
        commissions={code: fen for code, fen in sorted(commissions.items()) if fen},
        net_fen=gross - commission,
        paid_fen=paid,
        closing_fen=opening + gross - commission - paid,
    )
