"""What a partner is owed: all of it, what can be paid now, and why the rest waits."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from typing import Any

from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from payments import owing
from payments.settlement.enums import COUNTED_PAYOUT_STATES, LIVE_PAYOUT_STATES
from payments.settlement.models import ClawBack, Earning, Payout, PayoutAccount


@dataclass(frozen=True)
class Balance:
    """In fen. `owed`: all that is earned and not paid; `coming`: of it, what no statement holds yet; `held`: what waits
    for a dispute; `under_way`: payouts that have not arrived; `payable`: what a payout may take now (below zero: carried
    over)."""

    owed_fen: int
    coming_fen: int
    held_fen: int
    under_way_fen: int
    payable_fen: int


def balance_of(payee: UUID) -> Balance:
    """What stands open between us and a partner."""
    earned = Earning.objects.filter(payee=payee)
    left = _sum(earned, F("net_fen") - F("clawed_back_fen"))
    coming = _sum(earned.filter(statement=None), F("net_fen") - F("clawed_back_fen"))
    paid = _sum(_payouts(payee).filter(state="paid"), F("amount_fen"))
    under_way = _sum(_payouts(payee).filter(state__in=LIVE_PAYOUT_STATES), F("amount_fen"))
    held = held_fen(payee)
    return Balance(
        owed_fen=left - paid,
        coming_fen=coming,
        held_fen=held,
        under_way_fen=under_way,
        payable_fen=left - coming - held - paid - under_way,
    )


def payable_now_fen(payee: UUID) -> int:
    """What a payout may take: what statements hold, less every claw-back since, every payout and what is disputed."""
    settled = Earning.objects.filter(payee=payee, statement__isnull=False)
    counted = _payouts(payee).filter(state__in=COUNTED_PAYOUT_STATES)
    return (
        _sum(settled, F("net_fen") - F("clawed_back_fen")) - _sum(counted, F("amount_fen")) - held_fen(payee)
    )


def held_fen(payee: UUID) -> int:
    """What of the settled earnings belongs to payables whose money must stay here for now."""
    settled = Earning.objects.filter(payee=payee, statement__isnull=False, payable_id__isnull=False)
    kinds: dict[str, dict[int, int]] = {}
    rows = settled.values_list("payable_kind", "payable_id").annotate(fen=Sum(F("net_fen") - F("clawed_back_fen")))
    for kind, payable_id, fen in rows:
        assert payable_id is not None
        kinds.setdefault(kind, {})[payable_id] = fen
    return sum(by_id[one] for kind, by_id in kinds.items() for one in owing.held(kind, list(by_id)))


def account_in_force(payee: UUID, at: datetime | None = None) -> PayoutAccount | None:
    """The account a payout goes to at a moment: the latest that was confirmed, has waited, and was not stopped."""
    counts = PayoutAccount.objects.filter(payee=payee, effective_at__lte=at or timezone.now(), stopped_at=None)
    return counts.order_by("-effective_at", "-pk").first()


def account_under_change(payee: UUID, at: datetime | None = None) -> PayoutAccount | None:
    """A change that was asked for and does not count yet."""
    open_ones = PayoutAccount.objects.filter(payee=payee, stopped_at=None)
    return open_ones.exclude(effective_at__lte=at or timezone.now()).order_by("-asked_at", "-pk").first()


def unsettled_claw_backs(payee: UUID, before: datetime) -> QuerySet[ClawBack]:
    """Claw-backs of settled earnings that no statement has taken up yet."""
    return ClawBack.objects.filter(
        earning__payee=payee, earning__statement__isnull=False, statement=None, happened_at__lt=before
    )


def _payouts(payee: UUID) -> QuerySet[Payout]:
    return Payout.objects.filter(payee=payee)


def _sum(rows: "QuerySet[Any]", what: Any) -> int:
    total: int = rows.aggregate(fen=Sum(what))["fen"] or 0
    return total
