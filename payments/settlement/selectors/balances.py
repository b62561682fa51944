"""What a partner is owed: all of it, what can be paid now, and why the rest waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from payments import owing
from payments.settlement.enums import LIVE_PAYOUT_STATES, PayoutState
from payments.settlement.models import ClawBack, Earning, Payout, PayoutAccount, Statement

#: Later than this nobody's bank asks for the money of a card payment back.
DISPUTABLE_FOR = timedelta(days=540)


@dataclass(frozen=True)
class Balance:
    """In fen. `owed`: all that is earned and not paid; of it `coming`: on no statement yet, `held`: waits for a dispute,
    `under_way`: in payouts that have not arrived, `payable`: what a payout may take now (below zero: carried over).
    """

    owed_fen: int
    coming_fen: int
    held_fen: int
    under_way_fen: int
    payable_fen: int


def balance_of(payee: UUID) -> Balance:
    """What stands open between us and a partner."""
    carried = _carried_over(payee)
    coming = _sum(Earning.objects.filter(payee=payee, statement=None), F("net_fen") - F("clawed_back_fen"))
    since = Payout.objects.filter(payee=payee, statement=None)
    paid = _sum(since.filter(state=PayoutState.PAID), F("amount_fen"))
    under_way = _sum(since.filter(state__in=LIVE_PAYOUT_STATES), F("amount_fen"))
    held = held_fen(payee)
    return Balance(
        owed_fen=carried + coming - paid,
        coming_fen=coming,
        held_fen=held,
        under_way_fen=under_way,
        payable_fen=carried - held - paid - under_way,
    )


def payable_now_fen(payee: UUID) -> int:
    """What a payout may take: what the last statement left, less every claw-back and payout since, and what is disputed."""
    return balance_of(payee).payable_fen


def held_fen(payee: UUID) -> int:
    """What of the settled earnings belongs to payables whose money must stay here for now."""
    settled = Earning.objects.filter(
        payee=payee,
        statement__isnull=False,
        payable_id__isnull=False,
        fulfilled_at__gt=timezone.now() - DISPUTABLE_FOR,
    )
    kinds: dict[str, dict[int, int]] = {}
    rows = settled.values_list("payable_kind", "payable_id").annotate(fen=Sum(F("net_fen") - F("clawed_back_fen")))
    for kind, payable_id, fen in rows:
        assert payable_id is not None
        kinds.setdefault(kind, {})[payable_id] = fen
    return sum(by_id[one] for kind, by_id in kinds.items() for one in owing.held(kind, list(by_id)))


def _carried_over(payee: UUID) -> int:
    """What the last statement left, less what was taken back since of what statements hold."""
    last = Statement.objects.filter(payee=payee).order_by("-period_on").first()
    backs = ClawBack.objects.filter(earning__payee=payee, earning__statement__isnull=False, statement=None)
    return (last.closing_fen if last else 0) - _sum(backs, F("net_fen"))


def account_in_force(payee: UUID, at: datetime | None = None) -> PayoutAccount | None:
    """The account a payout goes to at a moment: the latest that was confirmed, has waited, and was not stopped."""
    counts = PayoutAccount.objects.filter(payee=payee, effective_at__lte=at or timezone.now(), stopped_at=None)
    return counts.order_by("-effective_at", "-pk").first()


def account_under_change(payee: UUID, at: datetime | None = None) -> PayoutAccount | None:
    """A change that was asked for and does not count yet."""
    open_ones = PayoutAccount.objects.filter(payee=payee, stopped_at=None)
    return open_ones.exclude(effective_at__lte=at or timezone.now()).order_by("-asked_at", "-pk").first()


def _sum(rows: "QuerySet[Any]", what: Any) -> int:
    total: int = rows.aggregate(fen=Sum(what))["fen"] or 0
    return total
